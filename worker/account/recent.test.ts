import { expect, it } from 'vitest'
import { Recent } from './recent.ts'

it('a key is new once within ten minutes, and again after them', () => {
  const recent = new Recent()
  expect(recent.isNew('a', 0)).toBe(true)
  expect(recent.isNew('a', 600_000)).toBe(false)
  expect(recent.isNew('b', 600_000)).toBe(true)
  expect(recent.isNew('a', 600_001)).toBe(true)
  expect(recent.isNew('b', 600_001)).toBe(false)
})

it('keeps ten thousand at most: the oldest goes first', () => {
  const recent = new Recent()
  for (let n = 0; n <= 10_000; n++) recent.isNew(`k${n}`, 0)
  expect(recent.isNew('k1', 0)).toBe(false)
  expect(recent.isNew('k10000', 0)).toBe(false)
  expect(recent.isNew('k0', 0)).toBe(true)
})
