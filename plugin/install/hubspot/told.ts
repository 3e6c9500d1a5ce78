import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import { MERGED, readProperties } from '../../../worker/crm/hubspot/names.ts'

/** Changes that HubSpot works out of others, and that tell Ladder nothing. */
const DERIVED: readonly string[] = ['associatedcompanyid', 'hs_timestamp', MERGED]

/** Properties of an object of whose changes Ladder is told, by webhooks and by the journal. */
export const toldProperties = (shape: Shape, object: string): string[] =>
  readProperties(shape, object).filter((name) => !DERIVED.includes(name))
