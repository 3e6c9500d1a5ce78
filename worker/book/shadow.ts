import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Context } from '../method/context.ts'
import { decide } from '../method/decide.ts'
import { compilePlaybook } from '../method/playbook/index.ts'
import type { SubjectState } from '../method/state.ts'
import { rateNow } from '../method/tiers/now.ts'
import { leadingOf } from '../method/tiers/standings.ts'

export interface Mover {
  ref: string
  name: string
  from: string | null
  to: string | null
  row: string
}

/** Who would move and what would appear if a draft were in force (design: shadow run). `movers` holds the first ones. */
export interface ShadowReport {
  customers: number
  moves: Record<string, number>
  movers: Mover[]
  tasks: number
  escalations: number
}

const MOST_MOVERS = 500

/** Runs a draft over customers without writing: each is rated as if it were rated now. */
export const shadow = (
  draft: Playbook,
  ctx: Context | undefined,
  eachSlice: (visit: (states: SubjectState[]) => void) => void,
): ShadowReport => {
  const report: ShadowReport = { customers: 0, moves: {}, movers: [], tasks: 0, escalations: 0 }
  const compiled = compilePlaybook(draft, (ctx?.playbook.version ?? 0) + 1)
  if (!ctx || !compiled.ok) return report
  const context: Context = { ...ctx, playbook: compiled.playbook }
  eachSlice((states) => {
    for (const state of states) {
      if (!/^(company|person):/.test(state.ref)) continue
      report.customers++
      const leading = leadingOf(state, context)
      const rated = leading && rateNow(state, context, leading)
      const from = state.rating?.tier ?? null
      if (rated && rated.tier !== from) {
        const move = `${from ?? '-'} → ${rated.tier}`
        report.moves[move] = (report.moves[move] ?? 0) + 1
        if (report.movers.length < MOST_MOVERS)
          report.movers.push({ ref: state.ref, name: nameOf(state), from, to: rated.tier, row: rated.row })
      }
      countWhatAppears(report, rated ? { ...state, rating: rated } : state, context)
    }
  })
  return report
}

/** Tasks and escalations that the draft would make at once. */
const countWhatAppears = (report: ShadowReport, state: SubjectState, context: Context): void => {
  for (const decision of decide(state, { type: 'time.passed', id: 'shadow' }, context).decisions) {
    if (decision.do !== 'upsert') continue
    if (decision.object === 'task' && decision.fields.status === 'TODO' && !(decision.key in state.tasks))
      report.tasks++
    if (decision.object === 'escalation' && !(decision.key in state.escalations)) report.escalations++
  }
}

const nameOf = (state: SubjectState): string => {
  const [object, id] = state.ref.split(':')
  return String(state.records[object ?? '']?.[id ?? '']?.fields.name ?? '')
}
