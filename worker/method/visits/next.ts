import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import { isDate } from '../calendar/dates.ts'
import type { Draft } from '../draft.ts'
import type { NextVisit } from '../state.ts'
import { isAdopted } from '../stages/pipeline.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { customerName, say } from '../tiers/text.ts'

const RULE = 'DEV-A06'

/** What the record of a held visit asks for; undefined: nothing, or not yet. */
const askedBy = ({ fields }: RecordSnapshot): { on: string; step: string } | undefined => {
  const { status, nextStep, nextStepOn } = fields
  return status === 'HELD' && typeof nextStep === 'string' && nextStep.trim() !== '' && isDate(nextStepOn)
    ? { on: nextStepOn, step: nextStep.trim() }
    : undefined
}

/**
 * Makes the next visit of a held one, with its task, once; moves both with the date of the record, and takes them back when
 * the record asks for it no more. What people did to the next visit stays: one that they held, cancelled or deleted is theirs.
 */
export const followNext = (draft: Draft, held: RecordSnapshot): void => {
  const { state } = draft
  const asked = askedBy(held)
  const known = state.nextVisits?.[held.id]
  if (!asked) {
    cancelNext(draft, held.id)
    return
  }
  const isNew = known === undefined || known.status === 'LEFT'
  if (isNew && (known?.on === asked.on || isSeenTo(draft, held, asked.on))) {
    state.nextVisits = { ...state.nextVisits, [held.id]: { ...asked, status: 'LEFT' } }
    return
  }
  state.nextVisits = { ...state.nextVisits, [held.id]: { ...asked, status: 'MADE' } }
  const made = madeBy(draft, held.id)
  if (made && isTheirs(made, known)) {
    close(draft, held.id)
    return
  }
  const changed = known?.on !== asked.on || known.step !== asked.step || known.status !== 'MADE'
  if (changed) plan(draft, held, asked, isNew)
  workOn(draft, held, asked)
}

/** Nobody comes: what was planned for it is cancelled, unless people have seen to it. */
export const cancelNext = (draft: Draft, id: string): void => {
  const known = draft.state.nextVisits?.[id]
  if (known?.status !== 'MADE') return
  const made = madeBy(draft, id)
  if (!made || !isTheirs(made, known)) write(draft, id, { status: 'CANCELLED' })
  known.status = 'CANCELLED'
  close(draft, id)
}

/** There was a day for it before Ladder knew, or people have planned a visit for that day themselves. */
const isSeenTo = (draft: Draft, held: RecordSnapshot, on: string): boolean => {
  const { calendar } = draft.ctx.playbook
  if (isAdopted(draft, held) && on < calendar.dateOf(draft.ctx.now)) return true
  const of = (fields: Fields): string => String(fields['development'] ?? '')
  return draft
    .recordsOf('visit')
    .some(
      ({ id, fields: { status, plannedAt, ladderKey: key, ...fields } }) =>
        id !== held.id &&
        status === 'PLANNED' &&
        typeof plannedAt === 'string' &&
        calendar.dateOf(Date.parse(plannedAt)) === on &&
        of(fields) === of(held.fields) &&
        key !== keyOf(draft, held.id),
    )
}

const keyOf = ({ state }: Draft, held: string): string => ladderKey(state.ref, 'visit', held)
const taskKeyOf = ({ state }: Draft, held: string): string => ladderKey(state.ref, 'visit-task', held)

/** The record of the next visit, once it was seen. */
const madeBy = (draft: Draft, held: string): RecordSnapshot | undefined =>
  Object.values(draft.state.records['visit'] ?? {}).find(({ fields }) => fields['ladderKey'] === keyOf(draft, held))

/** Whether people have seen to the next visit; what Ladder itself has cancelled they haven't. */
const isTheirs = ({ deleted, fields: { status } }: RecordSnapshot, known: NextVisit | undefined): boolean =>
  deleted || status === 'HELD' || (status === 'CANCELLED' && known?.status !== 'CANCELLED')

const startOf = ({ ctx }: Draft, on: string): string => new Date(ctx.playbook.calendar.opening(on)).toISOString()

const titleOf = (draft: Draft, step: string): string => `${customerName(draft)}${say(draft.ctx, ': ', '：')}${step}`

const plan = (draft: Draft, held: RecordSnapshot, { on, step }: { on: string; step: string }, isNew: boolean): void => {
  const { object, id } = parseRef(draft.state.ref)
  const { development, level = null, rm = null } = held.fields
  const customer: Fields = object === 'company' || object === 'person' ? { [object]: id } : {}
  const whole: Fields = { form: 'VISIT', level, rm, ...customer, development: development ?? null }
  const fields: Fields = { name: titleOf(draft, step), topics: step, status: 'PLANNED', plannedAt: startOf(draft, on) }
  write(draft, held.id, { ...(isNew ? whole : {}), ...fields })
}

/** Its task is due when the visit begins, wherever people have moved it. */
const workOn = (draft: Draft, held: RecordSnapshot, { on, step }: { on: string; step: string }): void => {
  const key = taskKeyOf(draft, held.id)
  const { plannedAt } = madeBy(draft, held.id)?.fields ?? {}
  const due = typeof plannedAt === 'string' && plannedAt !== '' ? plannedAt : startOf(draft, on)
  const { development } = held.fields
  openTask(draft, {
    key,
    kind: 'VISIT',
    role: 'RM',
    title: titleOf(draft, step),
    due,
    about: `visit:${held.id}`,
    rule: RULE,
    again: true,
    ...(typeof development === 'string' && development !== '' ? { development } : {}),
  })
  moveTask(draft, key, due, { rule: RULE, text: step })
}

const close = (draft: Draft, held: string): void =>
  closeTask(draft, taskKeyOf(draft, held), { rule: RULE, text: say(draft.ctx, 'The visit was seen to', '拜访已处理') })

/** Keeps what is written as seen, so that the next event finds it before the CRM has told of it. */
const write = (draft: Draft, held: string, fields: Fields): void => {
  const made = madeBy(draft, held)
  if (made) Object.assign(made.fields, fields)
  draft.upsert('visit', keyOf(draft, held), fields, draft.why(RULE))
}
