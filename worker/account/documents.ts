import type { DocumentRequest } from '../../schemas/documents/request.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import { bookOf } from './merging.ts'
import type { Parts } from './parts.ts'
import { subjectNamed } from './report.ts'

/** A document to be made now, and names of the CRM's users by id; or why there is none. */
export type DocumentNow =
  { ok: true; request: DocumentRequest; people: [id: string, name: string][] } | { ok: false; message: string }

/** The document of a record as it stands: a development, or a customer for its newest one (DEV-A08, DEV-A09, DEV-CTRL). */
export const documentNow = async (parts: Parts, what: string, code: string): Promise<DocumentNow> => {
  const { settings } = parts
  const ref = settings && subjectNamed(parts, what)
  if (!settings || !ref) return { ok: false, message: 'nothing is known of that record' }
  const { object, id } = parseRef(what)
  const preview = await bookOf(parts, settings, ref).document(ref, code, object === 'development' ? id : null)
  if (!preview?.ok) return preview ?? { ok: false, message: 'nothing is known of that record' }
  const members = await parts.courier(settings).readMembers()
  return {
    ...preview,
    // without the CRM people stand there by their ids
    people: members.ok ? members.value.map(({ id: user, name }) => [user, name]) : [],
  }
}
