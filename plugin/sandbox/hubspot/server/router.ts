import { accountRoutes } from '../account/rest.ts'
import { limitRoutes } from '../account/limits.ts'
import { ownerRoutes } from '../account/owners.ts'
import { callbackRoutes } from '../actions/callbacks.ts'
import type { Callbacks } from '../actions/callbacks.ts'
import { labelRoutes } from '../associations/labels.ts'
import { associationRoutes } from '../associations/rest.ts'
import { errorBody } from '../bodies/common.ts'
import { fileRoutes } from '../files/rest.ts'
import { attendanceRoutes } from '../marketing/attendance.ts'
import { JournalApi } from '../journal/rest.ts'
import { marketingRoutes } from '../marketing/rest.ts'
import type { OAuth } from '../oauth/rest.ts'
import { pipelineRoutes } from '../pipelines/rest.ts'
import { stageRoutes } from '../pipelines/stages.ts'
import { groupRoutes } from '../properties/groups.ts'
import { propertyRoutes } from '../properties/rest.ts'
import { batchRoutes } from '../records/batch.ts'
import { mergeRoutes } from '../records/merge.ts'
import { recordRoutes } from '../records/rest.ts'
import { searchRoutes } from '../records/search.ts'
import { notFound, Refusal } from '../refusal.ts'
import { schemaRoutes } from '../schemas/rest.ts'
import type { State } from '../state.ts'
import { allow, authenticate } from './auth.ts'
import type { Handler, Incoming, Outgoing } from './http.ts'
import type { RateLimiter } from './rate-limit.ts'
import { match } from './route.ts'
import type { Route } from './route.ts'

/** The order matters where a fixed word and a name share a place: `groups` before `:propertyName`. */
function allRoutes(rate: RateLimiter, callbacks: Callbacks): Route[] {
  return [
    ...accountRoutes(rate),
    ...limitRoutes,
    ...ownerRoutes,
    ...schemaRoutes,
    ...groupRoutes,
    ...propertyRoutes,
    ...pipelineRoutes,
    ...stageRoutes,
    ...labelRoutes,
    ...associationRoutes,
    ...searchRoutes,
    ...mergeRoutes,
    ...batchRoutes,
    ...recordRoutes,
    ...callbackRoutes(callbacks),
    ...marketingRoutes,
    ...attendanceRoutes,
    ...fileRoutes,
  ]
}

/** Longer addresses get 414; HubSpot's own bound is not known. */
const MOST_URL = 8_192

export interface RouterParts {
  state: State
  rate: RateLimiter
  oauth: OAuth
  callbacks: Callbacks
  journal: JournalApi
}

/** All routes of the stand-in. A refusal becomes HubSpot's error body. */
export function router({ state, rate, oauth, callbacks, journal }: RouterParts): Handler {
  const routes = allRoutes(rate, callbacks)

  function answer(request: Incoming, headers: Record<string, string>): Outgoing {
    if (request.url.length > MOST_URL) throw new Refusal(414, 'URI_TOO_LONG', 'The URI is too long')
    if (request.path.startsWith('/oauth/')) return oauth.answer(request)
    if (JournalApi.owns(request.path)) return journal.answer(request)
    const caller = authenticate(state, request.headers['authorization'])
    const parts = request.path.split('/').slice(1)
    for (const route of routes) {
      const params = match(route, request.method, parts)
      if (params === null) continue
      const call = { ...caller, state, params, query: request.query, request }
      Object.assign(headers, rate.take(caller.portal, caller.token, route.budget))
      allow(caller.token, route.scopes(call))
      return route.run(call)
    }
    throw notFound(`No route ${request.method} ${request.path}`)
  }

  return (request) => {
    const headers: Record<string, string> = {}
    try {
      const outgoing = answer(request, headers)
      return Promise.resolve({ ...outgoing, headers: { ...headers, ...outgoing.headers } })
    } catch (error) {
      if (!(error instanceof Refusal)) return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      const body = errorBody.parse(error.body())
      return Promise.resolve({ status: error.status, body, headers })
    }
  }
}
