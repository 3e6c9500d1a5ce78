import { startHubspotSandbox, type HubspotSandbox, type HubspotSandboxOptions } from '../../sandbox/hubspot/index.ts'
import { ADMIN_TOKEN, fakeWorker, LADDER_URL, type FakeWorker } from '../testing.ts'
import { workerClient } from '../worker.ts'
import { CALLS, type CallName } from './calls.ts'
import { hubspotClient, type Answer, type ClientOptions } from './client.ts'
import type { Context, HubspotOptions } from './context.ts'

type Through = NonNullable<ClientOptions['through']>

/** A sandbox, a Worker that only keeps connections, and installers between them. For tests. */
export interface Bench {
  hubspot: HubspotSandbox
  worker: FakeWorker
  context: (options?: Partial<HubspotOptions>, through?: Through) => Context
  /** A call of a person's own tool, past the installer. */
  call: <T>(name: CallName, params?: Record<string, string>, body?: unknown) => Promise<T>
}

export const startBench = async (options: HubspotSandboxOptions = {}): Promise<Bench> => {
  const hubspot = await startHubspotSandbox({ rateLimit: null, strict: true, ...options })
  const worker = fakeWorker()
  const clientOf = (through?: Through) =>
    hubspotClient({ url: hubspot.url, token: hubspot.token, pace: 0.001, ...(through ? { through } : {}) })
  return {
    hubspot,
    worker,
    context: (chosen = {}, through) => ({
      client: clientOf(through),
      worker: workerClient({ url: LADDER_URL, adminToken: ADMIN_TOKEN, fetch: worker.fetch }),
      token: hubspot.token,
      options: { ladderUrl: LADDER_URL, isLadderUrlGiven: true, shards: 1, carrier: 'auto', ...chosen },
      progress: () => undefined,
    }),
    call: async <T>(name: CallName, params?: Record<string, string>, body?: unknown) => {
      const answer: Answer<T> = await clientOf().call<T>(name, { ...(params ? { params } : {}), body })
      if (!answer.ok) throw new Error(answer.problem.what)
      return answer.value
    },
  }
}

/** Probing writes to what is never there, so it changes nothing. */
const isProbe = ({ path }: { path: string }): boolean => /ladder_no_such_property$|\/0$/.test(path)

/** Calls of `calls.ts` that change something. */
export const isWrite = (sent: { method: string; path: string }): boolean => sent.method !== 'GET' && !isProbe(sent)

/** Passes calls on and notes those that change something. */
export const watched =
  (writes: string[]): Through =>
  (sent, send) => {
    if (isWrite(sent)) writes.push(`${sent.method} ${sent.path}`)
    return send()
  }

/** Passes calls on, and with the n-th write behaves as a process that was killed: its answer is lost, nothing more goes out. */
export const dying = (writes: number): Through => {
  let left = writes
  return async (sent, send) => {
    if (left <= 0) throw new TypeError('killed')
    const answer = await send()
    if (isWrite(sent)) left--
    if (left <= 0) throw new TypeError('killed')
    return answer
  }
}

/** Every call that the installer may make, for tests of the table. */
export const callNames = Object.keys(CALLS) as CallName[]
