import type { Fields, Gathered, RatingRun } from '../../../schemas/events/index.ts'
import { BANK, ladderKey } from '../../../schemas/events/keys.ts'
import type { Scheme } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { BankRun, SubjectState } from '../state.ts'
import { closeTask, openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'

/**
 * Rating runs (TIER-RERATE): on a scheme's day of the year, or when somebody asks for one, all its customers are rated again.
 * Of the negative ones the set share who bring least is worked out first and proposed to leave. The committee answers for all
 * of a run, for some tiers, or record by record.
 */
export const rerate = (draft: Draft): void => {
  const { event, ctx } = draft
  const { schemes } = ctx.playbook.source
  if (event.type === 'rating.run') hear(draft, event.run)
  if (event.type === 'gathered' && event.query === 'negatives') leavers(draft, event)
  for (const scheme of schemes) byCalendar(draft, scheme)
}

/** When the next yearly run begins. A year's day that was before Ladder knew of it has no run. */
export const rerateDue = (state: SubjectState, ctx: Context): number | null => {
  const dues = ctx.playbook.source.schemes.flatMap((scheme) => {
    const next = nextRun(state, scheme)
    return next === null ? [] : [openingOf(ctx, next)]
  })
  return dues.length === 0 ? null : Math.min(...dues)
}

const openingOf = ({ playbook }: Context, date: string): number =>
  playbook.calendar.opening(playbook.calendar.workdayOnOrAfter(date))

/** The first day after `date` with that month and day. */
const yearDayAfter = (date: string, monthDay: string): string => {
  const year = Number(date.slice(0, 4))
  return date.slice(5) < monthDay ? `${year}-${monthDay}` : `${year + 1}-${monthDay}`
}

const nextRun = ({ rerated }: SubjectState, { id, run }: Scheme): string | null => {
  const last = rerated?.[id]
  return run && last !== undefined ? yearDayAfter(last, run.on) : null
}

const byCalendar = (draft: Draft, scheme: Scheme): void => {
  const { state, ctx } = draft
  if (!scheme.run) return
  const rerated = (state.rerated ??= {})
  rerated[scheme.id] ??= ctx.playbook.calendar.dateOf(ctx.now)
  const next = nextRun(state, scheme)
  if (next === null || openingOf(ctx, next) > ctx.now) return
  rerated[scheme.id] = next
  start(draft, scheme, null)
}

/** Begins a run; one of the same scheme and day is the same run. */
const start = (draft: Draft, scheme: Scheme, wished: string | null): void => {
  const { state, ctx } = draft
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const id = `${scheme.id}/${today}`
  const runs = (state.runs ??= {})
  if (runs[id]) return
  const effectiveOn = wished ?? (scheme.run ? yearDayAfter(today, scheme.run.effectiveOn) : today)
  const run: BankRun = { scheme: scheme.id, startedOn: today, effectiveOn, status: 'ASKED', answers: 0, leaving: 0 }
  runs[id] = run
  if (!scheme.run?.exit) return tell(draft, id, run, null)
  ask(draft, id, run, null, null)
}

/**
 * Of all negative customers, who bring least first, the share that leaves ends with one of them. Where more leave than one
 * answer holds, those who come after them are asked for, until that one is found.
 */
const leavers = (draft: Draft, { params, rows, total }: Gathered): void => {
  const id = String(params['run'])
  const run = draft.state.runs?.[id]
  if (run?.status !== 'ASKED') return
  const percent = schemeOf(draft, run)?.run?.exit?.percent ?? 0
  const left = typeof params['left'] === 'number' ? params['left'] : (run.leaving = Math.floor((total * percent) / 100))
  const last = rows[Math.min(left, rows.length) - 1]
  const exit = last ? { contribution: Number(last['contribution']), ref: last.ref } : null
  if (exit && left > rows.length && total > rows.length) return ask(draft, id, run, exit, left - rows.length)
  // fewer than before: somebody brings more meanwhile
  const { beyond = null, beyondRef } = params
  tell(draft, id, run, exit ?? (beyond === null ? null : { contribution: Number(beyond), ref: String(beyondRef) }))
}

const ask = (draft: Draft, id: string, run: BankRun, beyond: RatingRun['exit'], left: number | null): void => {
  const next: Fields = beyond ? { beyond: beyond.contribution, beyondRef: beyond.ref, left } : {}
  const question = ladderKey(BANK, 'rerate', id, ...(beyond ? [String(left)] : []))
  draft.gather('negatives', question, { scheme: run.scheme, run: id, ...next }, draft.why('TIER-RERATE'))
}

const schemeOf = ({ ctx }: Draft, { scheme }: BankRun): Scheme | undefined =>
  ctx.playbook.source.schemes.find(({ id }) => id === scheme)

const taskKey = (id: string): string => ladderKey(BANK, 'rerate', id, 'task')

/** Tells every customer of the run, and the committee that there will be something to answer. */
const tell = (draft: Draft, id: string, run: BankRun, exit: RatingRun['exit']): void => {
  const { ctx } = draft
  const { calendar, source } = ctx.playbook
  const { scheme, effectiveOn } = run
  run.status = 'OPEN'
  broadcast(draft, 1, { id, scheme, step: 'RATE', effectiveOn, exit, tiers: [], by: '', reason: '' })
  if (schemeOf(draft, run)?.approval !== 'committee') return
  const days = source.allowances.committeeDays
  openTask(draft, {
    key: taskKey(id),
    kind: 'RATING',
    title: say(ctx, `Answer the rating run ${id}`, `审批评级批次 ${id}`),
    body: say(
      ctx,
      `Moves are proposed as tier ratings of this run; approved, they are in force from ${effectiveOn}. Proposed to leave: ${run.leaving}. Set Approval on the records, on many at once, or answer the whole run: ladder rerate approve ${id} --by … --reason …`,
      `变动已按本批次生成待审批评级记录，批准后自 ${effectiveOn} 生效。拟退出：${run.leaving} 户。可在记录上（含批量）设置“审批”，或整批答复：ladder rerate approve ${id} --by … --reason …`,
    ),
    due: new Date(calendar.closing(calendar.addWorkingDays(calendar.dateOf(ctx.now), days))).toISOString(),
    role: 'VICE_PRESIDENT',
    about: id,
    rule: 'TIER-RERATE',
  })
}

/** Ids in the order of the steps: customers are told of an answer after they were rated. */
const broadcast = (draft: Draft, step: number, run: RatingRun): void => {
  const id = ladderKey(BANK, 'rerate', run.id, String(step).padStart(4, '0'))
  draft.decisions.push({ do: 'broadcast', event: { type: 'rating.run', id, run }, why: draft.why('TIER-RERATE') })
}

/** Somebody asks for a run, or answers one. */
const hear = (draft: Draft, run: RatingRun): void => {
  const { state, ctx } = draft
  if (run.step === 'RATE') {
    const scheme = ctx.playbook.source.schemes.find(({ id }) => id === run.scheme)
    if (scheme) start(draft, scheme, run.effectiveOn)
    return
  }
  const known = state.runs?.[run.id]
  if (known?.status !== 'OPEN') return
  known.answers++
  broadcast(draft, known.answers + 1, { ...run, scheme: known.scheme, exit: null })
  if (run.tiers.length > 0) return
  known.status = run.step
  closeTask(draft, taskKey(run.id), { rule: 'TIER-RERATE', text: run.reason })
}
