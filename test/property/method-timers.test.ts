import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { Subject } from '../../worker/method/tiers/kit.ts'

const playbooks = fc.record({
  cadence: fc.record({ leadDays: fc.integer({ min: 0, max: 40 }) }),
  schemes: fc
    .constantFrom('automatic' as const, 'committee' as const)
    .map((approval) => defaultPlaybook.schemes.map((scheme) => ({ ...scheme, approval }))),
  calendar: fc
    .constantFrom('Asia/Shanghai', 'America/New_York')
    .map((zone) => ({ ...defaultPlaybook.calendar, zone, coveredUntil: '2026-12-31' })),
})

const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('balance' as const), yuan: fc.integer({ min: 0, max: 40_000_000 }) }),
    fc.record({ act: fc.constant('visit' as const), status: fc.constantFrom('HELD', 'PLANNED') }),
    fc.record({ act: fc.constant('gold' as const), gold: fc.boolean() }),
    fc.record({ act: fc.constant('answer' as const), status: fc.constantFrom('OPEN', 'ACKNOWLEDGED', 'RESOLVED') }),
    fc.record({ act: fc.constant('delete' as const), deleted: fc.boolean() }),
  ),
  { maxLength: 6 },
)
type Act = typeof acts extends fc.Arbitrary<(infer One)[]> ? One : never

const perform = (subject: Subject, act: Act, n: number): void => {
  if (act.act === 'balance') subject.balance(act.yuan, `b${n}`)
  else if (act.act === 'visit') subject.save('visit', 'v1', { status: act.status })
  else if (act.act === 'gold') subject.save('company', 'c1', { ladderGold: act.gold })
  else if (act.act === 'delete') subject.save('company', 'c1', {}, { deleted: act.deleted })
  else {
    const last = subject.escalations().at(-1)
    if (last) subject.save('escalation', last.key, { ladderKey: last.key, status: act.status })
  }
}

it('ESC-LADDER, TIER-RERATE, TIER-CONTACT: a year of timers is finite, moves on each time, and acts in working time only', () => {
  fc.assert(
    fc.property(
      playbooks,
      acts,
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 6, maxLength: 6 }),
      (playbook, list, gaps) => {
        const subject = new Subject('company:c1', playbook).known()
        subject.balance(6_000_000, 'first')
        const { calendar } = subject.playbook
        const year = (days: number) => calendar.addDays('2026-03-02', days)
        let idle = 0
        let fired = 0
        const run = (until: number) => {
          const before = subject.decisions.length
          const end = new Date(until)
          for (const instant of subject.until(local(subject, end.getTime()), 2000)) {
            fired++
            if (!calendar.isWorking(instant)) idle++
          }
          return subject.decisions.length - before
        }
        list.forEach((act, n) => {
          run(subject.now + (gaps[n] ?? 1) * 3_600_000)
          perform(subject, act, n)
        })
        run(calendar.opening(year(365 * 2)))
        // three open ladders that are told again each day at most, ratings, contact tasks
        expect(fired).toBeLessThan(3 * 2 * 262 + 100)
        expect(idle).toBe(0)
      },
    ),
    { numRuns: 150 },
  )
})

const local = (subject: Subject, instant: number): string => {
  const { calendar } = subject.playbook
  const date = calendar.dateOf(instant)
  const minutes = Math.floor((instant - calendar.instantOf(date, '00:00')) / 60_000)
  const [hour, minute] = [Math.min(23, Math.floor(minutes / 60)), minutes % 60]
  return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
