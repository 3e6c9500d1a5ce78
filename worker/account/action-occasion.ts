import type { Fields, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { ladderKey, methodKey, parseRef, refOf } from '../../schemas/events/keys.ts'
import { occasionLabel } from '../method/occasions/index.ts'
import { hashOf } from '../method/playbook/hash.ts'
import type { SubjectState } from '../method/state.ts'
import { type Desk, justAfter, type Perform, type Performed } from './action-desk.ts'
import { given, make } from './action-make.ts'

/**
 * Occasions by actions (ESC-CUST, ESC-INNER, ESC-OUTER …). Where the CRM has records of occasions one is made as a person would;
 * where it has none Ladder's own word stands for the record, as with campaigns. What follows is the same.
 */

const refused = (desk: Desk, en: string, zh: string): Performed => ({
  done: true,
  outcome: 'REFUSED',
  reason: desk.say(en, zh),
})

const noKind = (desk: Desk): Performed => refused(desk, 'The playbook has no such kind.', '方法手册中没有该类型。')

/** A record that only Ladder has; the same at each attempt. */
const ownRecord = (desk: Desk, id: string, fields: Fields, before?: RecordSnapshot): RecordSnapshot => ({
  object: 'occasion',
  id,
  at: before && before.at >= desk.cameAt ? justAfter(before) : desk.cameAt,
  createdAt: before?.createdAt ?? desk.cameAt,
  deleted: false,
  fields,
})

/** `note-occasion`: an occasion of one customer, once for each call. */
export const noteOccasion: Perform = async (desk) => {
  const subject = await desk.subjectOf(desk.deed.object, desk.deed.id)
  if (!subject.ok) return subject.instead
  const { ref } = subject
  const customer = parseRef(ref)
  if (customer.object !== 'company' && customer.object !== 'person')
    return refused(desk, 'It belongs to no customer.', '该记录没有关联客户。')
  const kind = desk.input('kind') ?? ''
  if (!desk.knowsOccasion(kind)) return noKind(desk)
  const { en, zh } = occasionLabel(kind)
  const fields = {
    name: desk.say(en, zh),
    kind,
    status: 'OPEN',
    [customer.object]: customer.id,
    ...given(desk, 'on', 'note'),
    ...(desk.input('yearly') === 'true' ? { yearly: true } : {}),
  }
  if (desk.carries('occasion')) {
    const made = await make(desk, 'occasion', desk.keyOf(ref, 'noted'), () => fields)
    return made.ok ? noted(made.state, made.record.id) : made.instead
  }
  const id = `own-${desk.deed.callbackId}`
  if (!(await desk.deliver(ownRecord(desk, id, fields)))) return desk.again()
  const after = await desk.subject(ref)
  return after?.records['occasion']?.[id] ? noted(after, id) : desk.again()
}

const noted = (state: SubjectState, id: string): Performed => {
  const open = openTasks(state, id)
  return { done: true, outcome: 'DONE', outputs: { occasion: id, tasks: open.length, due: open.sort()[0] ?? null } }
}

/** When open tasks of one occasion (each year's of a yearly one), or of all, are due. */
const openTasks = ({ ref, tasks }: SubjectState, id?: string): string[] =>
  Object.entries(tasks)
    .filter(([key, { status }]) => status === 'OPEN' && key.startsWith(ladderKey(ref, 'occasion', '')))
    .filter(([, { about }]) => id === undefined || about === id || about.startsWith(`${id}/`))
    .map(([, { due }]) => due)

/** `close-occasion`: sets the status of the record, or of all open ones of the customer, as a person would. */
export const closeOccasion: Perform = async (desk) => {
  const subject = await desk.subjectOf(desk.deed.object, desk.deed.id)
  if (!subject.ok) return subject.instead
  const { ref, state } = subject
  const status = desk.input('status') ?? 'DONE'
  const open = openOf(desk, state)
  // noted just now: its record hasn't been seen in the CRM
  if (open === null) return desk.again()
  const carried = desk.carries('occasion')
  const before = desk.step['chosen']
  const chosen = Array.isArray(before) ? before.map(String) : open.map(({ id }) => id)
  if (before === undefined) {
    const write = (recordId: string) => ({
      id: desk.eventId(recordId),
      object: 'occasion',
      recordId,
      fields: { status },
    })
    desk.begin({ chosen }, ...(carried ? chosen.map(write) : []))
  }
  for (const id of carried ? chosen : []) {
    const letter = await desk.sent({ id: desk.eventId(id) })
    if (letter.state === 'dead') return { done: true, outcome: 'FAILED', reason: letter.reason }
    if (letter.state === 'waits') return desk.again()
  }
  const told = open.filter(({ id }) => chosen.includes(id))
  const records = told.map((one) => ownRecord(desk, one.id, { ...one.fields, status }, one))
  if (records.length > 0 && !(await desk.deliver(...records))) return desk.again()
  const after = await desk.subject(ref)
  if (!after) return desk.again()
  const outputs = { count: chosen.length, tasks: openTasks(after).length }
  if (chosen.length > 0) return { done: true, outcome: 'DONE', outputs }
  const reason = desk.say('No such occasion is open.', '没有未办结的此类客户事件。')
  return { done: true, outcome: 'ALREADY', reason, outputs }
}

/** Open records that are meant; null while one of them hasn't been seen in the CRM. */
const openOf = (desk: Desk, state: SubjectState): RecordSnapshot[] | null => {
  const { object, id } = desk.deed
  const one = object === 'occasion' ? id : desk.input('occasion')
  const kind = desk.input('kind')
  const records = Object.values(state.records['occasion'] ?? {})
  const isSeen = (key: string): boolean => records.some(({ fields }) => fields['ladderKey'] === key)
  const unseen = Object.entries(state.occurred ?? {}).flatMap(([name, { occasion, open }]): RecordSnapshot[] => {
    const key = ladderKey(state.ref, 'occasion', name)
    return open && !isSeen(key)
      ? [ownRecord(desk, `own:${key}`, { ladderKey: key, kind: occasion, ...customerOf(state.ref) })]
      : []
  })
  const isMeant = ({ id: record, deleted, fields }: RecordSnapshot): boolean =>
    !deleted &&
    fields['status'] !== 'DONE' &&
    fields['status'] !== 'CANCELLED' &&
    (one === null || record === one) &&
    (kind === null || fields['kind'] === kind)
  const meant = [...records, ...unseen].filter(isMeant)
  return desk.carries('occasion') && meant.some((record) => unseen.includes(record)) ? null : meant
}

const customerOf = (ref: Ref): Fields => {
  const { object, id } = parseRef(ref)
  return { [object]: id }
}

/** `note-event`: an event of many customers, once for each kind and name; told again it is changed or closed (ESC-OUTER). */
export const noteEvent: Perform = async (desk) => {
  const [kind = '', name = '', rule = ''] = ['kind', 'name', 'rule'].map((input) => desk.input(input) ?? '')
  if (!desk.knowsOccasion(kind)) return noKind(desk)
  const hash = hashOf([kind, name])
  const fields: Fields = { name, kind, rule, status: desk.input('status') ?? 'OPEN', ...given(desk, 'on') }
  let id = `own-${hash}`
  if (desk.carries('occasion')) {
    const made = await make(desk, 'occasion', methodKey('event', hash), () => fields)
    if (!made.ok) return made.instead
    id = made.record.id
  }
  const ref = refOf('occasion', id)
  if (!desk.carries('occasion') && desk.step['told'] !== true) {
    const before = (await desk.subject(ref))?.records['occasion']?.[id]
    // another rule touches others: what was counted before is no answer
    const kept = before?.fields['rule'] === rule ? before.fields : {}
    if (!(await desk.deliver(ownRecord(desk, id, { ...kept, ...fields }, before)))) return desk.again()
    desk.begin({ told: true })
  }
  const record = (await desk.subject(ref))?.records['occasion']?.[id]
  if (!record) return desk.again()
  const { notice, touched, list } = record.fields
  const outputs = { occasion: id, touched: Number(touched ?? 0), list: String(list ?? '') }
  if (notice) return { done: true, outcome: 'REFUSED', reason: String(notice), outputs }
  if (fields['status'] === 'OPEN' && typeof touched !== 'number') return desk.again()
  return { done: true, outcome: 'DONE', outputs }
}
