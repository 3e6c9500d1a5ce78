import * as z from '../z.ts'
import { cadenceSchema, callNormsSchema, movementSchema, usualCallNorms, usualWeekly, weeklySchema } from './cadence.ts'
import { calendarSchema } from './calendar.ts'
import { audienceSchema, campaignTemplateSchema, outreachSchema, usualOutreach } from './campaigns.ts'
import { documentsSchema, noDocuments } from './documents.ts'
import { escalationPolicySchema } from './escalations.ts'
import { measuresSchema, usualMeasures } from './measures.ts'
import { productKindSchema, usualProducts } from './products.ts'
import { jointSchema, leaderVisitSchema, occasionKindSchema, promiseSchema } from './occasions.ts'
import { branchSchema, roleHolderSchema } from './roles.ts'
import { pipelineSchema } from './stages.ts'
import { allowancesSchema, rmsSchema, schemeSchema, usualAllowances, wholeScheme, type WrittenScheme } from './tiers.ts'
import { tableSchema } from './table.ts'

export { clock, labelSchema } from './bits.ts'
export * from './cadence.ts'
export * from './calendar.ts'
export * from './campaign-plan.ts'
export * from './campaigns.ts'
export * from './documents.ts'
export * from './escalations.ts'
export * from './measures.ts'
export * from './occasions.ts'
export * from './products.ts'
export * from './roles.ts'
export * from './stages.ts'
export * from './table.ts'
export * from './tiers.ts'

/** A decision table with the tier-rule columns that its cells stand in (CRM record field per input and output). */
export const playbookTableSchema = z.strictObject({
  code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/)),
  table: tableSchema,
  /** DMN input or output name → field of `tierRule`. */
  columns: z.record(z.string(), z.string()),
})
export type PlaybookTable = z.infer<typeof playbookTableSchema>

/** The bank's method as one document. Versions are counted by the account that holds it. */
export const playbookSchema = z.strictObject({
  format: z.literal('ladder-playbook/1'),
  name: z.string().check(z.minLength(1)),
  /** The language of the texts that Ladder writes into records and tasks. */
  language: z.enum(['zh-CN', 'en']),
  calendar: calendarSchema,
  pipelines: z.array(pipelineSchema).check(z.minLength(1)),
  tables: z.array(playbookTableSchema),
  schemes: z.array(schemeSchema),
  cadence: cadenceSchema,
  allowances: z._default(allowancesSchema, usualAllowances),
  movement: movementSchema,
  weekly: z._default(weeklySchema, usualWeekly),
  measures: z._default(measuresSchema, usualMeasures),
  products: z._default(z.array(productKindSchema), usualProducts),
  calls: z._default(callNormsSchema, usualCallNorms),
  /** Null: nobody looks after it. */
  rms: z._default(z.nullable(rmsSchema), null),
  campaigns: z.array(campaignTemplateSchema),
  audiences: z._default(z.array(audienceSchema), []),
  outreach: z._default(outreachSchema, usualOutreach),
  escalations: z.array(escalationPolicySchema).check(z.minLength(1)),
  occasions: z._default(z.array(occasionKindSchema), []),
  promises: z._default(z.array(promiseSchema), []),
  leaderVisits: z._default(z.array(leaderVisitSchema), []),
  joint: z._default(z.array(jointSchema), []),
  /** Branches with their own roles, working time and figures; none: the bank is one. */
  branches: z._default(z.array(branchSchema), []),
  roles: z.array(roleHolderSchema),
  documents: z._default(documentsSchema, noDocuments),
})
export type Playbook = z.infer<typeof playbookSchema>

/** Parts that came later, as they are where a kept playbook doesn't have them yet. */
const later = {
  allowances: usualAllowances,
  weekly: usualWeekly,
  measures: usualMeasures,
  products: usualProducts,
  calls: usualCallNorms,
  rms: null,
  branches: [],
  documents: noDocuments,
  occasions: [],
  promises: [],
  leaderVisits: [],
  joint: [],
  audiences: [],
  outreach: usualOutreach,
} satisfies Partial<Playbook>

/** A playbook as it was kept, perhaps before everything in it could be set. */
export type KeptPlaybook = Omit<Playbook, keyof typeof later | 'schemes'> &
  Partial<Pick<Playbook, keyof typeof later>> & { schemes: WrittenScheme[] }

export const fromKept = (kept: KeptPlaybook): Playbook => ({
  ...later,
  ...kept,
  schemes: kept.schemes.map(wholeScheme),
})
