import type { Fields, Value as FieldValue } from '../../../schemas/events/index.ts'
import { evaluate } from '../../rules/index.ts'
import type { CompiledScheme, Context } from '../context.ts'
import { forRules } from './inputs.ts'

/** What a tier table says of a customer. `leads`: roles, the first one leads. */
export interface Tiering {
  tier: string
  row: string
  contactsPerYear: number | null
  leads: string[]
}

/**
 * What the scheme's table gives for these inputs (money in fen; null: not known) (TIER-CONTACT, TIER-CORP). Null when no row
 * hits, or several do where only one may.
 */
export const tierFor = (ctx: Context, scheme: CompiledScheme, inputs: Fields): Tiering | null => {
  const table = ctx.playbook.tables.get(scheme.source.table)
  if (!table) return null
  const { value, rows } = evaluate(table, forRules(inputs))
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
