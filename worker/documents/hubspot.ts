import { type Attaching, aboutFiles, attachingOf, markOf, refusedAlone } from '../crm/documents.ts'
import type { Batch, CallResult, CrmFile, MadeFiles, Member, Sent, Write } from '../crm/port.ts'
import { calls } from '../crm/hubspot/calls.ts'
import { listIn, noList, type Portal } from '../crm/hubspot/client.ts'
import type { Keys } from '../crm/hubspot/keys.ts'
import { pathOf } from '../crm/hubspot/layout.ts'

/** Where a document's files lie in HubSpot's file manager, each document in a folder of its own. */
const FOLDER = '/ladder'
const NOTES = 'notes'
const FILES = 'hs_attachment_ids'

interface Found {
  id: string
  properties: Record<string, string | null>
}

/** Records of an answer, as far as they are. */
const recordsIn = (body: unknown): Found[] =>
  (listIn(body, 'results') ?? []).flatMap(({ id, properties }) =>
    id !== undefined && typeof properties === 'object' && properties !== null
      ? [{ id: String(id), properties: properties as Found['properties'] }]
      : [],
  )

/** A record as paths name it. */
interface Place {
  type: string
  id: string
}

/**
 * Puts a document's files onto its records: a note with the files, on the development and its customer; onto a task itself. The
 * note says the document's mark, by which one whose answer was lost is found. A file of the same name in the same folder takes
 * the place of the one before.
 */
export const sendDocument = async (
  portal: Portal,
  keys: Keys,
  listMembers: () => Promise<CallResult<Member[]>>,
  { writes }: Batch,
): Promise<CallResult<Sent>> => {
  const [write] = writes
  const { files } = portal.deps
  if (write && typeof write.fields['erased'] === 'string') return eraseDocument(portal, keys, listMembers, write)
  if (!write || !files) return { ok: true, value: { written: [], refused: [] } }
  const attaching = attachingOf(write)
  const { id, key, request } = attaching
  const places = await placesOf(portal, keys, attaching)
  if (!places.ok) return places
  const [first] = places.value
  if (!first) return refusedAlone(id, 'there is no record to put it onto')
  const members = await listMembers()
  if (!members.ok) return members
  const made = await files(request, new Map(members.value.map((one) => [one.id, one.name])))
  const mark = await markOf(key)
  const told =
    first.type === 'tasks'
      ? await ontoTask(portal, first.id, made.files, mark)
      : await asNote(portal, places.value, attaching.title, made, mark)
  if (!told.ok) return aboutFiles(id, told.failure, listMembers)
  if (made.fault !== null) return refusedAlone(id, made.fault)
  return { ok: true, value: { written: [{ id, recordId: told.value, gone: false }], refused: [] } }
}

/**
 * Takes away a document of a customer that was erased: its files for good, then its note. `erased`: the document's key. A note that
 * is gone already told of its files alone.
 */
const eraseDocument = async (
  portal: Portal,
  keys: Keys,
  listMembers: () => Promise<CallResult<Member[]>>,
  write: Write,
): Promise<CallResult<Sent>> => {
  const { erased, ...targets } = write.fields
  const done: CallResult<Sent> = {
    ok: true,
    value: { written: [{ id: write.id, recordId: write.recordId ?? '', gone: false }], refused: [] },
  }
  const mark = await markOf(String(erased))
  let id = write.recordId
  if (id === erased) {
    const places = await placesOf(portal, keys, attachingOf({ ...write, fields: targets }))
    if (!places.ok) return places
    const note = await noteOf(portal, places.value[0], mark)
    if (!note.ok) return note
    id = note.value?.id
  }
  if (id === undefined) return done
  const read = await portal.call(calls.read, {
    words: { type: NOTES },
    json: { inputs: [{ id }], properties: [FILES], propertiesWithHistory: [] },
  })
  if (!read.ok) return read
  const [note] = recordsIn(read.value)
  if (!note) return done
  for (const file of filesIn(note.properties[FILES])) {
    const dropped = await portal.call(calls.dropFile, { words: { file } })
    const isGone = !dropped.ok && dropped.failure.kind === 'refused' && dropped.failure.status === 404
    if (!dropped.ok && !isGone) return aboutFiles(write.id, dropped.failure, listMembers)
  }
  const archived = await portal.call(calls.archive, { words: { type: NOTES }, json: { inputs: [{ id }] } })
  return archived.ok ? done : archived
}

const placesOf = async (portal: Portal, keys: Keys, { targets }: Attaching): Promise<CallResult<Place[]>> => {
  const places: Place[] = []
  for (const { object, id } of targets) {
    const type = pathOf(portal.layout, object)
    if (type === undefined) continue
    if (typeof id === 'string') {
      places.push({ type, id })
      continue
    }
    const found = await keys.find(object, [id.key])
    if (!found.ok) return found
    const recordId = keys.idOf(id.key)
    if (recordId !== undefined) places.push({ type, id: recordId })
  }
  return { ok: true, value: places }
}

