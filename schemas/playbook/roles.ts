import * as z from 'zod'

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

/** Who holds a role, as the CRM's users by e-mail. RM needs no entry: it is the customer's owner. */
export const roleHolderSchema = z.strictObject({ role: roleSchema, members: z.array(z.email()) })
