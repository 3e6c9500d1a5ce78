import type { Fields, Ref } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { SubjectState } from '../method/state.ts'
import type { Desk, Perform, Performed, Seen } from './action-desk.ts'

/** Whom a record that an action makes is about: the customer, and the development if it was started from one. */
const aboutOf = ({ deed }: Desk, ref: Ref, prefix = ''): Fields => {
  const subject = parseRef(ref)
  const named = (object: string): string =>
    prefix === '' ? object : prefix + object.charAt(0).toUpperCase() + object.slice(1)
  return {
    ...(subject.object === 'company' || subject.object === 'person' ? { [named(subject.object)]: subject.id } : {}),
    ...(deed.object === 'development' ? { [named('development')]: deed.id } : {}),
  }
}

/** Makes a record once and reads it back, so that the method knows of it before the workflow goes on. */
export const make = async (desk: Desk, object: string, key: string, fields: () => Fields): Promise<Seen> => {
  const id = desk.eventId()
  if (desk.step['sent'] !== true) desk.begin({ sent: true }, { id, object, key, fields: fields() })
  const { state, reason, recordId } = await desk.sent({ id, key })
  if (state === 'dead') return { ok: false, instead: { done: true, outcome: 'FAILED', reason } }
  if (state === 'waits' || recordId === null) return { ok: false, instead: desk.again() }
  return desk.see(object, recordId)
}

const nameOf = (state: SubjectState): string => {
  const { object, id } = parseRef(state.ref)
  const name = state.records[object]?.[id]?.fields['name']
  return typeof name === 'string' ? name : ''
}

/** `visit-plan`: a visit in status PLANNED. */
export const visitPlan: Perform = (desk) =>
  visit(desk, { status: 'PLANNED', plannedAt: new Date(desk.input('plannedAt') ?? '').toISOString() }, [
    '拜访',
    'Visit',
  ])

/** `log-contact`: a visit that was held, so that the next contact is due later (TIER-CONTACT). HubSpot's meetings need a start. */
export const logContact: Perform = (desk) => {
  const heldAt = new Date(desk.input('heldAt') ?? desk.cameAt).toISOString()
  return visit(desk, { status: 'HELD', plannedAt: heldAt, heldAt }, ['联系', 'Contact'])
}

const visit = async (desk: Desk, when: Fields, [zh = '', en = '']: string[]): Promise<Performed> => {
  const subject = await desk.subjectOf(desk.deed.object, desk.deed.id)
  if (!subject.ok) return subject.instead
  const { ref, state } = subject
  const made = await make(desk, 'visit', desk.keyOf(ref, 'visit'), () => ({
    name: desk.input('name') ?? desk.say(`${en}: ${nameOf(state)}`, `${zh}：${nameOf(state)}`),
    form: desk.input('form') ?? 'VISIT',
    ...when,
    ...given(desk, 'level', 'participants', 'topics', 'record'),
    ...aboutOf(desk, ref),
  }))
  if (!made.ok) return made.instead
  const { object, id } = parseRef(made.ref)
  const nextContactDue = String(made.state.records[object]?.[id]?.fields['ladderNextContactDue'] ?? '')
  return { done: true, outcome: 'DONE', outputs: { visitId: made.record.id, ...when, nextContactDue } }
}

export const given = (desk: Desk, ...names: string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (desk.input(name) === null ? [] : [[name, desk.input(name)]])))

/**
 * `raise`: a control item with the customer's manager as its one owner (DEV-CTRL). What a person asks for has no ladder of
 * its own in the method: late, it climbs as what stalls does (ESC-STALL), and without a time it is late at once.
 */
export const raise: Perform = async (desk) => {
  const { object, id } = desk.deed
  const subject = await desk.subjectOf(object, id)
  if (!subject.ok) return subject.instead
  const { ref } = subject
  const owner = ownerOf(desk, subject.state)
  if (owner === null) {
    const reason = desk.say('The customer has no owner: nobody could be asked.', '客户没有责任客户经理：无人可督办。')
    return { done: true, outcome: 'REFUSED', reason, outputs: { raised: false } }
  }
  const what = desk.input('what') ?? ''
  const by = new Date(desk.input('by') ?? desk.cameAt).toISOString()
  const made = await make(desk, 'task', desk.keyOf(ref, 'control'), () => ({
    title: what,
    body: desk.input('criteria') ?? what,
    status: 'TODO',
    dueAt: by,
    assigneeId: owner,
    ladderKind: 'CONTROL',
    ladderCriteria: desk.input('criteria') ?? what,
    ...aboutOf(desk, ref, 'ladder'),
  }))
  return made.ok ? standing(made.state, made.record.id, by) : made.instead
}

/** How far the escalation of a control item is. */
const standing = ({ escalations }: SubjectState, taskId: string, by: string): Performed => {
  const raised = Object.values(escalations).find(
    (one) => one.cause === 'ESC_STALL' && one.about === taskId && one.standing,
  )
  const outputs = {
    raised: raised !== undefined,
    level: raised?.level ?? null,
    role: raised?.levels[raised.level - 1]?.role ?? null,
    by,
    taskId,
  }
  return { done: true, outcome: 'DONE', outputs }
}

const ownerOf = ({ deed }: Desk, state: SubjectState): string | null => {
  const { object, id } = parseRef(state.ref)
  const rm = deed.object === 'development' ? state.records['development']?.[deed.id]?.fields['rm'] : null
  const fields = state.records[object]?.[id]?.fields
  return (
    ([rm, fields?.['accountOwnerId'], fields?.['ladderRm']].find(
      (one) => typeof one === 'string' && one !== '',
    ) as string) ?? null
  )
}
