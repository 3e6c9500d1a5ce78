import { expect, it } from 'vitest'
import { PERMISSIONS } from '../../../permissions.ts'
import { deedName } from './deeds.ts'

it('everything that is written into the audit has words in both languages', () => {
  const deeds = PERMISSIONS.flatMap(({ audit }) => audit ?? [])
  expect(deeds.length).toBeGreaterThan(10)
  expect(deeds.filter((what) => deedName(what).zh === what || deedName(what).en === what)).toEqual([])
})
