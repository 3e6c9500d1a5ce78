import { isUuid } from '../ids.ts'
import { nestBadRequest, permissionDenied, Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import { jsonBody } from '../server/http.ts'
import type { State } from '../state.ts'
import type { Caller, Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { webhooksRest } from '../webhooks/rest.ts'
import { createField, deleteField, fieldMissing, updateField } from './fields.ts'
import { createObject, deleteObject, objectDraft, objectMissing, updateObject } from './objects.ts'
import { alone } from './race.ts'
import { listedField, listedObject, writtenField, writtenObject } from './render.ts'

/** How many a metadata list gives where nothing else is asked for. */
const DEFAULT_LIMIT = 1000

function bodyOf(request: Incoming): JsonObject {
  const body = jsonBody(request) ?? null
  return isObject(body) ? body : {}
}

/** A page of the metadata lists: cursors are plain ids here. */
function pageOf(
  name: string,
  all: { id: string }[],
  show: (item: { id: string }) => Json,
  request: Incoming,
): Outgoing {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT)
  const after = request.query.get('starting_after')
  const before = request.query.get('ending_before')
  const from = after === null ? 0 : all.findIndex((item) => item.id === after) + 1
  const to = before === null ? all.length : all.findIndex((item) => item.id === before)
  const first = before === null ? from : Math.max(from, to - limit)
  const shown = all.slice(first, Math.min(to, first + limit))
  const last = first + shown.length
  return {
    status: 200,
    body: {
      data: { [name]: shown.map(show) },
      pageInfo: {
        hasNextPage: last < all.length,
        hasPreviousPage: first > 0,
        startCursor: shown[0]?.id ?? null,
        endCursor: shown.at(-1)?.id ?? null,
      },
      totalCount: all.length,
    },
  }
}

async function objectsRest(state: State, caller: Caller, request: Incoming, id: string | undefined): Promise<Outgoing> {
  const { method } = request
  if (id === undefined && method === 'GET') {
    return pageOf(
      'objects',
      state.schema.list(),
      (item) => {
        const object = state.schema.object(item.id)
        return object ? listedObject(object) : null
      },
      request,
    )
  }
  if (id === undefined && method === 'POST') {
    const draft = objectDraft(bodyOf(request))
    const object = await alone(state, 'objectMetadata', draft.nameSingular, () =>
      createObject(state, draft, caller.key.id),
    )
    return { status: 201, body: { data: { createOneObject: writtenObject(object, true) } } }
  }
  if (id !== undefined && !isUuid(id)) throw nestBadRequest('Validation failed (uuid is expected)')
  const object = state.schema.object(id ?? null)
  if (!object) throw objectMissing()
  if (method === 'GET') return { status: 200, body: { data: { object: listedObject(object) } } }
  if (method === 'PATCH' || method === 'PUT') {
    const changed = updateObject(state, object, bodyOf(request), caller.key.id)
    return { status: 200, body: { data: { updateOneObject: writtenObject(changed, true) } } }
  }
  if (method === 'DELETE') {
    const gone = deleteObject(state, object, caller.key.id)
    return { status: 200, body: { data: { deleteOneObject: writtenObject(gone, false) } } }
  }
  throw new Refusal(404, 'NotFoundException', `Cannot ${method} ${request.path}`)
}

async function fieldsRest(state: State, caller: Caller, request: Incoming, id: string | undefined): Promise<Outgoing> {
  const { method } = request
  if (id === undefined && method === 'GET') {
    const all = state.schema.list().flatMap((object) => object.fields)
    all.sort((a, b) => (a.id < b.id ? 1 : -1))
    return pageOf(
      'fields',
      all,
      (item) => {
        const field = state.schema.field(item.id)
        return field ? listedField(field) : null
      },
      request,
    )
  }
  if (id === undefined && method === 'POST') {
    const input = bodyOf(request)
    const name = `${String(input['objectMetadataId'])}.${String(input['name'])}`
    const field = await alone(state, 'fieldMetadata', name, () => createField(state, input, caller.key.id))
    return { status: 201, body: { data: { createOneField: writtenField(field) } } }
  }
  if (id !== undefined && !isUuid(id)) throw nestBadRequest('Validation failed (uuid is expected)')
  const field = state.schema.field(id ?? null)
  if (method === 'GET') {
    if (!field) throw fieldMissing('get')
    return { status: 200, body: { data: { field: listedField(field) } } }
  }
  if (method === 'PATCH' || method === 'PUT') {
    if (!field) throw fieldMissing('update')
    const changed = updateField(state, field, bodyOf(request), caller.key.id)
    return { status: 200, body: { data: { updateOneField: writtenField(changed) } } }
  }
  if (method === 'DELETE') {
    if (!field) throw fieldMissing('delete')
    return { status: 200, body: { data: { deleteOneField: writtenField(deleteField(state, field, caller.key.id)) } } }
  }
  throw new Refusal(404, 'NotFoundException', `Cannot ${method} ${request.path}`)
}

/** Answers `/rest/metadata/objects|fields|webhooks…`. */
export async function metadataRest(state: State, caller: Caller, request: Incoming): Promise<Outgoing> {
  const [, , , kind, id] = request.path.split('/')
  if (kind === 'webhooks') return webhooksRest(state, caller, request, id)
  if (!caller.role.canUpdateAllSettings) throw permissionDenied(403)
  if (kind === 'objects') return objectsRest(state, caller, request, id)
  if (kind === 'fields') return fieldsRest(state, caller, request, id)
  throw new Refusal(404, 'NotFoundException', `Cannot ${request.method} ${request.path}`)
}
