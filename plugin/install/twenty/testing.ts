import { startTwentySandbox, type TwentySandbox } from '../../sandbox/twenty/index.ts'
import { twentyClient } from './client.ts'
import type { Context, TwentyOptions } from './context.ts'
import { workerClient, type Connection } from '../worker.ts'

/** A Worker that only keeps connections, as the real one answers for them. For tests. */
export interface FakeWorker {
  fetch: typeof fetch
  connections: Map<string, Connection>
  isUp: boolean
}

export const LADDER_URL = 'http://ladder.test'
export const ADMIN_TOKEN = 'admin-token-of-the-tests'

export const fakeWorker = (): FakeWorker => {
  const connections = new Map<string, Connection>()
  const json = (status: number, body: unknown): Response => Response.json(body, { status })
  const worker: FakeWorker = {
    connections,
    isUp: true,
    fetch: async (input, init) => {
      if (!worker.isUp) throw new TypeError('fetch failed')
      const request = new Request(input, init)
      const account = new URL(request.url).pathname.split('/').at(-1) ?? ''
      if (request.headers.get('authorization') !== `Bearer ${ADMIN_TOKEN}`) return json(401, { error: 'unauthorised' })
      const before = connections.get(account)
      if (request.method === 'PUT') {
        connections.set(account, (await request.json()) as Connection)
        return json(200, { connected: true, account })
      }
      if (request.method === 'DELETE') {
        connections.delete(account)
        return json(200, { connected: false })
      }
      if (!before) return json(404, { error: 'not-found' })
      const secrets = ['twenty', ...(before.corebankSecret ? ['corebank'] : [])]
      return json(200, { connected: true, account, url: before.crm.url, shards: before.shards, secrets })
    },
  }
  return worker
}

export interface Bench {
  twenty: TwentySandbox
  worker: FakeWorker
  context: (options?: Partial<TwentyOptions>, through?: typeof fetch) => Context
}

/** A fresh sandbox and Worker; `through` stands between the installer and both. */
export const startBench = async (): Promise<Bench> => {
  const twenty = await startTwentySandbox({ rateLimit: null })
  const worker = fakeWorker()
  return {
    twenty,
    worker,
    context: (options = {}, through) => {
      const send: typeof fetch = (input, init) =>
        String(input).startsWith(LADDER_URL) ? worker.fetch(input, init) : fetch(input, init)
      const request = through ?? send
      return {
        client: twentyClient({ url: twenty.url, token: twenty.apiKey, fetch: request, waitMs: 5 }),
        worker: workerClient({ url: LADDER_URL, adminToken: ADMIN_TOKEN, fetch: request }),
        token: twenty.apiKey,
        options: { ladderUrl: LADDER_URL, isLadderUrlGiven: true, shards: 1, ...options },
        progress: () => undefined,
      }
    },
  }
}

/** Whether a call changes anything. */
export const isWrite = (init: RequestInit | undefined): boolean => {
  const { method = 'GET', body } = init ?? {}
  if (method === 'GET') return false
  if (typeof body !== 'string') return true
  return !/"query":"\s*query /.test(body) && !/"dryRun":true/.test(body)
}

/** Passes calls on, and after the n-th write behaves as a process that was killed: nothing more goes out. */
export const dyingFetch = (worker: FakeWorker, writes: number): typeof fetch => {
  let left = writes
  return async (input, init) => {
    if (left <= 0) throw new TypeError('killed')
    const answer = await (String(input).startsWith(LADDER_URL) ? worker.fetch(input, init) : fetch(input, init))
    if (isWrite(init)) left--
    if (left <= 0) throw new TypeError('killed')
    return answer
  }
}
