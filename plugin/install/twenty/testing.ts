import { startTwentySandbox, type TwentySandbox } from '../../sandbox/twenty/index.ts'
import { twentyClient } from './client.ts'
import type { Context, TwentyOptions } from './context.ts'
import { ADMIN_TOKEN, fakeWorker, LADDER_URL, type FakeWorker } from '../testing.ts'
import { workerClient } from '../worker.ts'
import { readVariables } from './variables.ts'

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

type Client = Context['client']

/** By which secret Twenty signs what it sends to a target. */
export const secretOf = async (client: Client, target: string): Promise<string | undefined> => {
  const read = await client.metadata<{ webhooks: { targetUrl: string; secret: string }[] }>(
    'query Secrets { webhooks { targetUrl secret } }',
  )
  return read.ok ? read.value.webhooks.find(({ targetUrl }) => targetUrl === target)?.secret : undefined
}

/** The app's variables, secrets masked. */
export const variablesOf = async (client: Client): Promise<Record<string, string>> => {
  const read = await readVariables(client)
  return Object.fromEntries((read.ok && read.value?.values) || [])
}
