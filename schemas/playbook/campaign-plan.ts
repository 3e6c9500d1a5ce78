import * as z from '../z.ts'
import { clock, code, feel, isDefault, labelSchema, monthDay } from './bits.ts'
import { roleSchema } from './roles.ts'

/** Festivals by the lunar calendar, by the sun's, and public days (CAMP-HOL). */
export const FESTIVALS = [
  'NEW_YEAR',
  'SPRING_FESTIVAL',
  'LANTERN',
  'WOMENS_DAY',
  'QINGMING',
  'LABOUR_DAY',
  'CHILDRENS_DAY',
  'DRAGON_BOAT',
  'QIXI',
  'TEACHERS_DAY',
  'MID_AUTUMN',
  'NATIONAL_DAY',
  'DOUBLE_NINTH',
] as const
export type Festival = (typeof FESTIVALS)[number]

/** One kind of content; `advert`: it sells. */
const contentSchema = z.strictObject({ text: labelSchema, advert: z.optional(z.boolean()) })

/**
 * Posts at fixed times (CAMP-MIC): for each segment one at each time of `days` working days, its kinds of content in turn.
 */
const postsSchema = z.strictObject({
  days: z.int().check(z.minimum(1), z.maximum(60)),
  times: z.array(clock).check(z.minLength(1), z.maxLength(4)),
  segments: z
    .array(z.strictObject({ name: labelSchema, role: roleSchema, kinds: z.array(contentSchema).check(z.minLength(1)) }))
    .check(z.minLength(1), z.maxLength(6)),
})

/**
 * One phase of a branch's programme (CAMP-PHASE), from and to a day of the programme's year. `done`: a rule over the customer
 * that says whether it is dealt with; `since` is the phase's first day. `target`: percent of the audience by its end.
 */
const phaseSchema = z.strictObject({
  code,
  name: labelSchema,
  from: monthDay,
  to: monthDay,
  role: roleSchema,
  done: feel,
  target: z.number().check(z.minimum(0), z.maximum(100)),
})
export type Phase = z.infer<typeof phaseSchema>

/** What makes a template more than one evening with guests. All of it may be left out. */
export const planSchema = z.strictObject({
  /** Proposed each year for these festivals, `leadDays` working days ahead (CAMP-HOL). */
  festivals: z.optional(z.array(z.enum(FESTIVALS)).check(z.minLength(1))),
  leadDays: z.optional(z.int().check(z.nonnegative())),
  /** Meets again every so many weeks, `times` in all, with those who belong to it (CAMP-INT). */
  repeat: z.optional(
    z.strictObject({ weeks: z.int().check(z.positive()), times: z.int().check(z.minimum(2), z.maximum(100)) }),
  ),
  /** News for so many working hours; nothing goes out before it was checked for the bank's image (CAMP-EVT). */
  newsHours: z.optional(z.number().check(z.positive())),
  /** Customers whom this rule takes too are asked before all others (CAMP-PRO). */
  first: z.optional(feel),
  posts: z.optional(postsSchema),
  phases: z.optional(z.array(phaseSchema).check(z.minLength(1), z.maxLength(12))),
  isDefault,
})
export type CampaignPlan = z.infer<typeof planSchema>
