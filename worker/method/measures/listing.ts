import { parseRef } from '../../../schemas/events/keys.ts'
import { lastContactOn } from '../cadence/contacts.ts'
import { contactDue } from '../cadence/due.ts'
import type { Context } from '../context.ts'
import { isLiving } from '../escalations/raise.ts'
import type { EscalationState, SubjectState } from '../state.ts'
import { type FigureName, type Figures, parseKey } from './keys.ts'
import type { Whose } from './whose.ts'

/** An escalation that isn't resolved, as a list shows it (MEAS-ESC). Times are ISO instants. */
export interface OpenEscalation extends Pick<
  EscalationState,
  'key' | 'cause' | 'level' | 'status' | 'raisedAt' | 'climbsAt' | 'detail'
> {
  /** How many levels its ladder has, and the role that has it now. */
  levels: number
  role: string
  /** CRM user who has it; null: nobody. */
  assignee: string | null
}

/** A customer as lists show it: who stands behind the figures. Dates ISO, money in fen. */
export interface Listed extends Whose {
  name: string
  number: string
  tier: string
  balance: number | null
  /** When the next contact is due, and when the last one was; '' for none. */
  due: string
  contact: string
  /** Figures that it is counted in, `|name/code|name/code|`. */
  marks: string
  escalations: OpenEscalation[]
}

/** Figures behind which customers stand. */
const MARKED: ReadonlySet<FigureName> = new Set<FigureName>([
  'tier',
  'value',
  'uses',
  'stage',
  'overdue',
  'escalation',
  'sleeping',
  'lowValue',
  'active',
  'funded',
])

/** How a subject is listed; null for one that isn't: no customer, and no escalation is open on it. `stock`: what it counts as. */
export const listingOf = (state: SubjectState, ctx: Context, stock: Figures, whose: Whose): Listed | null => {
  if (!isLiving(state)) return null
  const escalations = Object.values(state.escalations).flatMap((one) =>
    one.status === 'RESOLVED' ? [] : [openEscalation(one)],
  )
  const { object, id } = parseRef(state.ref)
  const isCustomer = object === 'company' || object === 'person'
  if (!isCustomer && escalations.length === 0) return null
  const fields = state.records[object]?.[id]?.fields ?? {}
  return {
    name: textOf(fields['name']),
    number: textOf(fields['ladderCustomerNo']),
    ...whose,
    tier: isCustomer ? (state.rating?.tier ?? 'UNRATED') : '',
    balance: state.balances.at(-1)?.amount ?? null,
    due: (isCustomer ? contactDue(state, ctx) : null) ?? '',
    contact: (isCustomer ? lastContactOn(state, ctx) : null) ?? '',
    marks: marksIn(stock),
    escalations,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const marksIn = (stock: Figures): string => {
  const marks = Object.keys(stock).flatMap((text) => {
    const key = parseKey(text)
    return key && MARKED.has(key.name) ? [`${key.name}/${key.code}`] : []
  })
  return marks.length === 0 ? '' : `|${marks.sort().join('|')}|`
}

const openEscalation = (one: EscalationState): OpenEscalation => {
  const { key, cause, level, status, raisedAt, climbsAt, detail, levels, assigned, assignee } = one
  const role = (levels[level - 1] ?? levels.at(-1))?.role ?? 'RM'
  return {
    key,
    cause,
    level,
    status,
    raisedAt,
    climbsAt,
    detail,
    levels: levels.length,
    role,
    assignee: assigned ?? assignee ?? null,
  }
}
