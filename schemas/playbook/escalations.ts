import * as z from '../z.ts'
import { isDefault, labelSchema } from './bits.ts'
import { roleSchema } from './roles.ts'

/** Why something is escalated; codes of the field `cause` of an escalation. */
export const CAUSES = [
  'ESC_MOVE',
  'ESC_CADENCE',
  'ESC_STALL',
  'ESC_VISIT',
  'ESC_INNER',
  'ESC_CUST',
  'ESC_OUTER',
  'ESC_COMPL',
  'ESC_PROMISE',
  'ESC_SLEEP',
  'ESC_RISK',
  'TIER_RM',
] as const
export const causeSchema = z.enum(CAUSES)
export type Cause = z.infer<typeof causeSchema>

/** One step of an escalation ladder. `allowanceMinutes` is working time (ESC-LADDER). */
export const levelSchema = z.strictObject({ role: roleSchema, allowanceMinutes: z.int().check(z.positive()) })
export type Level = z.infer<typeof levelSchema>

/**
 * The first policy whose cells match cause and tier is used. Cells are S-FEEL unary tests. A tier by its code is that of the
 * leading scheme; `"TIER-VALUE:VIP"` is one of any scheme.
 */
export const escalationPolicySchema = z.strictObject({
  id: z.string().check(z.minLength(1)),
  name: labelSchema,
  causes: z.string().check(z.minLength(1)),
  tiers: z.string().check(z.minLength(1)),
  levels: z.array(levelSchema).check(z.minLength(1)),
  isDefault,
})
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>
