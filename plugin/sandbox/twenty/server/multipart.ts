import { nestBadRequest } from '../refusal.ts'
import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import type { Incoming } from './http.ts'
import { jsonBody } from './http.ts'

/** Puts a value where a path such as `variables.file` says. */
function place(body: JsonObject, path: string, value: Json): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at: JsonObject = body
  for (const name of names) {
    const next = at[name] ?? null
    if (!isObject(next)) return
    at = next
  }
  at[last] = value
}

/**
 * The body of a GraphQL call. In a multipart form (`operations`, `map`, then the files) each file is put where the map
 * says, as `{filename, base64}`.
 */
export async function multipartBody(request: Incoming): Promise<JsonObject> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) {
    const body = jsonBody(request) ?? null
    return isObject(body) ? body : {}
  }
  const form = await new Response(new Uint8Array(request.raw), { headers: { 'content-type': type } }).formData()
  const operations = JSON.parse(String(form.get('operations'))) as Json
  const map = JSON.parse(String(form.get('map'))) as Json
  if (!isObject(operations) || !isObject(map)) throw nestBadRequest('Bad multipart form')
  for (const [name, paths] of Object.entries(map)) {
    const file = form.get(name)
    if (!(file instanceof Blob) || !Array.isArray(paths)) continue
    const base64 = Buffer.from(await file.arrayBuffer()).toString('base64')
    for (const path of paths) place(operations, String(path), { filename: file.name, base64 })
  }
  return operations
}
