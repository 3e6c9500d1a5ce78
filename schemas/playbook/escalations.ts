import * as z from 'zod'
import { isDefault, labelSchema } from './bits.ts'
import { roleSchema } from './roles.ts'

/** One step of an escalation ladder. `allowanceMinutes` is working time (ESC-LADDER). */
export const levelSchema = z.strictObject({ role: roleSchema, allowanceMinutes: z.int().positive() })
export type Level = z.infer<typeof levelSchema>

/** The first policy whose cells match cause and tier is used. Cells are S-FEEL unary tests. */
export const escalationPolicySchema = z.strictObject({
  id: z.string().min(1),
  name: labelSchema,
  causes: z.string().min(1),
  tiers: z.string().min(1),
  levels: z.array(levelSchema).min(1),
  isDefault,
})
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>