/** A note, or one that is there already, with all files of the document. The answer is its id. */
const asNote = async (
  portal: Portal,
  places: Place[],
  title: string,
  { files, remark }: MadeFiles,
  mark: string,
): Promise<CallResult<string>> => {
  const note = await noteOf(portal, places[0], mark)
  if (!note.ok) return note
  if (note.value && note.value.files.length >= files.length) return { ok: true, value: note.value.id }
  const uploaded = await uploadAll(portal, files, mark)
  if (!uploaded.ok) return uploaded
  const properties = {
    hs_note_body: [title, remark, `Ladder ${mark}`]
      .filter(Boolean)
      .map((line) => `<p>${escaped(line)}</p>`)
      .join(''),
    [FILES]: uploaded.value.join(';'),
  }
  if (note.value) return change(portal, NOTES, note.value.id, properties)
  const associations: object[] = []
  for (const { type, id } of places) {
    const kind = await plainKind(portal, type)
    if (!kind.ok) return kind
    if (kind.value) associations.push({ to: { id }, types: [kind.value] })
  }
  const result = await portal.call(calls.create, {
    words: { type: NOTES },
    json: {
      inputs: [
        {
          properties: { hs_timestamp: new Date().toISOString(), ...properties },
          associations,
          objectWriteTraceId: mark,
        },
      ],
    },
  })
  return idIn(result, 'note')
}

/** The note of a mark on a record. */
const noteOf = async (
  portal: Portal,
  place: Place | undefined,
  mark: string,
): Promise<CallResult<{ id: string; files: string[] } | null>> => {
  if (!place) return { ok: true, value: null }
  const pairs = await portal.call(calls.pairsRead, {
    words: { type: place.type, to: NOTES },
    json: { inputs: [{ id: place.id }] },
  })
  if (!pairs.ok) return pairs
  const linked = listIn(pairs.value, 'results')?.flatMap((one) => listIn(one, 'to') ?? []) ?? []
  const ids = linked.map(({ toObjectId }) => String(toObjectId))
  for (let at = 0; at < ids.length; at += calls.read.most) {
    const inputs = ids.slice(at, at + calls.read.most).map((id) => ({ id }))
    const read = await portal.call(calls.read, {
      words: { type: NOTES },
      json: { inputs, properties: ['hs_note_body', FILES], propertiesWithHistory: [] },
    })
    if (!read.ok) return read
    const found = recordsIn(read.value).find(({ properties }) => properties['hs_note_body']?.includes(mark))
    if (found) return { ok: true, value: { id: found.id, files: filesIn(found.properties[FILES]) } }
  }
  return { ok: true, value: null }
}

const filesIn = (text: string | null | undefined): string[] => (text ?? '').split(';').filter((id) => id !== '')

/** The kind of link without a label from a note to a record of this type. */
const plainKind = async (portal: Portal, to: string): Promise<CallResult<object | null>> => {
  const result = await portal.call(calls.noteKinds, { words: { to } })
  if (!result.ok) return result
  const kind = listIn(result.value, 'results')?.find(({ label }) => label == null)
  return {
    ok: true,
    value: kind ? { associationCategory: kind['category'], associationTypeId: kind['typeId'] } : null,
  }
}

/** Adds the files to those that a task has. */
const ontoTask = async (portal: Portal, id: string, files: CrmFile[], mark: string): Promise<CallResult<string>> => {
  const read = await portal.call(calls.read, {
    words: { type: 'tasks' },
    json: { inputs: [{ id }], properties: [FILES], propertiesWithHistory: [] },
  })
  if (!read.ok) return read
  const [task] = recordsIn(read.value)
  if (!task) return { ok: false, failure: { kind: 'refused', status: 404, message: 'the task is not there' } }
  const uploaded = await uploadAll(portal, files, mark)
  if (!uploaded.ok) return uploaded
  const all = new Set([...filesIn(task.properties[FILES]), ...uploaded.value])
  return change(portal, 'tasks', id, { [FILES]: [...all].join(';') })
}

const change = async (
  portal: Portal,
  type: string,
  id: string,
  properties: Record<string, string>,
): Promise<CallResult<string>> =>
  idIn(await portal.call(calls.update, { words: { type }, json: { inputs: [{ id, properties }] } }), 'record')

const uploadAll = async (portal: Portal, files: CrmFile[], mark: string): Promise<CallResult<string[]>> => {
  const ids: string[] = []
  for (const { name, type, bytes } of files) {
    const form = new FormData()
    form.set('file', new Blob([bytes], { type }), name)
    form.set('fileName', name)
    form.set('folderPath', `${FOLDER}/${mark}`)
    form.set('options', JSON.stringify({ access: 'PRIVATE', overwrite: true }))
    const result = await portal.call(calls.upload, { form })
    if (!result.ok) return result
    const id =
      typeof result.value === 'object' && result.value !== null && 'id' in result.value ? result.value.id : undefined
    if (typeof id !== 'string') return noList('file')
    ids.push(id)
  }
  return { ok: true, value: ids }
}

const idIn = (result: CallResult<unknown>, what: string): CallResult<string> => {
  if (!result.ok) return result
  const [record] = recordsIn(result.value)
  if (record) return { ok: true, value: record.id }
  const [error] = listIn(result.value, 'errors') ?? []
  const message = String(error?.['message'] ?? '').slice(0, 500)
  return error ? { ok: false, failure: { kind: 'refused', status: 207, message } } : noList(what)
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
