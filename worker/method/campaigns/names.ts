import { profileNames } from '../tiers/readers.ts'

/** What an audience rule may read of a customer (CAMP-S1 to CAMP-S5, CAMP-AUD), with sample values. */
export const audienceNames: Record<string, unknown> = {
  tier: '',
  /** Yuan: what the customer is rated by, as core banking told it last. */
  amount: 0,
  balance: 0,
  gold: false,
  dormant: false,
  /** COMPANY or PERSON. */
  kind: '',
  name: '',
  contactsPerYear: 0,
  lastContactOn: '',
  daysSinceContact: 0,
  /** Open holdings, and their products. */
  holdings: 0,
  products: [],
  /** Full years since the first holding was opened, or since the record was made. */
  yearsWithUs: 0,
  hasDevelopment: false,
  ...profileNames,
}

/** What a phase's rule may read besides: the first day of the phase (CAMP-PHASE). */
export const phaseNames: Record<string, unknown> = { ...audienceNames, since: '' }
