import type { Fields, RecordSnapshot, Value } from '../../schemas/events/index.ts'
import { subjectOfKey } from '../../schemas/events/keys.ts'
import type { EscalationState, SubjectState } from '../method/state.ts'
import type { Write } from '../crm/port.ts'
import { type Desk, justAfter, type Perform, type Performed } from './action-desk.ts'

/** What an answer sets on the records, whom it is for, and how it is known to have been taken. */
interface Answer {
  fields: Fields
  waits(one: EscalationState): boolean
  taken(one: EscalationState | undefined): boolean
}

const RANK = { OPEN: 0, PAUSED: 0, SNOOZED: 0, ACKNOWLEDGED: 1, RESOLVED: 2 }

const status = (answer: 'ACKNOWLEDGED' | 'RESOLVED'): Answer => ({
  fields: { status: answer },
  waits: (one) => RANK[one.status] < RANK[answer],
  taken: (one) => RANK[one?.status ?? 'OPEN'] >= RANK[answer],
})

/** `acknowledge`: the clock of the escalations stops (ESC-LADDER). */
export const acknowledge: Perform = (desk) => answer(desk, status('ACKNOWLEDGED'))

/** `resolve`: the escalations are closed with their tasks (ESC-LADDER). */
export const resolve: Perform = (desk) => answer(desk, status('RESOLVED'))

/** `pause`, `snooze`: the clock stands until a time (ESC-LADDER). */
export const pause: Perform = (desk) => stop(desk, 'PAUSED')
export const snooze: Perform = (desk) => stop(desk, 'SNOOZED')

const stop = (desk: Desk, status: 'PAUSED' | 'SNOOZED'): ReturnType<Perform> => {
  const until = new Date(desk.input('until') ?? '').toISOString()
  const isSo = (one: EscalationState | undefined): boolean => one?.status === status && one.paused?.until === until
  return answer(desk, {
    fields: { status, pausedUntil: until, pauseReason: desk.input('reason') },
    waits: (one) => one.status !== 'RESOLVED' && !isSo(one),
    taken: isSo,
  })
}

/** `reassign`: another user of the CRM has the level, with its whole allowance (ESC-LADDER). */
export const reassign: Perform = async (desk) => {
  const email = desk.input('to') ?? ''
  const to = desk.userOf(email)
  if (to === null) {
    const reason = desk.say('The CRM has no user with this e-mail address.', 'CRM 中没有该邮箱的用户。')
    return { done: true, outcome: 'REFUSED', reason, outputs: { count: 0 } }
  }
  return answer(desk, {
    fields: { reassignTo: email },
    waits: (one) => one.status !== 'RESOLVED' && one.assigned !== to,
    taken: (one) => one?.assigned === to || one?.assignee === to,
  })
}

/**
 * Sets fields of escalations as a person would on their records; the method writes what follows. Where the CRM doesn't
 * carry escalations Ladder's own word of them stands for the record.
 */
const answer = async (desk: Desk, { fields, waits, taken }: Answer): Promise<Performed> => {
  const { object, id } = desk.deed
  const subject = await desk.subjectOf(object, id)
  if (!subject.ok) return subject.instead
  const { ref, state } = subject
  const chosen = keysIn(desk.step['keys']) ?? chosenOf(desk, state, waits)
  if (desk.step['keys'] === undefined) desk.begin({ keys: chosen }, ...resolutionsOf(desk, chosen))
  const waiting = chosen.flatMap((key) => state.escalations[key] ?? []).filter(waits)
  const records = waiting.map((one) => recordOf(desk, state, one.key))
  // raised just now: its record hasn't been seen in the CRM
  const known = records.filter((record) => record !== null)
  if (known.length < records.length) return desk.again()
  const told = known.map((record) => ({
    ...record,
    at: record.at < desk.cameAt ? desk.cameAt : justAfter(record),
    fields: { ...record.fields, ...fields },
  }))
  if (told.length > 0 && !(await desk.deliver(...told))) return desk.again()
  const after = await desk.subject(ref)
  if (!after) return desk.again()
  const count = chosen.filter((key) => taken(after.escalations[key])).length
  const open = Object.values(after.escalations).filter((one) => one.status === 'OPEN').length
  if (count > 0) return { done: true, outcome: 'DONE', outputs: { count, open } }
  const reason = desk.say('No escalation waits for this answer.', '没有待此处理的督办。')
  return { done: true, outcome: 'ALREADY', reason, outputs: { count, open } }
}

const keysIn = (kept: Value | undefined): string[] | undefined =>
  Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : undefined

/** Those that aren't answered so far: one by its record or task, all of a development, or all of a customer. */
const chosenOf = (desk: Desk, state: SubjectState, waits: Answer['waits']): string[] => {
  const { object, id } = desk.deed
  const cause = desk.input('cause')
  const only = desk.input('escalation')
  const key = state.records[object]?.[id]?.fields['ladderKey']
  const isMeant = (one: EscalationState): boolean => {
    if (object === 'escalation') return one.key === key || one.key === id
    if (object === 'task') return typeof key === 'string' && state.tasks[key]?.about === one.key
    return object !== 'development' || one.development === id
  }
  return Object.values(state.escalations)
    .filter((one) => isMeant(one) && waits(one) && (cause === null || one.cause === cause))
    .filter((one) => only === null || one.key === only)
    .map((one) => one.key)
}

const resolutionsOf = (desk: Desk, keys: string[]): Write[] => {
  const resolution = desk.input('resolution')
  if (resolution === null || !desk.carries('escalation')) return []
  return keys.map((key) => ({ id: desk.eventId(key), object: 'escalation', key, fields: { resolution } }))
}

const recordOf = (desk: Desk, state: SubjectState, key: string): RecordSnapshot | null => {
  const records = Object.values(state.records['escalation'] ?? {})
  const seen = records.find(({ fields, deleted }) => fields['ladderKey'] === key && !deleted)
  if (seen || desk.carries('escalation') || subjectOfKey(key) === undefined) return seen ?? null
  const at = desk.cameAt
  return { object: 'escalation', id: `own:${key}`, at, createdAt: at, deleted: false, fields: { ladderKey: key } }
}
