import * as z from '../z.ts'
import { feel, labelSchema } from './bits.ts'
import { roleSchema } from './roles.ts'

export const timelineTaskSchema = z.strictObject({
  /** Working days from the day itself: negative before, 0 on it, positive after. */
  day: z.int(),
  role: roleSchema,
  /** `campaign`: once. `guest`: for each guest. */
  per: z._default(z.enum(['campaign', 'guest']), 'campaign'),
  title: labelSchema,
})
export type TimelineTask = z.infer<typeof timelineTaskSchema>

export const followUpSchema = z.strictObject({
  when: z.enum(['CAME', 'ABSENT', 'BROUGHT_FRIEND']),
  day: z.int().check(z.nonnegative()),
  role: roleSchema,
  title: labelSchema,
})

export const campaignTemplateSchema = z.strictObject({
  code: z.string().check(z.minLength(1)),
  name: labelSchema,
  subject: z.enum(['PERSON', 'COMPANY']),
  audience: feel,
  theme: labelSchema,
  form: labelSchema,
  place: labelSchema,
  size: z.int().check(z.positive()),
  roles: labelSchema,
  participation: labelSchema,
  timeline: z.array(timelineTaskSchema).check(z.minLength(1)),
  followUp: z.array(followUpSchema),
})
export type CampaignTemplate = z.infer<typeof campaignTemplateSchema>
