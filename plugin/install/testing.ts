import type { Connection } from './worker.ts'

/** A Worker that only keeps connections, as the real one answers for them. For tests. */
export interface FakeWorker {
  fetch: typeof fetch
  connections: Map<string, Connection>
  /** Accounts to which an admin of HubSpot has agreed. */
  consents: Set<string>
  isUp: boolean
}

export const LADDER_URL = 'http://ladder.test'
export const ADMIN_TOKEN = 'admin-token-of-the-tests'

export const fakeWorker = (): FakeWorker => {
  const connections = new Map<string, Connection>()
  const consents = new Set<string>()
  const json = (status: number, body: unknown): Response => Response.json(body, { status })
  const worker: FakeWorker = {
    connections,
    consents,
    isUp: true,
    fetch: async (input, init) => {
      if (!worker.isUp) throw new TypeError('fetch failed')
      const request = new Request(input, init)
      const account = new URL(request.url).pathname.split('/').at(-1) ?? ''
      if (request.headers.get('authorization') !== `Bearer ${ADMIN_TOKEN}`) return json(401, { error: 'unauthorised' })
      const before = connections.get(account)
      if (request.method === 'PUT') {
        const wish = (await request.json()) as Connection
        if (wish.crm.token === undefined && !consents.has(account))
          return json(409, { error: 'conflict', message: 'there is no token, and no admin of HubSpot has agreed' })
        if (wish.crm.token !== undefined) consents.delete(account)
        connections.set(account, wish)
        return json(200, { connected: true, account })
      }
      if (request.method === 'DELETE') {
        connections.delete(account)
        return json(200, { connected: false })
      }
      const byConsent = consents.has(account)
      if (!before && byConsent) return json(200, { connected: false, account, consent: { state: 'good' } })
      if (!before) return json(404, { error: 'not-found' })
      const { crm, webhookSecret, corebankSecret, shards } = before
      const { kind, url } = crm
      const secrets = [...(webhookSecret ? [kind] : []), ...(corebankSecret ? ['corebank'] : [])]
      const layout =
        crm.kind === 'hubspot' ? { layout: crm.layout, ...(crm.app ? { appId: crm.app.clientId } : {}) } : {}
      return json(200, { connected: true, account, kind, url, ...layout, shards, secrets, byConsent })
    },
  }
  return worker
}
