import * as z from 'zod'

/** A text in both languages. */
export const labelSchema = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })

const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a code in UPPER_SNAKE, such as HIGH_END')
const feel = z.string().min(1)
/** True where the bank's documents give no figure and this project chose one: an admin should look at it. */
const isDefault = z.boolean().optional()

export const ROLES = [
  'LOBBY_MANAGER',
  'RM',
  'SUB_BRANCH_ASSISTANT',
  'SUB_BRANCH_PRESIDENT',
  'EXPANSION_LEAD',
  'EXPANSION_DEPARTMENT',
  'CORPORATE_DEPARTMENT',
  'VICE_PRESIDENT',
  'PRESIDENT',
  'MARKETING',
] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

/** `HH:MM`, 24 hours. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00')
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'an ISO date such as 2026-10-01')

/** Working time (ESC-LADDER). `hours` may have a gap for lunch. `coveredUntil`: the last day whose holidays are known. */
export const calendarSchema = z.strictObject({
  zone: z.string().min(1),
  hours: z.array(z.strictObject({ from: clock, to: clock })).min(1),
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  country: z.enum(['CN', 'NONE']),
  coveredUntil: isoDate,
  /** The bank's own days win over the country's. */
  days: z.array(z.strictObject({ on: isoDate, work: z.boolean(), note: z.string().optional() })),
  isDefault,
})
export type Calendar = z.infer<typeof calendarSchema>

export const exitRuleSchema = z.strictObject({
  id: z.string().min(1),
  rule: feel,
  message: labelSchema,
  /** `enforce`: the move is put back. `warn`: it stays, with the reason and a task. */
  level: z.enum(['enforce', 'warn']).default('enforce'),
  isDefault,
})

export const stageSchema = z.strictObject({
  code,
  id: z.string().min(1),
  name: labelSchema,
  fields: z.array(z.string().min(1)),
  checklist: z.array(z.strictObject({ code, text: labelSchema })),
  exit: z.array(exitRuleSchema),
  /** Working days that a development may stay here before ESC-STALL; null: no limit. */
  allowanceDays: z.int().positive().nullable(),
  isDefault,
  guidance: labelSchema,
})
export type Stage = z.infer<typeof stageSchema>

export const pipelineSchema = z.strictObject({
  code,
  id: z.string().min(1),
  name: labelSchema,
  enforce: z.enum(['enforce', 'warn']),
  stages: z.array(stageSchema).min(2),
  /** Fields whose filled share is `completeness`, in percent (DEV-A03). */
  fileFields: z.array(z.string().min(1)),
  /** All of these make a qualified lead (DEV-Q). */
  qualification: z.array(z.string().min(1)),
})
export type Pipeline = z.infer<typeof pipelineSchema>

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

/** Contacts by tier (TIER-CONTACT, ESC-CADENCE): the task comes `leadDays` working days before the contact is due. */
export const cadenceSchema = z.strictObject({ leadDays: z.int().nonnegative(), isDefault })

/** Large movements (ESC-MOVE): thresholds by tier come from `table`; a relative fall counts from `percentFrom` fen on. */
export const movementSchema = z.strictObject({
  table: code,
  windowDays: z.int().positive(),
  percentFrom: z.int().nonnegative(),
  isDefault,
})

export const timelineTaskSchema = z.strictObject({
  /** Working days from the day itself: negative before, 0 on it, positive after. */
  day: z.int(),
  role: roleSchema,
  /** `campaign`: once. `guest`: for each guest. */
  per: z.enum(['campaign', 'guest']).default('campaign'),
  title: labelSchema,
})
export type TimelineTask = z.infer<typeof timelineTaskSchema>

export const followUpSchema = z.strictObject({
  when: z.enum(['CAME', 'ABSENT', 'BROUGHT_FRIEND']),
  day: z.int().nonnegative(),
  role: roleSchema,
  title: labelSchema,
})

export const campaignTemplateSchema = z.strictObject({
  code: z.string().min(1),
  name: labelSchema,
  subject: z.enum(['PERSON', 'COMPANY']),
  audience: feel,
  theme: labelSchema,
  form: labelSchema,
  place: labelSchema,
  size: z.int().positive(),
  roles: labelSchema,
  participation: labelSchema,
  timeline: z.array(timelineTaskSchema).min(1),
  followUp: z.array(followUpSchema),
})
export type CampaignTemplate = z.infer<typeof campaignTemplateSchema>

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

/** Who holds a role, as the CRM's users by e-mail. RM needs no entry: it is the customer's owner. */
export const roleHolderSchema = z.strictObject({ role: roleSchema, members: z.array(z.email()) })
