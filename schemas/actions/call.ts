import * as z from 'zod'

/**
 * The body with which a CRM calls an action. HubSpot sends ids as numbers and what the workflow's author filled in as text,
 * in `inputFields` (earlier `fields`); other CRMs send the same with the neutral object's name. Unknown members are let
 * through.
 */
const id = z.union([z.string().min(1).max(200), z.int().nonnegative().transform(String)])
const values = z.record(z.string(), z.unknown())

export const actionCallSchema = z.looseObject({
  /** The same for a call that is sent again: nothing is done twice. */
  callbackId: z.string().min(1).max(300),
  origin: z.looseObject({ portalId: z.int().positive().optional() }).optional(),
  object: z.looseObject({ objectId: id, objectType: z.string().min(1).max(200) }),
  inputFields: values.optional(),
  fields: values.optional(),
})
export type ActionCall = z.infer<typeof actionCallSchema>
