import { expect, it } from 'vitest'
import { checklistCodes, devChecklist } from './development-checklist.ts'

it('DEV-A06: the codes that the Worker knows are those of the checklist, in its order', () => {
  expect(checklistCodes()).toEqual(devChecklist.map(({ code }) => code))
})
