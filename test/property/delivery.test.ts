import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, type Day } from './histories.ts'
import { Town, type Weather } from './town.ts'

const live = (days: Day[], weather: Weather | null, waits = true): Town => {
  const town = new Town(weather, waits)
  for (const { answers, deeds, days: length } of days) {
    town.day(
      answers.filter((deed) => deed !== null),
      0,
    )
    town.day(deeds, length)
  }
  return town
}

const numbers = (seed: number): Weather => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** The same histories each time; another number tries others. */
const seed = Number(process.env.LADDER_PROPERTY_SEED ?? 20260907)
const runs = (many: number) => ({ numRuns: many * Number(process.env.LADDER_PROPERTY_RUNS ?? 1), seed })

describe('delivery', () => {
  it.each([
    ['facts of one customer in order, as they are sent one after the other', true, 4],
    ['facts in any order too', false, 2],
  ])(
    'in any order, twice, or lost and healed by a sweep, %s: the same in the end as in fair weather',
    (_, waits, most) => {
      fc.assert(
        fc.property(fc.array(day, { minLength: 1, maxLength: most }), fc.integer({ min: 1 }), (days, seed) => {
          expect(live(days, numbers(seed), waits).picture()).toEqual(live(days, null).picture())
        }),
        runs(150),
      )
    },
  )

  it('when all webhooks are lost the sweep alone brings the same', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), (days) => {
        expect(live(days, () => 0.1).picture()).toEqual(live(days, null).picture())
      }),
      runs(100),
    )
  })

  it('own writes come to rest, and a sweep that finds nothing new writes nothing', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1 }), (days, seed) => {
        const town = live(days, numbers(seed))
        const before = town.picture()
        town.sweep()
        expect(town.picture()).toEqual(before)
      }),
      runs(100),
    )
  })
})
