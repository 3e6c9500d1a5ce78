import * as z from '../z.ts'

/**
 * The body with which a CRM calls an action. HubSpot sends ids as numbers and what the workflow's author filled in as text,
 * in `inputFields` (earlier `fields`); other CRMs send the same with the neutral object's name. Unknown members are let
 * through.
 */
const id = z.union([
  z.string().check(z.minLength(1), z.maxLength(200)),
  z.pipe(z.int().check(z.nonnegative()), z.transform(String)),
])
export const recordSchema = z.looseObject({
  objectId: id,
  objectType: z.string().check(z.minLength(1), z.maxLength(200)),
})
const values = z.record(z.string(), z.unknown())

export const actionCallSchema = z.looseObject({
  /** The same for a call that is sent again: nothing is done twice. */
  callbackId: z.string().check(z.minLength(1), z.maxLength(300)),
  origin: z.optional(z.looseObject({ portalId: z.optional(z.int().check(z.positive())) })),
  object: recordSchema,
  inputFields: z.optional(values),
  fields: z.optional(values),
})
export type ActionCall = z.infer<typeof actionCallSchema>
