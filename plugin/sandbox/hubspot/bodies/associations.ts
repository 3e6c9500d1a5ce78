import { z } from 'zod'
import { batchAnswer, batchOf, idText, nextPage } from './common.ts'
import { associationSpec } from './records.ts'

/** HubSpot takes more links than records in one call. */
const MOST_WRITTEN = 2_000
const MOST_READ = 1_000

const category = z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'])
const ref = z.strictObject({ id: idText })

export const specs = z.array(associationSpec).min(1)
export const batchLink = batchOf(z.strictObject({ from: ref, to: ref, types: specs }), MOST_WRITTEN)
export const batchPlain = batchOf(z.strictObject({ from: ref, to: ref }), MOST_WRITTEN)
export const batchUnlink = batchOf(z.strictObject({ from: ref, to: z.array(ref).min(1) }), MOST_WRITTEN)
export const batchRead = batchOf(z.strictObject({ id: idText, after: z.string().optional() }), MOST_READ)

export const pairLabels = z.strictObject({
  fromObjectId: idText,
  fromObjectTypeId: z.string(),
  toObjectId: idText,
  toObjectTypeId: z.string(),
  labels: z.array(z.string()),
})
export const batchLabels = batchAnswer(pairLabels)
const plain = z.strictObject({ from: ref, to: ref, associationSpec })
export const batchPlains = batchAnswer(plain)
export const batchNothing = batchAnswer(z.never())

/** A kind of link; the plain one has no label. */
export const kind = z.strictObject({ category, typeId: z.number().int(), label: z.string().optional() })
export const kinds = z.strictObject({ results: z.array(kind) })
const read = z.strictObject({
  from: ref,
  to: z.array(z.strictObject({ toObjectId: idText, associationTypes: z.array(kind) })),
  paging: nextPage.optional(),
})
export const batchReads = batchAnswer(read)

export const labelCreate = z.strictObject({
  name: z.string(),
  label: z.string().min(1),
  inverseLabel: z.string().min(1).optional(),
})
export const labelUpdate = z.strictObject({
  associationTypeId: z.number().int(),
  label: z.string().min(1),
  inverseLabel: z.string().min(1).optional(),
})
