import * as z from '../z.ts'
import { code, isDefault } from './bits.ts'

/**
 * What the figures of MEAS-4x2 count as what. `lostBelow` fen: a customer with no more than that is lost. `channels`: kinds of
 * products that are a channel by which a customer deals with the bank.
 */
export const measuresSchema = z.strictObject({
  lowTiers: z.array(code),
  lostBelow: z.int().check(z.nonnegative()),
  channels: z.optional(z.array(code)),
  /** How often they are written as records into the CRM; over the API they are always of the moment. */
  records: z.enum(['daily', 'weekly', 'never']),
  isDefault,
})

/** Of playbooks that don't say: e-banking, a card, a terminal. The counter everybody has. */
export const CHANNELS = ['EBANK', 'CARD', 'POS']

/** Of playbooks that were made before it could be set. */
export const usualMeasures: z.infer<typeof measuresSchema> = {
  lowTiers: ['MASS', 'GENERAL'],
  lostBelow: 0,
  channels: CHANNELS,
  records: 'daily',
  isDefault: true,
}
