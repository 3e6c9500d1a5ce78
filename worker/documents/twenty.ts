import type { Batch, CallResult, CrmDeps, CrmFile, Member, Sent, Write } from '../crm/port.ts'
import { aboutFiles, attachingOf, refusedAlone } from '../crm/documents.ts'
import { call, type Server } from '../crm/twenty/client.ts'
import { pluralOf } from '../crm/twenty/names.ts'
import { idOfKey } from '../crm/twenty/uuid.ts'

/** Twenty's own name of the field `file` of attachments, the same on every server. */
const FILE_FIELD = '20202020-15db-460e-8166-c7b5d87ad4be'

const UPLOAD = `mutation UploadFile($file: Upload!, $field: String!) {
  uploadFilesFieldFileByUniversalIdentifier(file: $file, fieldMetadataUniversalIdentifier: $field) { id }
}`

const targetField = (object: string): string => `target${object.charAt(0).toUpperCase()}${object.slice(1)}Id`

/** Uploads one file; the answer is its id. It belongs to nothing until an attachment names it. */
const upload = async (crm: Server, { name, type, bytes }: CrmFile): Promise<CallResult<string>> => {
  const form = new FormData()
  form.set('operations', JSON.stringify({ query: UPLOAD, variables: { file: null, field: FILE_FIELD } }))
  form.set('map', JSON.stringify({ 0: ['variables.file'] }))
  form.set('0', new Blob([bytes], { type }), name)
  const result = await call(crm, 'POST', '/metadata', form)
  if (!result.ok) return result
  const { data, errors } = result.value.body as {
    data?: Record<string, { id?: unknown } | null> | null
    errors?: { message?: unknown; extensions?: { code?: unknown } }[]
  }
  const id = data?.['uploadFilesFieldFileByUniversalIdentifier']?.id
  if (typeof id === 'string') return { ok: true, value: id }
  const [error] = errors ?? []
  const message = String(error?.message ?? 'the answer holds no file').slice(0, 500)
  const denied = ['FORBIDDEN', 'UNAUTHENTICATED', 'PERMISSION_DENIED'].includes(String(error?.extensions?.code))
  return { ok: false, failure: denied ? { kind: 'auth', message } : { kind: 'refused', status: 200, message } }
}

/**
 * Puts a document's files onto its record as attachments. Each has its id from the document's key and its own name, so those of
 * an attempt whose answer was lost are found, and none is attached twice.
 */
export const sendDocument = async (
  crm: Server,
  files: CrmDeps['files'],
  listMembers: () => Promise<CallResult<Member[]>>,
  { writes }: Batch,
): Promise<CallResult<Sent>> => {
  const [write] = writes
  if (write && typeof write.fields['erased'] === 'string')
    return eraseDocument(crm, listMembers, write, write.fields['erased'])
  if (!write || !files) return { ok: true, value: { written: [], refused: [] } }
  const { id, key, request, targets } = attachingOf(write)
  const [target] = targets.filter(({ object }) => pluralOf(object) !== undefined)
  if (!target) return refusedAlone(id, 'there is no record to put it onto')
  const members = await listMembers()
  if (!members.ok) return members
  const made = await files(request, new Map(members.value.map((one) => [one.id, one.name])))
  const wanted = await Promise.all(made.files.map(async (file) => ({ file, id: await idOfKey(`${key}/${file.part}`) })))
  const filter = `id[in]:[${wanted.map((one) => `"${one.id}"`).join(',')}]`
  const there = await call(crm, 'GET', `/rest/attachments?filter=${encodeURIComponent(filter)}`)
  if (!there.ok) return there
  const known = new Set(rowsIn(there.value.body).map((row) => row.id))
  const owner = typeof target.id === 'string' ? target.id : await idOfKey(target.id.key)
  for (const one of wanted.filter((each) => !known.has(each.id))) {
    const fileId = await upload(crm, one.file)
    if (!fileId.ok) return aboutFiles(id, fileId.failure, listMembers)
    const row = {
      id: one.id,
      name: one.file.name,
      file: [{ fileId: fileId.value, label: one.file.name }],
      [targetField(target.object)]: owner,
    }
    const attached = await call(crm, 'POST', '/rest/batch/attachments?upsert=true', [row])
    if (!attached.ok) return aboutFiles(id, attached.failure, listMembers)
  }
  if (made.fault !== null) return refusedAlone(id, made.fault)
  return { ok: true, value: { written: [{ id, recordId: wanted[0]?.id ?? '', gone: false }], refused: [] } }
}

const PARTS = ['zh.docx', 'zh.pdf', 'en.docx', 'en.pdf']

/** Takes away the attachments of a document whose customer was erased, by the ids that its key gives them. */
const eraseDocument = async (
  crm: Server,
  listMembers: () => Promise<CallResult<Member[]>>,
  { id, recordId = '' }: Write,
  key: string,
): Promise<CallResult<Sent>> => {
  for (const part of PARTS) {
    const gone = await call(crm, 'DELETE', `/rest/attachments/${await idOfKey(`${key}/${part}`)}`)
    if (!gone.ok && !(gone.failure.kind === 'refused' && [400, 404].includes(gone.failure.status)))
      return aboutFiles(id, gone.failure, listMembers)
  }
  return { ok: true, value: { written: [{ id, recordId, gone: false }], refused: [] } }
}

const rowsIn = (body: unknown): { id?: unknown }[] => {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  const list = typeof data === 'object' && data !== null ? Object.values(data)[0] : undefined
  return Array.isArray(list) ? list : []
}
