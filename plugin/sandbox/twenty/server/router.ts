import { coreGraphql } from '../records/graphql.ts'
import { recordsRest } from '../records/rest.ts'
import { metadataGraphql } from '../metadata/graphql.ts'
import { metadataRest } from '../metadata/rest.ts'
import { Refusal, restBody } from '../refusal.ts'
import type { State } from '../state.ts'
import { webhooksRest } from '../webhooks/rest.ts'
import { clientConfig, serverCard } from './about.ts'
import { authenticate } from './auth.ts'
import type { Handler, Incoming, Outgoing } from './http.ts'
import type { TokenBucket } from './rate-limit.ts'

async function answer(state: State, bucket: TokenBucket, request: Incoming): Promise<Outgoing> {
  const { path } = request
  if (path === '/healthz') return { status: 200, body: { status: 'ok', info: {}, error: {}, details: {} } }
  if (path === '/client-config') return { status: 200, body: clientConfig() }
  if (path === '/.well-known/mcp/server-card.json') {
    return { status: 200, body: serverCard(`http://${request.headers['host'] ?? '127.0.0.1'}`) }
  }
  if (path === '/metadata') return metadataGraphql(state, request)
  if (path === '/graphql') return coreGraphql(state, bucket, request)
  if (!path.startsWith('/rest/')) throw new Refusal(404, 'NotFoundException', `Cannot ${request.method} ${path}`)
  const caller = authenticate(state, request.headers['authorization'])
  if (path.startsWith('/rest/metadata/')) return metadataRest(state, caller, request)
  if (path === '/rest/webhooks' || path.startsWith('/rest/webhooks/')) {
    return webhooksRest(state, caller, request, path.split('/')[3])
  }
  bucket.take()
  return recordsRest(state, caller, request)
}

/** All routes of the stand-in. A refusal becomes its REST body; GraphQL answers its own. */
export function router(state: State, bucket: TokenBucket): Handler {
  return async (request) => {
    try {
      return await answer(state, bucket, request)
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: restBody(error) }
      throw error
    }
  }
}
