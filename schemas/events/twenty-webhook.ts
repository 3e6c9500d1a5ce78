import * as z from '../z.ts'

/**
 * The body of a Twenty webhook as a running server sends it; its documentation describes another one. There is no state
 * before the change, and `eventDate` is when the delivery was sent: order by `record.updatedAt`.
 */

/** What may have happened to a record. Twenty takes and may send other names: they are kept as text. */
export const RECORD_OPERATIONS = ['created', 'updated', 'upserted', 'deleted', 'restored', 'destroyed'] as const
export type RecordOperation = (typeof RECORD_OPERATIONS)[number]

const instant = z.iso.datetime({ offset: true })

const envelope = {
  eventName: z.string().check(z.minLength(1), z.maxLength(200)),
  workspaceId: z.string().check(z.minLength(1), z.maxLength(100)),
  webhookId: z.string().check(z.minLength(1), z.maxLength(100)),
  eventDate: instant,
}

/** Of a record: `company.updated` and the like. Fields that Twenty adds in later versions are let through. */
export const twentyRecordEventSchema = z.looseObject({
  ...envelope,
  objectMetadata: z.looseObject({ nameSingular: z.string().check(z.minLength(1), z.maxLength(100)) }),
  record: z.looseObject({ id: z.string().check(z.minLength(1), z.maxLength(100)) }),
  updatedFields: z.nullish(z.array(z.string())),
})

/** Of the schema itself (`metadata.fieldMetadata.created`), which a webhook on `*.*` also brings: `event`, no record. */
export const twentyMetadataEventSchema = z.looseObject({ ...envelope, event: z.looseObject({}) })
