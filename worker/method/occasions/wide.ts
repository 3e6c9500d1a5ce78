import type { CalledOccasion, GatheredRow } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import { isDate } from '../calendar/dates.ts'
import { audienceContext } from '../campaigns/audience.ts'
import { audienceNames } from '../campaigns/names.ts'
import { ruleTest } from '../campaigns/rule.ts'
import type { Context } from '../context.ts'
import { same, type Draft } from '../draft.ts'
import { isLiving } from '../escalations/raise.ts'
import type { Gatherer } from '../gather/index.ts'
import { checkRule } from '../playbook/check-pipelines.ts'
import { hashOf } from '../playbook/hash.ts'
import { Findings } from '../playbook/issues.ts'
import type { SubjectState } from '../state.ts'
import { say, tierName } from '../tiers/text.ts'

/**
 * An occasion without a customer touches those whom its rule names (ESC-OUTER): its record shows how many and who, and each of
 * them is told once and gets its tasks.
 */
export const wide = (draft: Draft): void => {
  const { state, ctx, event } = draft
  const { id } = parseRef(state.ref)
  const record = draft.record('occasion', id)
  if (!record) return
  if (event.type === 'gathered') {
    const { total, rows } = event
    const more = total > rows.length ? [say(ctx, `… only the first ${rows.length}`, `……仅列前 ${rows.length} 户`)] : []
    const fields = { touched: total, list: [...rows.map(({ text }) => String(text)), ...more].join('\n') }
    return draft.update('occasion', id, fields, draft.why('ESC-OUTER'))
  }
  const { kind, rule, on, name, status } = record.fields
  const notice = problemOf(ctx, kind, rule)
  if (!record.deleted) draft.update('occasion', id, { notice }, draft.why('ESC-OUTER'))
  const told = state.called?.[id]
  const open = !record.deleted && status !== 'DONE' && status !== 'CANCELLED' && notice === ''
  if (!open && !told) return
  const called: CalledOccasion = {
    id,
    at: '',
    kind: String(kind),
    name: String(name ?? ''),
    on: isDate(on) ? on : ctx.playbook.calendar.dateOf(Date.parse(record.createdAt)),
    rule: String(rule),
    open,
  }
  if (told && same({ ...told, at: '', knownAt: 0 }, { ...called, knownAt: 0 })) return
  const occasion = { ...called, at: record.at }
  state.called = { [id]: { ...occasion, knownAt: ctx.now } }
  const why = draft.why('ESC-OUTER', { text: called.name })
  const key = ladderKey(state.ref, 'called', record.at, hashOf(called))
  draft.decisions.push({ do: 'broadcast', event: { type: 'occasion.called', id: key, occasion }, why })
  if (open) draft.gather('touched', key, { rule: called.rule }, why)
}

const problemOf = (ctx: Context, kind: unknown, rule: unknown): string => {
  if (!ctx.playbook.source.occasions.some(({ code }) => code === kind))
    return say(ctx, 'Choose a kind that the playbook has.', '请选择方法手册中的类型。')
  if (typeof rule !== 'string' || rule.trim() === '')
    return say(ctx, 'Choose a customer, or say whom it touches.', '请选择客户，或填写受影响客户规则。')
  const found = new Findings()
  checkRule(rule, 'rule', audienceNames, found)
  const [issue] = found.list
  return issue ? say(ctx, issue.message.en, issue.message.zh) : ''
}

const touches = (rule: string, state: SubjectState, ctx: Context): boolean =>
  isLiving(state) && ruleTest(rule)(audienceContext(state, ctx))

/** A customer is told of an occasion: kept if it is touched, and once only. False: nothing new. */
export const hearOccasion = ({ state, ctx }: Draft, occasion: CalledOccasion): boolean => {
  const seen = state.called?.[occasion.id]
  if (!seen && (!occasion.open || !touches(occasion.rule, state, ctx))) return false
  const fresh = { ...occasion, knownAt: seen?.knownAt ?? ctx.now }
  if (seen && (occasion.at < seen.at || JSON.stringify(seen) === JSON.stringify(fresh))) return false
  state.called = { ...state.called, [occasion.id]: fresh }
  return true
}

const MOST_LISTED = 200

/** Customers whom a rule touches, by name. */
export const touched: Gatherer = {
  rows: (state, ctx, { rule }): GatheredRow[] => {
    if (!touches(String(rule), state, ctx)) return []
    const { object, id } = parseRef(state.ref)
    const name = String(state.records[object]?.[id]?.fields['name'] ?? '')
    return [{ ref: state.ref, text: `${name}（${tierName(ctx, state.rating?.tier ?? null)}）` }]
  },
  join: (rows) =>
    rows
      .toSorted((a, b) => (`${String(a['text'])}${a.ref}` < `${String(b['text'])}${b.ref}` ? -1 : 1))
      .slice(0, MOST_LISTED),
}
