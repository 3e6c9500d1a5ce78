import { Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import { jsonBody } from '../server/http.ts'
import type { State } from '../state.ts'
import type { Caller, Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { createWebhook, deleteWebhook, requireWebhookRight, updateWebhook } from './registry.ts'

function inputOf(request: Incoming): JsonObject {
  const body = jsonBody(request) ?? null
  return isObject(body) ? body : {}
}

/** Answers `/rest/metadata/webhooks…` and, under its older name, `/rest/webhooks…`: there the list comes bare. */
export function webhooksRest(state: State, caller: Caller, request: Incoming, id: string | undefined): Outgoing {
  requireWebhookRight(caller)
  const { method } = request
  if (id === undefined) {
    if (method === 'POST') return { status: 201, body: createWebhook(state, inputOf(request)) }
    if (method === 'GET') {
      const all = [...state.webhooks.values()]
      if (!request.path.startsWith('/rest/metadata/')) return { status: 200, body: all }
      const pageInfo: Json = {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: all[0]?.id ?? null,
        endCursor: all.at(-1)?.id ?? null,
      }
      return { status: 200, body: { data: all, pageInfo, totalCount: all.length } }
    }
  } else {
    if (method === 'GET') return { status: 200, body: state.webhooks.get(id) ?? '' }
    if (method === 'PATCH' || method === 'PUT') {
      return { status: 200, body: updateWebhook(state, id, inputOf(request)) }
    }
    if (method === 'DELETE') {
      deleteWebhook(state, id)
      return { status: 200, body: true }
    }
  }
  throw new Refusal(404, 'NotFoundException', `Cannot ${method} ${request.path}`)
}
