import * as z from 'zod'
import { code, isDefault } from './bits.ts'

/** How one kind of customer is rated: by which table, how often again, who approves (TIER-RERATE). */
export const schemeSchema = z.strictObject({
  id: z.string().min(1),
  subject: z.enum(['company', 'person']),
  table: code,
  tiers: z.array(code).min(1),
  rerateMonths: z.int().positive(),
  approval: z.enum(['automatic', 'committee']),
})
export type Scheme = z.infer<typeof schemeSchema>

/**
 * Working days that people have for what Ladder asks of them: to mend what an exit rule only warned of (DEV-A), and for the
 * grade committee's answer (TIER-RERATE).
 */
export const allowancesSchema = z.strictObject({
  warningDays: z.int().positive(),
  committeeDays: z.int().positive(),
  isDefault,
})

/** Of playbooks that were made before it could be set. */
export const usualAllowances: z.infer<typeof allowancesSchema> = { warningDays: 5, committeeDays: 5, isDefault: true }
