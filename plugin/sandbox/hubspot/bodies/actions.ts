import { z } from 'zod'

const completion = {
  outputFields: z.record(z.string(), z.string()),
  typedOutputs: z.record(z.string(), z.unknown()).optional(),
  failureReasonType: z.string().optional(),
  requestContext: z.record(z.string(), z.unknown()).optional(),
}
export const complete = z.strictObject(completion)
export const batchComplete = z.strictObject({
  inputs: z
    .array(z.strictObject({ callbackId: z.string().min(1), ...completion }))
    .min(1)
    .max(100),
})

/** What an action answers: states of HubSpot's and its own outputs. */
export const answer = z.object({ outputFields: z.record(z.string(), z.string().nullable()).optional() })
