/*
 * A process of its own: a shadow run of a changed table over customers through the pure core, as a Book does it: state as JSON
 * text in, one after another. Prints one JSON object: count, ms of the processor, the heap's peak, and what it found. Started by rating.ts.
 */
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Context } from '../../worker/method/context.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { compilePlaybook } from '../../worker/method/playbook/index.ts'
import { emptyShadow, shadowOne } from '../../worker/method/shadow/index.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'

const count = Number(process.argv[2])
const first = Number(process.argv[3])
const NOW = Date.parse('2026-09-07T02:00:00.000Z')

const contextOf = (playbook: typeof defaultPlaybook, version: number): Context => {
  const compiled = compilePlaybook(playbook, version)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  return { playbook: compiled.playbook, now: NOW, members: {}, pipeline: () => undefined }
}

const tables = structuredClone(defaultPlaybook.tables)
const rows = tables.find(({ code }) => code === 'TIER_CONTACT')?.table.rules
if (rows?.[0] && rows[1]) {
  rows[0].when = ['> 80000']
  rows[1].when = ['[50000..80000]']
}
const present = contextOf(defaultPlaybook, 1)
const changed = contextOf({ ...defaultPlaybook, tables }, 2)

/** Individuals as their Book holds them: rated by all schemes. A thousand of them stand for all, by another balance each. */
const stored = Array.from({ length: 1000 }, (_, index) => {
  const id = `p${index}`
  const state = newSubject(`person:${id}`)
  const fields = { name: `Person ${index}`, ladderRm: 'rm' }
  const at = '2026-09-01T00:00:00.000Z'
  state.records = { person: { [id]: { object: 'person', id, at, createdAt: at, deleted: false, fields } } }
  const attributes = {
    income: (index % 50) * 1_000_000,
    birthOn: `19${50 + (index % 50)}-05-05`,
    transactions: index % 200,
  }
  const told = { kind: 'customer.profile' as const, customer: 'person' as const, name: 'P', attributes }
  const amount = (Math.imul(index + 1, 2654435761) >>> 0) % 20_000_000
  for (const [n, data] of [told, { kind: 'balance.changed' as const, amount }].entries())
    decideInPlace(state, { type: 'fact', id: `f${n}`, customerNo: 'N', at, data }, present)
  return JSON.stringify(state)
})

let peak = 0
const report = emptyShadow()
const began = process.cpuUsage()
for (let index = first; index < first + count; index++) {
  shadowOne(report, JSON.parse(stored[index % 1000] ?? '') as SubjectState, changed)
  if (index % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
}
const { user, system } = process.cpuUsage(began)
const ms = (user + system) / 1000
const { customers, moved, tasks } = report
if (customers !== count || moved === 0) throw new Error(`${customers} of ${count} were looked at, ${moved} moves`)
process.stdout.write(JSON.stringify({ count, ms, heapMiB: Math.round(peak / 2 ** 20), moved, tasks }))
