import * as z from 'zod'
import { clock, isDefault, isoDate } from './bits.ts'

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
