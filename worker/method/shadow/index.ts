import { parseRef } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import { decideInPlace } from '../decide.ts'
import type { Standing, SubjectState } from '../state.ts'
import { rateNow } from '../tiers/now.ts'
import { schemesOf, seenStanding, standingOf } from '../tiers/standings.ts'

/** Who would move in which scheme, by which row. */
export interface Mover {
  ref: string
  name: string
  scheme: string
  from: string | null
  to: string
  row: string
}

/**
 * Who would move and what would follow if a changed playbook were in force (TIER-RERATE). Counts by code; `movers` are the first
 * ones by scheme and ref, `moved` counts all of them. Reports of several slices or Books are added up by `addShadows`.
 */
export interface ShadowReport {
  customers: number
  moved: number
  /** Scheme → `from → to` → customers. */
  moves: Record<string, Record<string, number>>
  movers: Mover[]
  /** By kind, and by cause. */
  tasks: Record<string, number>
  escalations: Record<string, number>
}

/** A list that a person can look through; the counts are of all. */
const MOST_MOVERS = 500

export const emptyShadow = (): ShadowReport => ({
  customers: 0,
  moved: 0,
  moves: {},
  movers: [],
  tasks: {},
  escalations: {},
})

const bump = (counts: Record<string, number>, code: string, by = 1): void => {
  counts[code] = (counts[code] ?? 0) + by
}

/**
 * Adds what a changed playbook would do to one customer: it is rated by each scheme as if it were rated now, and the rules look
 * at it then. The state is used up: it must be the caller's own copy. Nothing is recorded.
 */
export const shadowOne = (report: ShadowReport, state: SubjectState, ctx: Context): void => {
  const { object, id } = parseRef(state.ref)
  if (object !== 'company' && object !== 'person') return
  report.customers++
  const known = new Set([...Object.keys(state.tasks), ...Object.keys(state.escalations)])
  // a scheme may read what an earlier one gives, so each is put in force before the next
  for (const scheme of schemesOf(state, ctx)) {
    const rated = rateNow(state, ctx, scheme)
    if (!rated) continue
    const from = seenStanding(state, scheme)?.rating?.tier ?? null
    const standing: Standing = standingOf(state, scheme)
    standing.rating = { ...rated, key: `${state.ref}/rating/${scheme.source.id}/shadow` }
    standing.proposed = null
    if (rated.tier === from) continue
    report.moved++
    bump((report.moves[scheme.source.id] ??= {}), `${from ?? '-'} → ${rated.tier}`)
    if (report.movers.length >= MOST_MOVERS) continue
    const name = state.records[object]?.[id]?.fields['name']
    const { tier: to, row } = rated
    report.movers.push({
      ref: state.ref,
      name: typeof name === 'string' ? name : '',
      scheme: scheme.source.id,
      from,
      to,
      row,
    })
  }
  for (const decision of decideInPlace(state, { type: 'time.passed', id: 'shadow' }, ctx).decisions) {
    if (decision.do !== 'upsert' || known.has(decision.key)) continue
    const { object: kind, fields } = decision
    if (kind === 'task' && fields['status'] === 'TODO') bump(report.tasks, String(fields['ladderKind']))
    if (kind === 'escalation') bump(report.escalations, String(fields['cause']))
  }
}

/** Several reports as one. */
export const addShadows = (parts: readonly ShadowReport[]): ShadowReport => {
  const whole = emptyShadow()
  for (const part of parts) {
    whole.customers += part.customers
    whole.moved += part.moved
    for (const [scheme, moves] of Object.entries(part.moves))
      for (const [move, count] of Object.entries(moves)) bump((whole.moves[scheme] ??= {}), move, count)
    for (const kind in part.tasks) bump(whole.tasks, kind, part.tasks[kind])
    for (const cause in part.escalations) bump(whole.escalations, cause, part.escalations[cause])
  }
  const all = parts.flatMap(({ movers }) => movers)
  const key = ({ scheme, ref }: Mover): string => `${scheme}\t${ref}`
  whole.movers = all.sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, MOST_MOVERS)
  return whole
}
