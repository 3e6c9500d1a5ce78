import * as z from '../z.ts'
import { code, isoDate, labelSchema } from './bits.ts'
import { weeklySchema } from './cadence.ts'
import { calendarSchema } from './calendar.ts'

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
  'NAMED_PERSON',
] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

/** A branch's code as the bank writes it: `ladderBranch` of a customer holds it. */
export const branchCode = z.string().check(z.regex(/^\S{1,40}$/, 'a branch code without spaces, such as 310001'))

/**
 * A branch or sub-branch. `parent`: where its roles are looked for that it hasn't itself. `calendar`: what differs from the
 * bank's calendar; its own `days` come before the bank's.
 */
export const branchSchema = z.strictObject({
  code: branchCode,
  name: labelSchema,
  parent: z.optional(branchCode),
  calendar: z.optional(z.partial(z.pick(calendarSchema, { zone: true, hours: true, days: true }))),
  /** When its weekly lists come, where that isn't as in the rest of the bank (ESC-WEEK). */
  weekly: z.optional(z.partial(z.pick(weeklySchema, { weekday: true, at: true }))),
})
export type Branch = z.infer<typeof branchSchema>

/**
 * Who holds a role, as the CRM's users by e-mail: for one branch or the whole bank, for all customers or a segment of them,
 * between two dates (both included). The first member holds it; while absent a deputy does, then the next member. RM needs no
 * entry: it is the customer's owner. An entry of RM tells an owner's branch, absences and deputies.
 */
export const roleHolderSchema = z.strictObject({
  role: roleSchema,
  branch: z.optional(branchCode),
  segment: z.optional(
    z.strictObject({
      customer: z.optional(z.enum(['company', 'person'])),
      tiers: z.optional(z.array(code).check(z.minLength(1))),
    }),
  ),
  members: z.array(z.email()),
  deputies: z.optional(z.array(z.email())),
  from: z.optional(isoDate),
  to: z.optional(isoDate),
  absences: z.optional(z.array(z.strictObject({ member: z.email(), from: isoDate, to: isoDate }))),
})
export type RoleHolder = z.infer<typeof roleHolderSchema>
