import type { Value as FieldValue } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import type { Scheme } from '../../../schemas/playbook/index.ts'
import { evaluate } from '../../rules/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'

/** What a tier table says of a customer. `leads`: roles, the first one leads. */
export interface Tiering {
  tier: string
  row: string
  contactsPerYear: number | null
  leads: string[]
}

/** The scheme that rates this subject; null when the playbook has none for its kind. */
export const schemeOf = (draft: Draft): Scheme | null => {
  const { schemes } = draft.ctx.playbook
  const { object } = parseRef(draft.state.ref)
  return object === 'company' ? schemes.company : object === 'person' ? schemes.person : null
}

/**
 * What the scheme's table gives for an amount (fen; null: not known) and the decision on gold (TIER-CONTACT, TIER-CORP).
 * Null when no row hits, or several do where only one may.
 */
export const tierFor = (ctx: Context, scheme: Scheme, amount: number | null, gold: boolean): Tiering | null => {
  const table = ctx.playbook.tables.get(scheme.table)
  if (!table) return null
  const { value, rows } = evaluate(table, { amount: amount === null ? null : amount / 100, gold })
  const out: { [name: string]: unknown } = isPlain(value) ? value : { tier: value }
  const { tier, contactsPerYear, leads } = out
  if (typeof tier !== 'string') return null
  return {
    tier,
    row: rows[0]?.id ?? '',
    contactsPerYear: typeof contactsPerYear === 'number' ? contactsPerYear : null,
    leads: rolesIn(leads),
  }
}

export const isPlain = (value: unknown): value is { [name: string]: FieldValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Roles from `RM, VICE_PRESIDENT` or a FEEL list. Texts repeat from customer to customer, so they are split once. */
const rolesIn = (leads: unknown): string[] => {
  if (Array.isArray(leads)) return leads.map(String)
  if (typeof leads !== 'string') return []
  let roles = split.get(leads)
  if (!roles) {
    roles = leads.split(/[\s,，、;]+/).filter((role) => role !== '')
    if (split.size > 1000) split.clear()
    split.set(leads, roles)
  }
  return roles
}
const split = new Map<string, string[]>()
