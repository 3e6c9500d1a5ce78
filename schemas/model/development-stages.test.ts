import { expect, it } from 'vitest'
import { bareStages, devStages } from './development-stages.ts'

it('DEV-B: the codes that the Worker knows are those of the stages, in their order', () => {
  expect(bareStages().map(({ code }) => code)).toEqual(devStages.map(({ code }) => code))
})
