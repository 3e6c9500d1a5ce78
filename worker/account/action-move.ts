import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { SubjectState } from '../method/state.ts'
import { type Desk, justAfter, type Perform, type Performed } from './action-desk.ts'

/**
 * `move`: sets a development's stage as a person would (DEV-A01 to DEV-A12). What the method would refuse is told to it and
 * not written; what it accepts is written to the CRM, read back, and only then told as done, so that what the workflow does
 * next finds the record moved.
 */
export const move: Perform = async (desk) => {
  const { id } = desk.deed
  const stage = (desk.input('stage') ?? '').toUpperCase().replace(/^LADDER_/, '')
  const seen = await desk.see('development', id)
  if (!seen.ok) return seen.instead
  const { record, ref, state } = seen
  if (!state.developments[id])
    return failed(desk.say('It has no pipeline of the playbook.', '该记录不属于任何开发流程。'))
  if (desk.step['sent'] === true) return afterwards(desk, record, state, stage)
  if (state.developments[id].stage === stage) return told(state, id, 'ALREADY')

  const moved: RecordSnapshot = { ...record, at: justAfter(record), fields: { ...record.fields, stage } }
  const weighed = await desk.book(ref).weigh({ ref, event: desk.event(moved) })
  if (!weighed) return desk.again()
  if (weighed.developments[id]?.stage !== stage) {
    const after = (await desk.deliver(moved)) ? await desk.subject(ref) : null
    return after ? told(after, id, 'REFUSED') : desk.again()
  }
  desk.begin(
    { sent: true, from: record.at },
    { id: desk.eventId(), object: 'development', recordId: id, fields: { stage } },
  )
  const sent = await desk.sent({ id: desk.eventId() })
  if (sent.state !== 'written') return sent.state === 'dead' ? failed(sent.reason) : desk.again()
  const back = await desk.see('development', id)
  return back.ok ? afterwards(desk, back.record, back.state, stage) : back.instead
}

/** What became of a stage that was sent to the CRM. */
const afterwards = async (
  desk: Desk,
  record: RecordSnapshot,
  state: SubjectState,
  stage: string,
): Promise<Performed> => {
  const { id } = desk.deed
  const standing = state.developments[id]
  if (standing?.stage === stage) return told(state, id, 'DONE')
  if (standing?.refused?.to === stage) return told(state, id, 'REFUSED')
  const { state: letter, reason } = await desk.sent({ id: desk.eventId() })
  if (letter === 'dead') return failed(reason)
  // written, changed since, and yet another stage: somebody moved it after us
  const isLater = letter === 'written' && record.at > String(desk.step['from'])
  if (!isLater) return desk.again()
  return failed(desk.say('It was moved elsewhere meanwhile.', '期间已被移动到其他阶段。'))
}

const failed = (reason: string): Performed => ({ done: true, outcome: 'FAILED', reason, outputs: { accepted: false } })

const told = (state: SubjectState, id: string, outcome: 'DONE' | 'ALREADY' | 'REFUSED'): Performed => {
  const standing = state.developments[id]
  const fields = state.records['development']?.[id]?.fields ?? {}
  const notice = String(fields['stageNotice'] ?? '')
  const lacking = outcome === 'REFUSED' ? (standing?.notice ?? '').split('\n').slice(1).join('\n') : ''
  return {
    done: true,
    outcome,
    reason: outcome === 'REFUSED' ? standing?.notice || notice : notice,
    outputs: {
      accepted: outcome !== 'REFUSED',
      stage: standing?.stage ?? null,
      missing: lacking || String(fields['missing'] ?? ''),
      stageDue: standing?.due ?? null,
    },
  }
}
