import * as z from '../z.ts'
import { clock, isDefault, isoDate } from './bits.ts'

/** Working time (ESC-LADDER). `hours` may have a gap for lunch. `coveredUntil`: the last day whose holidays are known. */
export const calendarSchema = z.strictObject({
  zone: z.string().check(z.minLength(1)),
  hours: z.array(z.strictObject({ from: clock, to: clock })).check(z.minLength(1)),
  weekdays: z.array(z.int().check(z.gte(1), z.lte(7))).check(z.minLength(1)),
  country: z.enum(['CN', 'NONE']),
  coveredUntil: isoDate,
  /** The bank's own days win over the country's. */
  days: z.array(z.strictObject({ on: isoDate, work: z.boolean(), note: z.optional(z.string()) })),
  isDefault,
})
export type Calendar = z.infer<typeof calendarSchema>
