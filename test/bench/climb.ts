/*
 * A process of its own: escalations whose time is up climb one level, through the pure core as a Book does it: state as JSON
 * text in, decide, JSON text out. Prints one JSON object. Started by time.ts.
 */
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { LadderEvent } from '../../schemas/events/index.ts'
import type { Context } from '../../worker/method/context.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { compilePlaybook } from '../../worker/method/playbook/index.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'
import { STAFF } from './staff.ts'

const count = Number(process.argv[2])
const NOW = Date.parse('2026-09-07T02:00:00.000Z')
const LATER = Date.parse('2026-09-08T02:00:00.000Z')
const compiled = compilePlaybook({ ...defaultPlaybook, roles: STAFF.roles }, 1)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
const { playbook } = compiled
const context = (now: number): Context => ({ playbook, now, members: STAFF.members, pipeline: () => undefined })

const fact = (id: string, at: string, amount: number): LadderEvent => ({
  type: 'fact',
  id,
  customerNo: id,
  at,
  data: { kind: 'balance.changed', amount },
})

/** A company whose money left on Monday morning, as its Book holds it. */
const stored = (index: number): string => {
  const id = `c${index}`
  const state = newSubject(`company:${id}`)
  const at = '2026-09-01T00:00:00.000Z'
  const fields = { name: `Company ${index}`, accountOwnerId: 'rm', ladderGold: false }
  state.records = { company: { [id]: { object: 'company', id, at, createdAt: at, deleted: false, fields } } }
  decideInPlace(state, fact(`a${index}`, '2026-09-07T01:00:00.000Z', 5_000_000_000), context(NOW))
  decideInPlace(state, fact(`b${index}`, '2026-09-07T01:30:00.000Z', 2_000_000_000), context(NOW))
  return JSON.stringify(state)
}

const ctx = context(LATER)
let ms = 0
let climbed = 0
let written = 0
for (let index = 0; index < count; index += 1000) {
  const texts = Array.from({ length: Math.min(1000, count - index) }, (_, at) => stored(index + at))
  const began = process.cpuUsage()
  for (const text of texts) {
    const state = JSON.parse(text) as SubjectState
    const outcome = decideInPlace(state, { type: 'time.passed', id: 'due' }, ctx)
    if (Object.values(outcome.state.escalations)[0]?.level === 2) climbed++
    written += JSON.stringify(outcome.state).length + JSON.stringify(outcome.decisions).length
  }
  const { user, system } = process.cpuUsage(began)
  ms += (user + system) / 1000
}
if (climbed !== count) throw new Error(`${climbed} of ${count} climbed`)
process.stdout.write(JSON.stringify({ count, ms, written }))
