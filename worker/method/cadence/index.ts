import { ladderKey } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { alive, isLiving, raise } from '../escalations/raise.ts'
import { findSettled, settle } from '../escalations/settle.ts'
import type { SubjectState } from '../state.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { customerName, say, tierName } from '../tiers/text.ts'
import { lastContactOn, stampCalls } from './contacts.ts'
import { contactDue, contactInstants, contactsPerYear } from './due.ts'

/**
 * Contacts by tier (TIER-CONTACT): a task some working days before the contact is due, and an escalation when that day's
 * working time has ended without one (ESC-CADENCE). What is held decides; a contact logged late sets everything right.
 */
export const cadence = (draft: Draft): void => {
  if (!alive(draft)) return
  stampCalls(draft)
  const { state, ctx } = draft
  const due = contactDue(state, ctx)
  closeOthers(draft, due)
  const { lead, overdue } = due === null ? NEVER : contactInstants(ctx, due)
  if (due === null || overdue > ctx.now) {
    settle(draft, 'ESC_CADENCE', '', say(ctx, 'Contact is no longer overdue', '联系不再逾期'))
  }
  if (due === null) return
  const working = ctx.playbook.calendar.isWorking(ctx.now)
  if (lead <= ctx.now && (working || state.tasks[contactKey(state, due)])) contactTask(draft, due)
  const told = isRaised(state) || findSettled(draft, 'ESC_CADENCE', '') !== undefined
  if (overdue <= ctx.now && (working || told)) raiseOverdue(draft, due)
}

/** When a contact task has to be made, or its contact is overdue. */
export const cadenceDue = (state: SubjectState, ctx: Context): number | null => {
  const due = isLiving(state) ? contactDue(state, ctx) : null
  if (due === null) return null
  const { lead, overdue } = contactInstants(ctx, due)
  if (!state.tasks[contactKey(state, due)]) return lead
  return isRaised(state) ? null : overdue
}

const NEVER = { lead: Infinity, overdue: Infinity }

const contactKey = ({ ref }: SubjectState, due: string): string => ladderKey(ref, 'contact', due)

const isRaised = ({ escalations }: SubjectState): boolean => {
  for (const key in escalations) if (escalations[key]?.cause === 'ESC_CADENCE' && escalations[key].standing) return true
  return false
}

/** Tasks of another due date than the one that counts now: the contact was made, or the tier has changed. */
const closeOthers = (draft: Draft, due: string | null): void => {
  const { state, ctx } = draft
  const keep = due === null ? null : contactKey(state, due)
  const stem = contactKey(state, '')
  for (const key in state.tasks) {
    if (key === keep || !key.startsWith(stem) || state.tasks[key]?.status !== 'OPEN') continue
    const next = due ?? say(ctx, 'none', '无')
    const text = say(ctx, `Contact made or moved. Next due: ${next}`, `已联系或已改期。下次截止：${next}`)
    closeTask(draft, key, { rule: 'TIER-CONTACT', text })
  }
}

const contactTask = (draft: Draft, due: string): void => {
  const { state, ctx } = draft
  const name = customerName(draft)
  const key = contactKey(state, due)
  const closing = new Date(ctx.playbook.calendar.closing(due)).toISOString()
  const title = say(ctx, `Contact ${name} by ${due}`, `联系客户：${name}（${due} 前）`)
  openTask(draft, {
    key,
    kind: 'CONTACT',
    title,
    body: standing(draft),
    due: closing,
    role: 'RM',
    about: '',
    rule: 'TIER-CONTACT',
    again: true,
  })
  moveTask(draft, key, closing, { rule: 'TIER-CONTACT', text: title })
}

const raiseOverdue = (draft: Draft, due: string): void => {
  const { state, ctx } = draft
  raise(draft, {
    cause: 'ESC_CADENCE',
    about: '',
    detail: say(ctx, `Contact was due on ${due}. `, `应于 ${due} 前联系。`) + standing(draft),
    rule: 'ESC-CADENCE',
    inputs: { due, lastContactOn: lastContactOn(state, ctx) },
    tail: due,
  })
}

/** Tier, cadence and last contact in one sentence. */
const standing = ({ state, ctx }: Draft): string => {
  const last = lastContactOn(state, ctx) ?? say(ctx, 'none yet', '尚无')
  const tier = tierName(ctx, state.rating?.tier ?? null)
  const perYear = contactsPerYear(state)
  return say(
    ctx,
    `${tier}: at least ${perYear} contacts a year. Last contact: ${last}.`,
    `${tier}，每年至少联系 ${perYear} 次。上次联系：${last}。`,
  )
}
