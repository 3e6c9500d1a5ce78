import * as z from '../z.ts'
import { clock, code, isDefault } from './bits.ts'

/** Contacts by tier (TIER-CONTACT, ESC-CADENCE): the task comes `leadDays` working days before the contact is due. */
export const cadenceSchema = z.strictObject({ leadDays: z.int().check(z.nonnegative()), isDefault })

/** Large movements (ESC-MOVE): thresholds by tier come from `table`; a relative fall counts from `percentFrom` fen on. */
export const movementSchema = z.strictObject({
  table: code,
  windowDays: z.int().check(z.positive()),
  percentFrom: z.int().check(z.nonnegative()),
  isDefault,
})

/**
 * Weekly lists (ESC-WEEK): for each RM what the team meeting (营销碰头会) is about, for each sub-branch president what to follow up.
 * `weekday` 1 Monday … 7 Sunday; on a free day the next workday of the same week; no list in a week without one.
 */
export const weeklySchema = z.strictObject({
  weekday: z.int().check(z.gte(1), z.lte(7)),
  at: clock,
  /** Lines of an RM's list at the most, the most pressing first; a list that was cut says so. */
  most: z.int().check(z.positive()),
  isDefault,
})

/** Of playbooks that were made before it could be set. */
export const usualWeekly: z.infer<typeof weeklySchema> = { weekday: 1, at: '08:30', most: 60, isDefault: true }

/** Norms of an RM (DEV-ACT): calls a working day, and the share of them that has to be a success. `least` 0 asks for none. */
export const callNormsSchema = z.strictObject({
  least: z.int().check(z.nonnegative()),
  most: z.int().check(z.nonnegative()),
  successPercent: z.int().check(z.gte(0), z.lte(100)),
  isDefault,
})
export type CallNorms = z.infer<typeof callNormsSchema>

/** The bank's own figures. */
export const usualCallNorms: CallNorms = { least: 30, most: 50, successPercent: 10 }
