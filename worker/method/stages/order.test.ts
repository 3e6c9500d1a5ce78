import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fields, RecordChanged } from '../../../schemas/events/index.ts'
import { all, Lab } from './kit.ts'

/** Snapshots of one history: a development that is filled in and moved forward, its customer, visits, control items. */
const history = (): RecordChanged[] => {
  const start = Date.parse('2026-03-02T02:00:00.000Z')
  const row = (object: string, id: string, minute: number, fields: Fields): RecordChanged => ({
    type: 'record.changed',
    id: `${object}/${id}/${minute}`,
    via: 'webhook',
    record: {
      object,
      id,
      at: new Date(start + minute * 60_000).toISOString(),
      createdAt: new Date(start).toISOString(),
      deleted: false,
      fields,
    },
  })
  const development = { name: '开发', pipeline: 'DEV_A', company: 'c1', ...all, documentsWanted: [] }
  const control = {
    ladderKind: 'CONTROL',
    ladderDevelopment: 'd1',
    status: 'TODO',
    assigneeId: 'u1',
    ladderCriteria: '有',
  }
  return [
    row('company', 'c1', 0, { name: '华星', accountOwnerId: 'rm' }),
    row('company', 'c1', 5, { name: '华星集团', accountOwnerId: 'rm2' }),
    row('development', 'd1', 1, { ...development, stage: 'DEV_A01' }),
    row('development', 'd1', 2, { ...development, stage: 'DEV_A03' }),
    row('development', 'd1', 3, { ...development, stage: 'DEV_A04', hasNeed: false }),
    row('development', 'd1', 4, { ...development, stage: 'DEV_A06', hasNeed: false }),
    row('visit', 'v1', 2, { company: 'c1', status: 'PLANNED', plannedAt: '2026-03-09T02:00:00.000Z' }),
    row('task', 't1', 2, { ...control, dueAt: '2026-03-20T02:00:00.000Z' }),
    row('task', 't1', 4, { ...control, dueAt: '2026-03-27T02:00:00.000Z' }),
  ]
}

const final = (lab: Lab) => {
  const { records, developments } = lab.state
  return {
    tasks: lab.openTasks().sort(),
    development: records['development']?.['d1']?.fields,
    standing: developments['d1'],
    control: records['task']?.['t1']?.fields,
    escalations: lab.escalations().length,
  }
}
const run = (events: RecordChanged[]) => {
  const lab = Lab.of('company:c1')
  for (const event of events) lab.feed(structuredClone(event))
  return final(lab)
}

it('DEV-A: any order, repetition and loss that ends in the same records ends in the same stages and open tasks', () => {
  const expected = run(history())
  expect(expected.tasks).toEqual([
    'company:c1/stage-warning/d1/DEV-Q/0',
    'company:c1/stage-warning/d1/DEV-SRC/0',
    'company:c1/stage/d1/DEV_A06/0',
  ])
  const last = history().filter((one) => !history().some((other) => newer(other, one)))
  fc.assert(
    fc.property(fc.shuffledSubarray([...history(), ...history()], { minLength: 0 }), fc.nat(), (some, seed) => {
      // what is lost is healed by a sweep, which brings the last state of each record, somewhere among the rest
      const events = last.reduce((list, one, index) => {
        const at = (seed + index * 7) % (list.length + 1)
        return [...list.slice(0, at), one, ...list.slice(at)]
      }, some)
      expect(run(events)).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})

const newer = (a: RecordChanged, b: RecordChanged): boolean =>
  a.record.object === b.record.object && a.record.id === b.record.id && a.record.at > b.record.at
