import {
  RECORD_OPERATIONS,
  twentyMetadataEventSchema,
  twentyRecordEventSchema,
  type RecordOperation,
} from '../../schemas/events/twenty-webhook.ts'

/** A Twenty delivery about one record. `record` is Twenty's own: `worker/crm/twenty/records.ts` makes a snapshot of it. */
export interface TwentyWebhook {
  eventName: string
  object: string
  op: RecordOperation
  record: Record<string, unknown> & { id: string }
  workspaceId: string
  webhookId: string
  /** When the delivery was sent, not when the record changed: order by `record.updatedAt`. */
  eventDate: string
  updatedFields?: string[]
}

export type TwentyParsed =
  | { ok: true; value: TwentyWebhook; ignored?: undefined }
  /** Sound, but nothing for Ladder: why. */
  | { ok: true; value?: undefined; ignored: string }
  | { ok: false; reason: string }

const isOperation = (op: string): op is RecordOperation => (RECORD_OPERATIONS as readonly string[]).includes(op)

/** Fields whose change alone means nothing: a card moved on a board, the search index written again. */
const NOISE: ReadonlySet<string> = new Set(['position', 'searchVector'])

/**
 * Reads the parsed body of a verified Twenty delivery. Unknown objects pass: whoever asks knows which ones are Ladder's.
 * What carries no record (metadata events) or an operation without meaning here is `ignored`, not refused.
 */
export const parseTwentyWebhook = (body: unknown): TwentyParsed => {
  const parsed = twentyRecordEventSchema.safeParse(body)
  if (!parsed.success) {
    if (twentyMetadataEventSchema.safeParse(body).success)
      return { ok: true, ignored: 'metadata event without a record' }
    const issue = parsed.error.issues[0]
    return { ok: false, reason: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not a Twenty webhook'}` }
  }
  const { eventName, objectMetadata, record, workspaceId, webhookId, eventDate, updatedFields } = parsed.data
  const op = eventName.slice(eventName.lastIndexOf('.') + 1)
  if (!isOperation(op)) return { ok: true, ignored: `operation "${op}"` }
  if (op === 'updated' && updatedFields?.length && updatedFields.every((field) => NOISE.has(field))) {
    return { ok: true, ignored: `only ${updatedFields.join(', ')} changed` }
  }
  return {
    ok: true,
    value: {
      eventName,
      object: objectMetadata.nameSingular,
      op,
      record,
      workspaceId,
      webhookId,
      eventDate,
      ...(updatedFields ? { updatedFields } : {}),
    },
  }
}
