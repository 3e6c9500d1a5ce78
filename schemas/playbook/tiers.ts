import * as z from '../z.ts'
import { code, isDefault, labelSchema, monthDay } from './bits.ts'

/**
 * All customers of a scheme rated again in one go each year (TIER-RERATE): begun on one day, in force from another. `exit`: of
 * those whose tier is `from`, that share, who bring least, is proposed for `to`.
 */
export const ratingRunSchema = z.strictObject({
  on: monthDay,
  effectiveOn: monthDay,
  exit: z.nullable(z.strictObject({ from: code, to: code, percent: z.number().check(z.positive(), z.maximum(100)) })),
  isDefault,
})

/**
 * How one kind of customer is rated: by which table, how often again, who approves (TIER-RERATE). Several schemes may rate one
 * customer side by side. What a scheme reads is told by its table; a later scheme may read the results of earlier ones.
 */
export const schemeSchema = z.strictObject({
  id: z.string().check(z.minLength(1)),
  subject: z.enum(['company', 'person']),
  table: code,
  /** From the best on. */
  tiers: z.array(code).check(z.minLength(1)),
  rerateMonths: z.int().check(z.positive()),
  approval: z.enum(['automatic', 'committee']),
  /** Of a committee's scheme: only a move into or out of these needs its word. Empty: every rating does. */
  committeeTiers: z._default(z.array(code), []),
  /** The one of its kind of customer that gives the tier: contacts, ladders and thresholds follow it. */
  leading: z._default(z.boolean(), true),
  /** Field of the customer that shows the result. Rules read it by this name: `ladderValueTier` as `valueTier`. */
  field: z._default(z.string().check(z.minLength(1)), 'ladderTier'),
  /** Each rating is a record of its own. Without it the field alone tells. */
  history: z._default(z.boolean(), true),
  /** Field of the customer that shows what the result means for it, from `texts` (TIER-SERVE, TIER-CLASS, TIER-BTZ). */
  textField: z._default(z.nullable(z.string().check(z.minLength(1))), null),
  texts: z._default(z.record(code, labelSchema), {}),
  /** Customers are rated again in a run of all of them, instead of each on a day of its own. */
  run: z._default(z.nullable(ratingRunSchema), null),
  isDefault,
})
export type Scheme = z.infer<typeof schemeSchema>
/** A scheme as it is written down, or was kept before several could stand side by side. */
export type WrittenScheme = Pick<Scheme, 'id' | 'subject' | 'table' | 'tiers' | 'rerateMonths' | 'approval'> &
  Partial<Scheme>

export const wholeScheme = (written: WrittenScheme): Scheme => ({
  committeeTiers: [],
  leading: true,
  field: 'ladderTier',
  history: true,
  textField: null,
  texts: {},
  run: null,
  ...written,
})

/**
 * Working days that people have for what Ladder asks of them: to mend what an exit rule only warned of (DEV-A), and for the
 * grade committee's answer (TIER-RERATE).
 */
export const allowancesSchema = z.strictObject({
  warningDays: z.int().check(z.positive()),
  committeeDays: z.int().check(z.positive()),
  isDefault,
})

/** Of playbooks that were made before it could be set. */
export const usualAllowances: z.infer<typeof allowancesSchema> = { warningDays: 5, committeeDays: 5, isDefault: true }

/** How many RMs a customer needs (TIER-RM): by which table, and the working days to name those who are missing. */
export const rmsSchema = z.strictObject({ table: code, days: z.int().check(z.positive()), isDefault })
