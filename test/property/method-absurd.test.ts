import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact, LadderEvent, RecordSnapshot } from '../../schemas/events/index.ts'
import { BANK, parseRef } from '../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { gatherFrom } from '../../worker/method/gather/index.ts'
import { countIn, newlyKnown } from '../../worker/method/measures/index.ts'
import { Lab } from '../../worker/method/stages/kit.ts'
import { nextDue } from '../../worker/method/timers.ts'
import { objectOf, own, step } from './absurd.ts'

/* Whatever is told, nothing breaks, and nothing is written that no CRM takes. */

const START = Date.parse('2026-03-02T01:00:00Z')

/** Each part of the method that a bank may do without. */
const without: Partial<Playbook>[] = [
  {},
  { occasions: [], promises: [], leaderVisits: [], joint: [] },
  {
    ...{ schemes: [], rms: null, promises: [], occasions: [], leaderVisits: [], joint: [] },
    ...{ escalations: defaultPlaybook.escalations.slice(-1), campaigns: [], audiences: [] },
  },
  { campaigns: [], audiences: [] },
  { pipelines: defaultPlaybook.pipelines.map((one) => ({ ...one, active: false })) },
  { documents: { ...defaultPlaybook.documents, layouts: [] }, pipelines: defaultPlaybook.pipelines.slice(1, 2) },
  { branches: [{ code: 'A', name: { en: 'A', zh: '甲' }, calendar: { zone: 'America/New_York' } }], roles: [] },
]

const isSound = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return !/^(NaN|undefined|Invalid Date)$/.test(value) || value === 'NaN'
  if (Array.isArray(value)) return value.every(isSound)
  return value === undefined || typeof value !== 'object' || value === null || Object.values(value).every(isSound)
}
const INSTANTS = ['dueAt', 'climbsAt', 'plannedAt', 'heldOn', 'pausedUntil']

it.each(['company:c1', 'person:p1', 'campaign:k1', 'template:x1', 'occasion:x1', BANK])(
  'ESC-LADDER, TIER-CONTACT, CAMP-AUD, MEAS-4x2: whatever is told of %s, with any part of the method left out, nothing breaks',
  (ref) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...without),
        own(ref),
        fc.array(step, { maxLength: 12 }),
        (playbook, fields, steps) => {
          const lab = Lab.of(ref, playbook)
          lab.now = START
          let counted = newlyKnown(lab.now)
          let seq = 0
          const feed = (event: LadderEvent): void => {
            const decisions = lab.feed(structuredClone(event))
            for (const one of decisions) {
              const fields = one.do === 'upsert' || one.do === 'update' ? one.fields : {}
              expect([one, isSound(fields)]).toEqual([one, true])
              for (const name of INSTANTS)
                if (typeof fields[name] === 'string') expect(Date.parse(fields[name])).not.toBeNaN()
            }
            const due = nextDue(lab.state, lab.ctx)
            if (due !== null) expect(due).toBeGreaterThan(lab.now)
            const { counted: fresh, change } = countIn(lab.state, lab.ctx, counted)
            counted = fresh
            expect(isSound(change)).toBe(true)
          }
          const save = (one: Omit<RecordSnapshot, 'at'>): void =>
            feed({
              ...{ type: 'record.changed', id: `r${++seq}`, via: 'webhook' },
              record: { ...one, at: new Date(lab.now).toISOString() },
            })
          const createdAt = '2026-02-27T02:00:00.000Z'
          if (ref !== BANK) save({ object: objectOf(ref), id: parseRef(ref).id, createdAt, deleted: false, fields })
          for (const one of steps) {
            lab.now += 60_000
            if ('record' in one) save(one.record)
            else if ('data' in one)
              feed({ type: 'fact', id: `f${++seq}`, customerNo: 'no', at: one.at, data: one.data } satisfies Fact)
            else {
              lab.until(new Date(lab.now + one.days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10) + ' 20:00')
            }
          }
          for (const query of ['weekly', 'split', 'calls', 'sources', 'holders', 'negatives', 'guests'])
            gatherFrom(
              [lab.state],
              query,
              {
                branch: '',
                week: '2026-03-02',
                until: '2026-03-08',
                most: 5,
                kind: 'POS',
                scheme: 'TIER-VALUE',
                rule: 'true',
                subject: 'BOTH',
                from: '2026-01-01',
                to: '2026-12-31',
              },
              lab.ctx,
            )
        },
      ),
      { numRuns: 80 },
    )
  },
)
