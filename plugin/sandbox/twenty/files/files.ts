import { newId } from '../ids.ts'
import { badRequest, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'

/** A file that was uploaded for a field of files. */
export interface StoredFile {
  name: string
  extension: string
  base64: string
}

/** How files of a kind begin: Twenty looks whether what is in a file is what its name says. */
const BEGINNINGS: Partial<Record<string, string>> = { '.pdf': '%PDF-', '.docx': 'PK\u0003\u0004' }

const faulty = (message: string, subCode: string, code = 'BAD_USER_INPUT'): Refusal =>
  new Refusal(200, 'Error', message, { extensions: { subCode, userFriendlyMessage: message, code } })

/** `uploadFilesFieldFileByUniversalIdentifier`: keeps a file that no record names yet. */
export function uploadFile(state: State, given: unknown, fieldIdentifier: unknown): JsonObject {
  const file = isObject(given as Json) ? (given as JsonObject) : {}
  const name = String(file['filename'] ?? '')
  const base64 = String(file['base64'] ?? '')
  const bytes = Buffer.from(base64, 'base64')
  const extension = /\.[^.]*$/.exec(name)?.[0].toLowerCase() ?? ''
  const beginning = BEGINNINGS[extension]
  if (beginning !== undefined && !bytes.toString('latin1').startsWith(beginning))
    throw faulty(
      `File content does not match its extension. The file has extension '${extension.slice(1)}'`,
      'INVALID_EXTENSION',
    )
  const field = state.schema
    .list()
    .flatMap(({ fields }) => fields)
    .find((one) => one.type === 'FILES' && one.universalIdentifier === fieldIdentifier)
  if (!field)
    throw faulty('Could not find any entity of type "FieldMetadataEntity"', 'FIELD_NOT_FOUND', 'INTERNAL_SERVER_ERROR')
  const id = newId()
  state.files.set(id, { name, extension, base64 })
  const path = `files-field/${String(fieldIdentifier)}/${id}${extension}`
  return { id, path, size: bytes.length, createdAt: state.stamp() }
}

/** The stored form of a field of files: each names one that was uploaded. */
export function storeFiles(state: State, field: FieldMeta, value: Json): Json {
  if (value === null) return null
  const list = Array.isArray(value) ? value : []
  const most = Number(field.settings?.['maxNumberOfValues'] ?? 1)
  if (list.length > most) throw badRequest(`Max number of files is ${most} for field "${field.name}"`)
  return list.map((one) => {
    const { fileId, label } = isObject(one) ? one : {}
    if (typeof fileId !== 'string' || typeof label !== 'string')
      throw badRequest(`Invalid value "${JSON.stringify(value)}" for FILES field "${field.name}"`)
    const file = state.files.get(fileId)
    if (!file) throw badRequest(`File not found: ${fileId}`)
    return { label, fileId, extension: file.extension }
  })
}
