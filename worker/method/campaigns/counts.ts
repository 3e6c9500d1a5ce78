import type { Fields, Gathered } from '../../../schemas/events/index.ts'
import { ladderKey, methodKey } from '../../../schemas/events/keys.ts'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import { same, type Draft } from '../draft.ts'
import { addDays, dayOf, weekdayOf } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import { say, yuan } from '../tiers/text.ts'
import { spelledOut } from './named.ts'

/** Every audience of a playbook by code, saved ones and templates', as the gatherer `audience` wants them. */
export const rulesOf = ({ audiences, campaigns }: Playbook): Fields =>
  Object.fromEntries(
    [...audiences.map(({ code, subject, rule }) => ({ code, subject, rule })), ...campaigns.map(asRule)].map(
      ({ code, subject, rule }) => [code, { subject, rule: spelledOut(rule, audiences) }],
    ),
  )

const asRule = ({ code, subject, audience }: Playbook['campaigns'][number]) => ({ code, subject, rule: audience })

/**
 * How many each template would invite now, and what it brought so far, on the template's record (CAMP-AUD): counted anew each
 * week and with each new playbook. Only what changed is written.
 */
export const counts = (draft: Draft): void => {
  const { state, ctx, event } = draft
  if (event.type === 'gathered' && event.query === 'audience') show(draft, event)
  const { version, source } = ctx.playbook
  if (countsDue(ctx) === null) return
  const week = weekOf(ctx)
  if (state.counted?.week === week && state.counted.version === version) return
  state.counted = { ...state.counted, week, version }
  const params = { rules: rulesOf(source), results: true }
  draft.gather('audience', ladderKey(state.ref, 'audience', week, version), params, draft.why('CAMP-AUD'))
}

const show = (draft: Draft, { rows }: Gathered): void => {
  const { state, ctx } = draft
  const before = state.counted?.shown ?? {}
  const shown: Record<string, Fields> = {}
  for (const { code } of ctx.playbook.source.campaigns) {
    const row = rows.find(({ ref }) => ref === code)
    const fields: Fields = { fits: row?.['fits'] ?? 0, results: row ? resultsText(ctx, row) : '' }
    shown[code] = fields
    if (same(fields, before[code] ?? { fits: 0, results: '' })) continue
    const why = draft.why('CAMP-AUD', { inputs: fields })
    // templates that people made are known by their record
    const own = /^template-(.+)$/.exec(code)?.[1]
    if (own === undefined) draft.upsert('campaignTemplate', methodKey('template', code), fields, why)
    else draft.update('campaignTemplate', own, fields, why)
  }
  if (state.counted) state.counted.shown = shown
}

/** What campaigns brought, in words: invited, came, products, balance. '' when nobody was invited yet. */
const resultsText = (ctx: Context, row: Fields): string => {
  const of = (name: string): number => Number(row[name] ?? 0)
  if (of('invited') === 0) return ''
  const balance = yuan(of('balance'))
  return say(
    ctx,
    `${of('invited')} invited, ${of('came')} came, ${of('products')} products, ${balance} yuan`,
    `邀请 ${of('invited')}，到场 ${of('came')}，成交 ${of('products')}，余额 ${balance} 元`,
  )
}

const weekOf = ({ playbook, now }: Context): string => {
  const today = playbook.calendar.dateOf(now)
  return addDays(today, 1 - weekdayOf(dayOf(today)))
}

/** The opening of next week, epoch ms; null when there is nothing to count. */
export const countsDue = (ctx: Context): number | null => {
  const { calendar, source } = ctx.playbook
  if (source.campaigns.length + source.audiences.length === 0) return null
  return calendar.opening(calendar.workdayOnOrAfter(addDays(weekOf(ctx), 7)))
}
