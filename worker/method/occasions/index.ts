import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Label } from '../../../schemas/model/define.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { alive, isLiving, raise } from '../escalations/raise.ts'
import { findSettled, settle } from '../escalations/settle.ts'
import type { SubjectState } from '../state.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { customerName, say } from '../tiers/text.ts'
import { type Occurrence, occurrencesOf } from './occurrences.ts'
import { wide } from './wide.ts'
import { isDone, type Step, stepsOf } from './work.ts'

/**
 * Occasions (ESC-INNER, ESC-CUST, ESC-OUTER, ESC-COMPL, ESC-PROMISE, ESC-SLEEP, ESC-RISK): each has its work, a task before it
 * is due, and where the playbook says so an escalation when it isn't done in time. What is over, or was taken back, closes.
 */
export const occasions = (draft: Draft): void => {
  const { state, ctx } = draft
  const { object } = parseRef(state.ref)
  if (object === 'occasion') return wide(draft)
  if (!isCustomer(object) || !alive(draft)) return
  const working = ctx.playbook.calendar.isWorking(ctx.now)
  const kept = new Set<string>()
  const late = new Map<string, { one: Occurrence; step: Step | undefined }>()
  for (const one of occurrencesOf(state, ctx)) {
    showRecord(draft, one)
    if (!one.open) continue
    const steps = stepsOf(state, ctx, one)
    for (const step of steps) {
      if (isDone(state, ctx, step)) continue
      kept.add(step.key)
      if (step.start <= ctx.now && (working || state.tasks[step.key])) open(draft, one, step)
    }
    if (one.kind.cause === undefined) continue
    const first = steps.find((step) => step.due <= ctx.now && !isDone(state, ctx, step))
    if (first || one.kind.work.length === 0) late.set(one.id, { one, step: first })
  }
  closeOthers(draft, kept)
  settleOthers(draft, late)
  for (const { one, step } of late.values()) escalate(draft, one, step)
}

/** When a task of an occasion has to be made, or its work is late. */
export const occasionsDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isCustomer(parseRef(state.ref).object) || !isLiving(state)) return null
  const dues: number[] = []
  for (const one of occurrencesOf(state, ctx)) {
    if (!one.open) continue
    if (one.until !== undefined) dues.push(ctx.playbook.calendar.opening(one.until))
    const isRaised = Object.values(state.escalations).some(({ about, standing }) => standing && about === one.id)
    const waits = one.kind.cause !== undefined && !isRaised
    if (one.kind.work.length === 0 && waits) dues.push(one.knownAt)
    for (const step of stepsOf(state, ctx, one)) {
      if (isDone(state, ctx, step)) continue
      if (state.tasks[step.key]?.status !== 'OPEN') dues.push(step.start)
      if (waits) dues.push(step.due)
    }
  }
  return dues.length === 0 ? null : ctx.playbook.calendar.nextWorkingInstant(Math.min(...dues))
}

const isCustomer = (object: string): boolean => object === 'company' || object === 'person'

const kinds = new Map(fieldDef('occasion', 'kind')?.options?.map(({ code, label }) => [code, label]))
/** What a kind of occasion is called. */
export const occasionLabel = (code: string): Label => kinds.get(code) ?? { en: code, zh: code }
const nameOf = (ctx: Context, code: string): string => {
  const { en, zh } = occasionLabel(code)
  return say(ctx, en, zh)
}

const open = (draft: Draft, one: Occurrence, { key, work, due }: Step): void => {
  const { ctx } = draft
  const title = say(ctx, work.title.en, work.title.zh)
  const what = nameOf(ctx, one.kind.code)
  const by = new Date(due).toISOString()
  openTask(draft, {
    key,
    kind: 'OCCASION',
    title: say(ctx, `${what}: ${title}: ${customerName(draft)}`, `${what}：${title}：${customerName(draft)}`),
    body: [one.on, one.text].filter(Boolean).join(' '),
    due: by,
    role: work.role,
    about: one.id,
    rule: one.kind.id,
    again: true,
  })
  moveTask(draft, key, by, { rule: one.kind.id, text: what })
}

const escalate = (draft: Draft, one: Occurrence, step: Step | undefined): void => {
  const { state, ctx } = draft
  const { cause } = one.kind
  const { calendar } = ctx.playbook
  // outside working time only what was told before, and seemed to have gone, goes on
  if (!cause || (!calendar.isWorking(ctx.now) && !findSettled(draft, cause, one.id) && !isStanding(state, one.id)))
    return
  const what = nameOf(ctx, one.kind.code)
  const title = step && say(ctx, step.work.title.en, step.work.title.zh)
  const by = step && calendar.dateOf(step.due)
  const asked = step ? say(ctx, ` ${title} by ${by}.`, `应于 ${by} 前${title}。`) : ''
  raise(draft, {
    cause,
    about: one.id,
    detail: say(ctx, `${what}: ${one.text || one.on}.${asked}`, `${what}：${one.text || one.on}。${asked}`),
    rule: one.kind.id,
    inputs: { kind: one.kind.code, on: one.on },
    tail: one.on,
  })
}

const isStanding = ({ escalations }: SubjectState, id: string): boolean =>
  Object.values(escalations).some(({ about, standing }) => standing && about === id)

/** Tasks of what is done, over, or no occasion any more. */
const closeOthers = (draft: Draft, kept: ReadonlySet<string>): void => {
  const { state, ctx } = draft
  const stem = ladderKey(state.ref, 'occasion', '')
  const text = say(ctx, 'Done, or no longer called for', '已完成或不再需要')
  for (const key in state.tasks)
    if (key.startsWith(stem) && !kept.has(key)) closeTask(draft, key, { rule: 'ESC-CUST', text })
}

const settleOthers = (draft: Draft, late: ReadonlyMap<string, unknown>): void => {
  const { state, ctx } = draft
  const causes = new Set(ctx.playbook.source.occasions.map(({ cause }) => cause))
  for (const { cause, about, standing } of Object.values(state.escalations))
    if (standing && causes.has(cause) && !late.has(about))
      settle(draft, cause, about, say(ctx, 'It is done or over.', '已完成或已结束。'))
}

/** What core banking noted stands as a record in the CRM; a clock of its own shows when it has to be answered. */
const showRecord = (draft: Draft, one: Occurrence): void => {
  const { state, ctx } = draft
  const noted = state.occurred?.[one.id]
  const minutes = one.kind.work.find((work) => work.minutes !== undefined)
  const step = minutes && stepsOf(state, ctx, one).find(({ work }) => work === minutes)
  const dueAt = step ? new Date(step.due).toISOString() : null
  if (one.record !== undefined && dueAt !== null && one.open)
    draft.update('occasion', one.record, { dueAt }, draft.why(one.kind.id))
  if (!noted || noted.shown === noted.stamp) return
  noted.shown = noted.stamp
  const { object, id } = parseRef(state.ref)
  draft.upsert(
    'occasion',
    ladderKey(state.ref, 'occasion', one.id),
    {
      name: `${nameOf(ctx, one.kind.code)} ${one.on}`,
      company: object === 'company' ? id : null,
      person: object === 'person' ? id : null,
      kind: one.kind.code,
      status: noted.open ? 'OPEN' : 'DONE',
      on: one.on,
      note: one.text,
      dueAt,
    },
    draft.why(one.kind.id),
  )
}
