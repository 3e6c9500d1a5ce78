import type { Fields, GatheredRow } from '../../../schemas/events/index.ts'
import { addDays } from '../calendar/dates.ts'
import { contactDue } from '../cadence/due.ts'
import type { Context } from '../context.ts'
import { Draft } from '../draft.ts'
import { isLiving } from '../escalations/raise.ts'
import { branchIn, branchOfUser, ownerIn } from '../org/branch.ts'
import type { SubjectState } from '../state.ts'
import { ownerOf } from '../tasks.ts'
import { orderKey } from '../tiers/order.ts'
import { customerName, say, stageName, tierName } from '../tiers/text.ts'
import { added } from './calls.ts'
import type { Gatherer } from './index.ts'

/** What stands in a weekly list, the most pressing first. */
const KINDS = ['ESCALATION', 'OVERDUE', 'STAGE', 'CONTACT'] as const
type Kind = (typeof KINDS)[number]

/**
 * What is to be talked about this week (ESC-WEEK): escalations that aren't resolved, contacts that are overdue or due by
 * `until` (ISO date, its Sunday), stages whose allowance ends by then. One row a matter of the customers of one `branch` (''
 * where there is none), with the RM in charge; and the calls of the week before of every RM.
 */
export const weekly: Gatherer = {
  whole: true,
  rows(state, ctx, params) {
    const made = callRows(state, String(params['week'])).filter(
      ({ rm }) => (branchOfUser(ctx, String(rm)) ?? '') === params['branch'],
    )
    if (!isLiving(state) || (branchIn(state, ctx) ?? '') !== params['branch']) return made
    const until = String(params['until'])
    const matters = [...escalations(state, ctx), ...contact(state, ctx, until), ...stages(state, ctx, until)]
    const whose = { ...whoseOf(state, ctx), orderKey: orderKey(state, ctx) }
    return [...made, ...matters.map((matter) => ({ ...matter, ...whose, ref: state.ref }))]
  },
  join(rows, params) {
    const made = added(rows.filter(isCalls), ['rm'], ['made', 'won'])
    return [...made, ...cut(rows.filter((row) => !isCalls(row)).toSorted(byPressure), Number(params['most']))]
  },
}

/** Rows that count an RM's calls of the week before (DEV-ACT). */
export const isCalls = ({ kind }: GatheredRow): boolean => kind === 'CALLS'

/** Who has customers counts also without any call: the norm is everybody's. */
const callRows = (state: SubjectState, monday: string): GatheredRow[] => {
  const owner = isLiving(state) ? ownerIn(state) : null
  const row = (rm: string, made: number, won: number): GatheredRow => ({ ref: '', kind: 'CALLS', rm, made, won })
  const made = Object.entries(state.calls ?? {}).flatMap(([rm, days]) =>
    Object.entries(days)
      .filter(([on]) => on >= addDays(monday, -7) && on < monday)
      .map(([, [calls, won]]) => row(rm, calls, won)),
  )
  return owner === null ? made : [...made, row(owner, 0, 0)]
}

interface Matter extends Fields {
  kind: Kind
  on: string
  text: string
}

const whoseOf = (state: SubjectState, ctx: Context): { rm: string; name: string; tier: string } => {
  const draft = new Draft(state, { type: 'time.passed', id: 'weekly' }, ctx)
  return { rm: ownerOf(draft) ?? '', name: customerName(draft), tier: tierName(ctx, state.rating?.tier ?? null) }
}

const escalations = ({ escalations: all }: SubjectState, { playbook }: Context): Matter[] =>
  Object.values(all)
    .filter(({ status }) => status !== 'RESOLVED')
    .map(({ raisedAt, detail, level }) => ({
      kind: 'ESCALATION',
      on: playbook.calendar.dateOf(Date.parse(raisedAt)),
      level,
      text: detail,
    }))

const contact = (state: SubjectState, ctx: Context, until: string): Matter[] => {
  const due = contactDue(state, ctx)
  if (due === null || due > until) return []
  const overdue = due < ctx.playbook.calendar.dateOf(ctx.now)
  const text = say(ctx, `contact due ${due}`, `应于 ${due} 前联系`)
  return [{ kind: overdue ? 'OVERDUE' : 'CONTACT', on: due, text }]
}

const stages = ({ developments, records }: SubjectState, ctx: Context, until: string): Matter[] =>
  Object.entries(developments).flatMap(([id, { due, stage }]): Matter[] => {
    if (due === null || due > until || records['development']?.[id]?.deleted !== false) return []
    const { en, zh } = stageName(ctx, stage)
    return [{ kind: 'STAGE', on: due, text: say(ctx, `stage “${en}” ends ${due}`, `“${zh}”阶段限 ${due}`) }]
  })

const rank = (row: GatheredRow): number => KINDS.indexOf(row['kind'] as Kind)

/** By kind; escalations by level, the highest first; then in working order (TIER-ORDER), and by date. */
const byPressure = (a: GatheredRow, b: GatheredRow): number =>
  rank(a) - rank(b) ||
  Number(b['level'] ?? 0) - Number(a['level'] ?? 0) ||
  Number(a['orderKey'] ?? 0) - Number(b['orderKey'] ?? 0) ||
  String(a['on']).localeCompare(String(b['on'])) ||
  a.ref.localeCompare(b.ref)

/** Matters of one branch that an answer holds: with very many RMs each gets fewer than `most`. */
const ROOM = 5000

/** How many matters each RM's list holds at the most. */
export const mostEach = (rows: readonly GatheredRow[], most: number): number =>
  Math.min(most, Math.max(1, Math.floor(ROOM / new Set(rows.map(({ rm }) => rm)).size)))

/** At most so many of each RM, the most pressing ones. */
const cut = (rows: GatheredRow[], wished: number): GatheredRow[] => {
  const most = mostEach(rows, wished)
  const kept: GatheredRow[] = []
  const counts = new Map<string, number>()
  for (const row of rows) {
    const rm = String(row['rm'])
    const count = (counts.get(rm) ?? 0) + 1
    counts.set(rm, count)
    if (count <= most) kept.push(row)
  }
  return kept
}
