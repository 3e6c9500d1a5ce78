import * as bodies from '../bodies/files.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { checked, param, route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'
import { instant } from '../time.ts'
import { formOf } from './form.ts'

/** A file of the file manager. */
export interface StoredFile {
  id: string
  name: string
  folder: string
  access: string
  base64: string
  createdAt: number
  updatedAt: number
}

const ROOT = '/files/2026-09/files'
const scopes = fixed('files')

/** HubSpot keeps the name and its ending apart. */
const parts = (name: string): { name: string; extension: string } => {
  const at = name.lastIndexOf('.')
  return at > 0 ? { name: name.slice(0, at), extension: name.slice(at + 1) } : { name, extension: '' }
}

function shown({ id, name, folder, access, base64, createdAt, updatedAt }: StoredFile): object {
  return {
    id,
    ...parts(name),
    path: `${folder}/${name}`,
    parentFolderId: String([...folder].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_000_007, 7)),
    size: Buffer.from(base64, 'base64').length,
    access,
    archived: false,
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
  }
}

function upload(call: Call): StoredFile {
  const form = formOf(call.request)
  const { file } = form
  if (!file) throw invalid('file is required')
  if (form.fields['folderPath'] === undefined && form.fields['folderId'] === undefined)
    throw invalid('Either folderId or folderPath must be provided')
  if (form.fields['options'] === undefined) throw invalid('options is required')
  const options = checked(bodies.options, JSON.parse(form.fields['options']))
  const name = form.fields['fileName'] ?? file.name
  const folder = form.fields['folderPath'] ?? `/${form.fields['folderId'] ?? ''}`
  const now = call.state.now()
  const { files } = call.portal
  const there = options.overwrite
    ? [...files.values()].find((one) => one.name === name && one.folder === folder)
    : undefined
  const base64 = file.bytes.toString('base64')
  const id = there?.id ?? String(190_000_000_001 + files.size)
  const stored = {
    id,
    name,
    folder,
    access: options.access,
    base64,
    createdAt: there?.createdAt ?? now,
    updatedAt: now,
  }
  files.set(id, stored)
  return stored
}

/** Upload, look up, delete for good. The body of an upload is a form; it isn't known how HubSpot names a refused one. */
export const fileRoutes: Route[] = [
  route(`POST ${ROOT}`, { scopes, answers: { 201: bodies.file } }, (call) => ({
    status: 201,
    body: shown(upload(call)),
  })),

  route(`GET ${ROOT}/search`, { scopes, answers: { 200: bodies.found } }, (call) => {
    const most = Number(call.query.get('limit') ?? '10')
    return { status: 200, body: { results: [...call.portal.files.values()].slice(0, most).map(shown) } }
  }),

  route(`GET ${ROOT}/:fileId`, { scopes, answers: { 200: bodies.file } }, (call) => {
    const file = call.portal.files.get(param(call, 'fileId'))
    if (!file) throw notFound(`No file ${param(call, 'fileId')}`)
    return { status: 200, body: shown(file) }
  }),

  route(`DELETE ${ROOT}/:fileId/gdpr-delete`, { scopes, answers: { 204: null } }, (call) => {
    if (!call.portal.files.delete(param(call, 'fileId'))) throw notFound(`No file ${param(call, 'fileId')}`)
    return { status: 204, body: null }
  }),
]
