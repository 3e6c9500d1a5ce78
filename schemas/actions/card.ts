import * as z from '../z.ts'
import { recordSchema } from './call.ts'

/**
 * What a card inside HubSpot asks: to be shown a record, or to have something done for it once. Without a record: how Ladder
 * is. Who asks, and from which portal, stands in the signed address.
 */
export const cardCallSchema = z.strictObject({
  object: z.optional(recordSchema),
  do: z.optional(
    z.strictObject({
      name: z.string(),
      /** The same for a click that is sent again. */
      requestId: z.string().check(z.regex(/^[\w-]{8,64}$/)),
      inputs: z.optional(z.record(z.string(), z.unknown())),
      /** Another record than the card's: one of its developments. */
      object: z.optional(recordSchema),
    }),
  ),
})
