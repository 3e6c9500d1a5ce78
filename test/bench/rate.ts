/*
 * A process of its own: rates customers through the pure core as a Book does it: state as JSON text in, decide, JSON text out,
 * one after another. Prints one JSON object: customers, ms, the heap's peak. Started by rating.ts.
 */
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Context } from '../../worker/method/context.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { compilePlaybook } from '../../worker/method/playbook/index.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'

const count = Number(process.argv[2])
const first = Number(process.argv[3])
const NOW = Date.parse('2026-09-07T02:00:00.000Z')
const compiled = compilePlaybook(defaultPlaybook, 1)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
const context: Context = { playbook: compiled.playbook, now: NOW, members: {}, pipeline: () => undefined }

/** A customer as its Book holds it: known to the CRM, never rated. */
const stored = (index: number): string => {
  const id = `c${index}`
  const state = newSubject(`company:${id}`)
  const fields = { name: `Company ${index}`, accountOwnerId: 'rm', ladderGold: index % 50 === 0 }
  const at = '2026-09-01T00:00:00.000Z'
  state.records = { company: { [id]: { object: 'company', id, at, createdAt: at, deleted: false, fields } } }
  return JSON.stringify(state)
}

let peak = 0
let written = 0
let rated = 0
const began = performance.now()
for (let index = first; index < first + count; index++) {
  const state = JSON.parse(stored(index)) as SubjectState
  const amount = (Math.imul(index + 1, 2654435761) >>> 0) % 2_000_000_000
  const outcome = decideInPlace(
    state,
    {
      type: 'fact',
      id: `f${index}`,
      customerNo: `N${index}`,
      at: '2026-09-07T01:00:00.000Z',
      data: { kind: 'balance.changed', amount },
    },
    context,
  )
  if (outcome.state.rating) rated++
  written += JSON.stringify(outcome.state).length + JSON.stringify(outcome.decisions).length
  if (index % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
}
const ms = performance.now() - began
if (rated !== count) throw new Error(`${rated} of ${count} were rated`)
process.stdout.write(JSON.stringify({ count, ms, heapMiB: Math.round(peak / 2 ** 20), written }))
