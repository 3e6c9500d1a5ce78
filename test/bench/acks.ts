import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { Admin } from '../../plugin/cli/admin.ts'
import { startRuntime } from '../../plugin/runtime/index.ts'
import { type Rate, ratesOf, takeTurns, type Turn } from './measure.ts'
import { SECRET } from './secret.ts'
import { serve } from './workerd.ts'

const IN_FLIGHT = 16
/** Nobody listens there: what Ladder decides is of no matter here. */
const NOWHERE = 'http://127.0.0.1:9'

let made = 0

/** A delivery such as Twenty sends for a company, about 3 KiB; each is another one. */
const delivery = (): { body: string; headers: Record<string, string> } => {
  made++
  const at = new Date(Date.now()).toISOString()
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
  const body = JSON.stringify({
    targetUrl: 'http://127.0.0.1/hooks/twenty/bank',
    eventName: 'company.updated',
    objectMetadata: { id: '20202020-0000-4000-8000-000000000001', nameSingular: 'company' },
    workspaceId: '20202020-0000-4000-8000-000000000002',
    webhookId: '20202020-0000-4000-8000-000000000003',
    eventDate: at,
    record: {
      id,
      name: `Company ${made}`,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      ladderCustomerNo: `C-${made}`,
      ladderGold: made % 2 === 0,
      address: { addressStreet1: 'x'.repeat(200), addressCity: '上海' },
      notes: 'n'.repeat(2000),
    },
    updatedFields: ['ladderGold'],
  })
  const timestamp = String(Date.now())
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-twenty-webhook-timestamp': timestamp,
      'x-twenty-webhook-signature': createHmac('sha256', SECRET).update(`${timestamp}:${body}`).digest('hex'),
    },
  }
}

const post = (agent: Agent, url: string, { body, headers }: ReturnType<typeof delivery>): Promise<number> =>
  new Promise((done, fail) => {
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () => done(response.statusCode ?? 0))
    })
    call.once('error', fail)
    call.end(body)
  })

/** Sends what was made beforehand, so many at once, and counts any answer but 202 as a fault. */
const load = async (agent: Agent, url: string, deliveries: ReturnType<typeof delivery>[]): Promise<void> => {
  let next = 0
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (let index = next++; index < deliveries.length; index = next++) {
        const one = deliveries[index]
        const status = one ? await post(agent, url, one) : 202
        if (status !== 202) throw new Error(`${url} answered ${status}`)
      }
    }),
  )
}

/** Ladder joins bursts within a minute at most: what follows an acknowledgement has to come after the measuring. */
const JOIN_MS = 60_000
const SITTING_MS = 40_000

const NAMES = ['verify + one SQLite row', 'Ladder: verify, check, keep', 'verify only', 'bare Hono handler']

/**
 * Durable acknowledgement beside what less would cost, on the same runtime (plain workerd), so many rounds. In sittings, each
 * with all of them started anew: before Ladder begins with what follows acknowledgements, it is over.
 */
export const benchAcks = async (rounds: number, count: number): Promise<Rate[]> => {
  const taken: Turn[][] = []
  while (taken.length < rounds) taken.push(...(await sitting(rounds - taken.length, count)))
  return ratesOf(NAMES, taken)
}

const sitting = async (rounds: number, count: number): Promise<Turn[][]> => {
  const here = import.meta.dirname
  const bare = await serve(`${here}/workers/bare.ts`)
  const verify = await serve(`${here}/workers/verify.ts`)
  const row = await serve(`${here}/workers/row.ts`, ['Store'])
  const folder = mkdtempSync(join(tmpdir(), 'ladder-bench-'))
  const ladder = await startRuntime({ folder })
  const answer = await new Admin(ladder.url, ladder.keys.adminToken).call('PUT', '/accounts/bank', {
    crm: { kind: 'twenty', url: NOWHERE, token: 'none' },
    webhookSecret: SECRET,
    playbook: defaultPlaybook,
    joinMs: JOIN_MS,
    sweepMinutes: 1440,
  })
  if (!answer.ok) throw new Error(answer.message)
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  const contestants = [row, ladder, verify, bare].map(({ url, pid }, index) => ({
    name: NAMES[index] ?? '',
    count,
    pid,
    run: (many: number) => load(agent, `${url}/hooks/twenty/bank`, Array.from({ length: many }, delivery)),
  }))
  const taken = await takeTurns(contestants, rounds, SITTING_MS)
  agent.destroy()
  await Promise.all([bare.stop(), verify.stop(), row.stop(), ladder.stop('SIGKILL')])
  rmSync(folder, { recursive: true, force: true })
  return taken
}
