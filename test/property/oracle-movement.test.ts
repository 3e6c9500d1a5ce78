import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Subject } from '../../worker/method/tiers/kit.ts'

/*
 * Which falls are told (ESC-MOVE): compared with plain reading of the method. Every balance is compared with every earlier one
 * that still stood within thirty days and came after the last fall that was told.
 */

const DAY = 86_400_000
const START = Date.parse('2026-01-05T02:00:00Z')

/** Yuan that a fall must have, or percent of what was there: the project's defaults, by tier of the amount it fell from. */
const isLarge = (kind: 'company' | 'person', gold: boolean, from: number, fall: number): boolean => {
  const [yuan, percent] =
    kind === 'person'
      ? from > 100_000
        ? [500_000, 30]
        : from >= 50_000
          ? [2_000_000, 20]
          : [100_000, 50]
      : gold
        ? [10_000_000, 10]
        : from >= 10_000_000
          ? [5_000_000, 15]
          : from > 5_000_000
            ? [2_000_000, 20]
            : [1_000_000, 30]
  return fall > 0 && (fall >= yuan || (from > 0 && fall >= 1_000_000 && fall / from >= percent / 100))
}

interface Step {
  day: number
  yuan: number
  /** Somebody resolves what is open, the day after. */
  answered: boolean
}

/** Days of the balances for which an escalation is raised, and of the fall that each one tells of at last. */
const reference = (kind: 'company' | 'person', gold: boolean, steps: Step[]) => {
  const raised: { on: number; tells: number }[] = []
  let isOpen = false
  let told = -Infinity
  steps.forEach((to, index) => {
    const stood = steps.slice(0, index).filter((one, place) => {
      const until = steps[place + 1]?.day ?? to.day
      return one.day >= told && (one.day >= to.day - 30 || until >= to.day - 30)
    })
    const high = Math.max(...stood.map(({ yuan }) => yuan))
    if (isLarge(kind, gold, high, high - to.yuan)) {
      told = to.day
      const last = raised.at(-1)
      if (isOpen && last) last.tells = to.day
      else raised.push({ on: to.day, tells: to.day })
      isOpen = true
    }
    if (to.answered) isOpen = false
  })
  return raised
}

const histories = (kind: 'company' | 'person') =>
  fc
    .uniqueArray(
      fc.record({
        day: fc.integer({ min: 0, max: 150 }),
        yuan:
          kind === 'company'
            ? fc.oneof(
                fc.constantFrom(5_000_000, 5_000_100, 10_000_000, 9_999_900, 4_000_000, 3_000_000, 0),
                fc.integer({ min: -100_000, max: 40_000_000 }),
              )
            : fc.oneof(
                fc.constantFrom(50_000, 100_000, 100_100, 600_100, 1_600_000, 4_000_000),
                fc.integer({ min: 0, max: 5_000_000 }),
              ),
        answered: fc.boolean(),
      }),
      { minLength: 2, maxLength: 14, selector: ({ day }) => day },
    )
    .map((list) => list.sort((a, b) => a.day - b.day))

it.each(['company', 'person'] as const)(
  'ESC-MOVE: the falls that are told of a %s are those that comparing all balances by hand finds',
  (kind) => {
    fc.assert(
      fc.property(histories(kind), kind === 'company' ? fc.boolean() : fc.constant(false), (steps, gold) => {
        const subject = new Subject(`${kind}:c1`)
        subject.now = START
        subject.known({ ladderGold: gold })
        for (const { day, yuan, answered } of steps) {
          subject.now = START + day * DAY
          subject.balance(yuan, `day ${day}`)
          const open = subject.escalations().find(({ cause, status }) => cause === 'ESC_MOVE' && status !== 'RESOLVED')
          if (!answered || !open) continue
          subject.now += 3_600_000
          subject.save('escalation', open.key, { ladderKey: open.key, status: 'RESOLVED' })
        }
        const raised = subject.escalations().filter(({ cause }) => cause === 'ESC_MOVE')
        const date = (day: number) => new Date(START + day * DAY).toISOString().slice(0, 10)
        expect(
          raised.map(({ raisedAt, detail }) => ({ on: raisedAt.slice(0, 10), tells: detail.slice(0, 10) })),
        ).toEqual(reference(kind, gold, steps).map(({ on, tells }) => ({ on: date(on), tells: date(tells) })))
      }),
      { numRuns: 1500 },
    )
  },
)
