import * as z from '../z.ts'
import { code, isDefault, labelSchema } from './bits.ts'
import { causeSchema } from './escalations.ts'
import { roleSchema } from './roles.ts'

const positive = z.int().check(z.positive())
const days = z.int().check(z.nonnegative())
/** A tier of the leading scheme by its code; of any scheme with its id, `TIER-VALUE:VIP`. */
const anyTier = z
  .string()
  .check(
    z.regex(/^([A-Z][A-Z0-9-]*:)?[A-Z][A-Z0-9_]*$/, 'a tier such as HIGH_END, or TIER-VALUE:VIP of another scheme'),
  )
const tiers = z.optional(z.array(anyTier).check(z.minLength(1)))

/** One piece of work: who does what by when. */
export const occasionWorkSchema = z.strictObject({
  role: roleSchema,
  title: labelSchema,
  /** Working days from the day itself: negative before it. */
  day: z._default(z.int(), 0),
  /** Working minutes from when it was noted: a clock of its own instead of a day (ESC-COMPL). */
  minutes: z.optional(positive),
  /** A held visit in person, or a call or any visit, finishes it too. */
  form: z.optional(z.enum(['VISIT', 'CALL'])),
})

/**
 * What follows from an occasion (ESC-INNER, ESC-CUST, ESC-OUTER, ESC-COMPL, ESC-SLEEP, ESC-RISK). `code` is the kind of an
 * occasion record, `id` the method's. Tasks come `leadDays` working days before they are due. With a `cause` what isn't done in
 * time is escalated; without any work it is at once.
 */
export const occasionKindSchema = z.strictObject({
  code,
  id: z.string().check(z.minLength(1)),
  leadDays: days,
  work: z.array(occasionWorkSchema),
  cause: z.optional(causeSchema),
  /** Comes again each year. */
  yearly: z.optional(z.boolean()),
  /** Where Ladder finds it by itself: only with customers of these tiers. What people note counts with all. */
  tiers,
  /** LOW_USE: fewer transactions than these in the time told about are low use (ESC-SLEEP). */
  least: z.optional(positive),
  isDefault,
})
export type OccasionKind = z.infer<typeof occasionKindSchema>

/**
 * Joint action (ESC-MOVE): when an escalation of such a cause is raised for such a tier, each of these has a task, and it is
 * closed only when each has reported. `minutes` is working time.
 */
export const jointSchema = z.strictObject({
  causes: z.array(causeSchema).check(z.minLength(1)),
  tiers,
  work: z.array(z.strictObject({ role: roleSchema, title: labelSchema, minutes: positive })).check(z.minLength(1)),
  isDefault,
})

/** Visits of leaders (ESC-VISIT): a held visit of that level at least every so many months, for customers of these tiers. */
export const leaderVisitSchema = z.strictObject({
  code,
  role: roleSchema,
  level: code,
  everyMonths: positive,
  tiers: z.array(code).check(z.minLength(1)),
  leadDays: days,
  isDefault,
})

/**
 * A service promise (承诺服务, ESC-PROMISE): unconditional, with its limit in figures. It is measured by the fact
 * `service.measured` of its `service`; the first promise of a service that takes the customer's tier counts.
 */
export const promiseSchema = z.strictObject({
  code,
  service: code,
  text: labelSchema,
  limit: z.number().check(z.positive()),
  unit: z.enum(['MINUTES', 'HOURS', 'DAYS', 'TIMES', 'PERCENT']),
  tiers,
  isDefault,
})
