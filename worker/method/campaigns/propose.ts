import { ladderKey } from '../../../schemas/events/keys.ts'
import { FESTIVALS, type CampaignTemplate, type Festival } from '../../../schemas/playbook/index.ts'
import { yearOfDay, dayOf } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { festivalName, festivalOn } from './festivals.ts'

/** A festival for which a campaign is to be proposed: from `from` until `until` (ISO dates), once. */
interface Proposal {
  mark: string
  template: CampaignTemplate
  festival: Festival
  on: string
  from: string
  until: string
}

/**
 * Festivals come every year (CAMP-HOL): so many working days ahead of each, Ladder proposes the template's campaign and asks
 * marketing to decide. Once a year; nothing begins before a person sets it to planned. What would come too late is let go.
 */
export const propose = (draft: Draft): void => {
  const { state, ctx } = draft
  const { calendar } = ctx.playbook
  const today = calendar.dateOf(ctx.now)
  // on the first day the CRM has the templates' records only by and by
  if ((state.launched[SINCE] ??= today) >= today || !calendar.isWorking(ctx.now)) return
  for (const { mark, template, festival, on, from, until } of proposalsOf(ctx)) {
    if (state.launched[mark] || today < from || today > until) continue
    const { code, name, theme, place, size } = template
    const key = ladderKey(state.ref, mark)
    const { en, zh } = festivalName(festival)
    state.launched[mark] = key
    const title = say(ctx, `${name.en}: ${en} ${on}`, `${name.zh}：${zh} ${on}`)
    const day = calendar.workdayOnOrBefore(calendar.addDays(on, -1))
    const why = draft.why(code, { text: title, inputs: { festival, on } })
    draft.upsert(
      'campaign',
      key,
      {
        name: title,
        templateCode: code,
        heldOn: new Date(calendar.instantOf(day, HELD_AT)).toISOString(),
        status: 'PROPOSED',
        theme: say(ctx, theme.en, theme.zh),
        place: say(ctx, place.en, place.zh),
        size,
      },
      why,
    )
    openTask(draft, {
      key: ladderKey(state.ref, 'propose', mark),
      kind: 'CAMPAIGN',
      title: say(ctx, `Decide on: ${title}`, `请决定：${title}`),
      body: say(ctx, 'Set the proposed campaign to “Planned” to begin.', '将建议活动的状态改为“筹备”即启动。'),
      due: new Date(calendar.closing(calendar.addWorkingDays(today, DECIDE_DAYS))).toISOString(),
      role: 'MARKETING',
      about: key,
      rule: code,
    })
  }
}

/** Under this mark stands the day since which the bank knows of festivals. */
const SINCE = 'festivals'

/** Working days in which it is to be decided, and the time of the day that is proposed; people change both. */
const DECIDE_DAYS = 3
const HELD_AT = '14:30'

/** When the bank wants to look for the next proposal, epoch ms. */
export const proposeDue = (state: SubjectState, ctx: Context): number | null => {
  const { calendar } = ctx.playbook
  const today = calendar.dateOf(ctx.now)
  const next = calendar.workdayOnOrAfter(calendar.addDays(today, 1))
  const dues = proposalsOf(ctx).flatMap(({ mark, from, until }) => {
    const day = from <= today ? next : calendar.workdayOnOrAfter(from)
    return state.launched[mark] || day > until ? [] : [calendar.opening(day)]
  })
  return dues.length === 0 ? null : Math.min(...dues)
}

/** What can be proposed from now on: this year and the next. */
const proposalsOf = (ctx: Context): Proposal[] => {
  const { calendar, source } = ctx.playbook
  const year = yearOfDay(dayOf(calendar.dateOf(ctx.now)))
  return source.campaigns.flatMap((template) => {
    const { festivals = [], leadDays = 0 } = template.plan ?? {}
    return FESTIVALS.filter((one) => festivals.includes(one)).flatMap((festival) =>
      [year, year + 1].flatMap((of): Proposal[] => {
        const on = festivalOn(festival, of)
        if (on === null) return []
        const mark = `festival/${template.code}/${festival}/${of}`
        const from = calendar.addWorkingDays(on, -leadDays)
        const until = calendar.addWorkingDays(on, -Math.ceil(leadDays / 2))
        return [{ mark, template, festival, on, from, until }]
      }),
    )
  })
}
