import * as z from '../z.ts'
import { clock, code, feel, isDefault, labelSchema } from './bits.ts'
import { planSchema } from './campaign-plan.ts'
import { roleSchema } from './roles.ts'

export const timelineTaskSchema = z.strictObject({
  /** Working days from the day itself: negative before, 0 on it, positive after. */
  day: z.int(),
  role: roleSchema,
  /** `campaign`: once. `guest`: for each guest. */
  per: z._default(z.enum(['campaign', 'guest']), 'campaign'),
  /** Due at this time of that day instead of closing time. */
  at: z.optional(clock),
  /** Due so many working hours after the campaign began, whatever its day (CAMP-EVT). */
  hours: z.optional(z.number().check(z.positive())),
  title: labelSchema,
})
export type TimelineTask = z.infer<typeof timelineTaskSchema>

export const followUpSchema = z.strictObject({
  when: z.enum(['CAME', 'ABSENT', 'BROUGHT_FRIEND']),
  day: z.int().check(z.nonnegative()),
  role: roleSchema,
  title: labelSchema,
})

export const subjectSchema = z.enum(['PERSON', 'COMPANY', 'BOTH'])

export const campaignTemplateSchema = z.strictObject({
  code: z.string().check(z.minLength(1)),
  name: labelSchema,
  subject: subjectSchema,
  /** A FEEL rule over the customer; saved audiences are called by their code, `WEALTH and gold = true`. */
  audience: feel,
  theme: labelSchema,
  form: labelSchema,
  place: labelSchema,
  size: z.int().check(z.positive()),
  roles: labelSchema,
  participation: labelSchema,
  timeline: z.array(timelineTaskSchema).check(z.minLength(1)),
  followUp: z.array(followUpSchema),
  plan: z.optional(planSchema),
})
export type CampaignTemplate = z.infer<typeof campaignTemplateSchema>

/** A saved audience (CAMP-AUD): a rule over the customer file by a name that templates use. */
export const audienceSchema = z.strictObject({
  code,
  name: labelSchema,
  subject: subjectSchema,
  rule: feel,
  isDefault,
})
export type Audience = z.infer<typeof audienceSchema>

/**
 * What holds for all campaigns. `consent`: whom Ladder may invite: all who haven't said no, or only who said yes.
 * `winDays`: products that a guest takes up within so many days count as won by the campaign. `advertsPercent`: the largest
 * share of adverts in a posting plan (CAMP-MIC).
 */
export const outreachSchema = z.strictObject({
  consent: z.enum(['UNLESS_REFUSED', 'ONLY_IF_GIVEN']),
  winDays: z.int().check(z.nonnegative()),
  advertsPercent: z.number().check(z.minimum(0), z.maximum(100)),
  isDefault,
})

/** Of playbooks that were made before it could be set. */
export const usualOutreach: z.infer<typeof outreachSchema> = {
  consent: 'UNLESS_REFUSED',
  winDays: 90,
  advertsPercent: 30,
  isDefault: true,
}
