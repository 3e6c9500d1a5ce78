import * as z from 'zod'
import { code, isDefault } from './bits.ts'

/** Contacts by tier (TIER-CONTACT, ESC-CADENCE): the task comes `leadDays` working days before the contact is due. */
export const cadenceSchema = z.strictObject({ leadDays: z.int().nonnegative(), isDefault })

/** Large movements (ESC-MOVE): thresholds by tier come from `table`; a relative fall counts from `percentFrom` fen on. */
export const movementSchema = z.strictObject({
  table: code,
  windowDays: z.int().positive(),
  percentFrom: z.int().nonnegative(),
  isDefault,
})
