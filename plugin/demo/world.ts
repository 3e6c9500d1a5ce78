import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { signStandard } from '../../worker/ingress/signatures/standard.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { Admin } from '../cli/admin.ts'
import { workerClient } from '../install/worker.ts'
import { type Runtime, startRuntime } from '../runtime/index.ts'
import type { Staff } from './bank.ts'
import { type CrmName, type DemoCrm, startCrm } from './crm/index.ts'

export const ACCOUNT = 'demo'
const MOST_ROUNDS = 100

/** What the admin API tells of an account, as far as the trial run reads it. */
export interface Status {
  inbox: { waiting: number }
  toRead: { waiting: number }
  outbox: number
  deadLetters: number
  counters: Record<string, number>
}

/** A fact of core banking before it is signed and sent. */
export interface FactWish {
  customerNo: string
  type: string
  data: Record<string, unknown>
}

/** A sandbox CRM and Ladder on workerd, on one clock that is held until `release`. */
export interface World {
  crm: DemoCrm
  ladder: Runtime
  /** Epoch ms. */
  now(): number
  /** Moves both clocks and lets all happen that is due. Never back. */
  moveTo(instant: number): Promise<void>
  /** Lets both clocks run by themselves. */
  release(): Promise<void>
  ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  facts(facts: FactWish[]): Promise<void>
  close(): Promise<void>
}

export interface WorldWish {
  crm: CrmName
  carrier: Carrier
  folder: string
  ports: { ladder: number; sandbox: number }
  /** Where the clocks are held; null lets them run: for a world that is there already. */
  start: number | null
  staff: Staff[]
  say: (line: string) => void
  /** Somebody will look at it in a browser. */
  console?: boolean
}

const UNHURRIED = { joinMs: 2_000, sweepMinutes: 15 }
/** On a held clock nothing waits for a minute's limit or for a burst to end; sweeps once a day are enough. */
const PLAYING = { callsPerMinute: 100_000, joinMs: 0, sweepMinutes: 1_440 }

/** Starts both and, on a held clock, installs Ladder into the sandbox by the same steps as `ladder apply`. */
export const startWorld = async (wish: WorldWish): Promise<World> => {
  const { folder, ports, start, staff, say, console: isForPeople = false } = wish
  let held = start
  // while it is held, the stand-in's clock goes on a little with each look, so that no two changes share a time
  const now = (): number => (held === null ? Date.now() : ++held)
  if (start !== null) rmSync(folder, { recursive: true, force: true })
  const ladder = await startRuntime({ folder, port: ports.ladder, manualClock: true, console: isForPeople })
  const crm = await startCrm(wish.crm, { folder, port: ports.sandbox, now, staff }, wish.carrier)
  const admin = new Admin(ladder.url, ladder.keys.adminToken)
  const worker = workerClient({ url: ladder.url, adminToken: ladder.keys.adminToken })
  const corebankSecret = `whsec_${randomBytes(24).toString('base64')}`
  const site = { url: ladder.url, account: ACCOUNT, corebankSecret, worker }

  const ask: World['ask'] = async (method, path, body) => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  const hold = (at: number | null) => ask('PUT', '/clock', { at: at === null ? null : new Date(at).toISOString() })
  // quiet: one round in which nothing was sent from either side, and nothing waits
  const settle = async (): Promise<void> => {
    for (let sent = -1, calls = -1, tries = 0; tries < MOST_ROUNDS; tries++) {
      await crm.flush()
      await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(held ?? Date.now()).toISOString() })
      const status = (await ask('GET', `/accounts/${ACCOUNT}/status`)) as unknown as Status
      const isStill = crm.deliveries() === sent && status.counters.crm_calls === calls
      if (isStill && status.inbox.waiting === 0 && status.toRead.waiting === 0 && status.outbox === 0) return
      sent = crm.deliveries()
      calls = status.counters.crm_calls ?? 0
    }
    throw new Error(`Ladder does not come to rest at ${new Date(held ?? Date.now()).toISOString()}`)
  }

  if (start !== null) {
    const connect: typeof worker.connect = (account, made) => worker.connect(account, { ...made, ...PLAYING })
    const report = await crm.install({ ...site, worker: { ...worker, connect } })
    for (const { name, lines } of report.steps) say(`  ${name}: ${lines[0] ?? ''}`)
    const [problem] = report.problems
    if (problem) throw new Error(`${problem.where}: ${problem.what}`)
    await hold(start)
  }
  await crm.begin(site)
  if (start === null) crm.release()

  return {
    crm,
    ladder,
    now: () => held ?? Date.now(),
    ask,
    moveTo: async (instant) => {
      held = Math.max(held ?? 0, instant)
      await hold(held)
      await settle()
    },
    release: async () => {
      const { callsPerMinute } = crm
      await ask('PUT', `/accounts/${ACCOUNT}`, {
        crm: crm.connection(),
        shards: 1,
        ...UNHURRIED,
        ...(callsPerMinute === undefined ? {} : { callsPerMinute }),
      })
      held = null
      crm.release()
      await hold(null)
    },
    facts: async (facts) => {
      const at = held ?? Date.now()
      const lines = facts.map(({ customerNo, type, data }, index) =>
        JSON.stringify({
          specversion: '1.0',
          id: `${at}-${index}`,
          source: 'demo-core',
          type,
          subject: customerNo,
          time: new Date(at).toISOString(),
          data,
        }),
      )
      if (lines.length === 0) return
      const body = new TextEncoder().encode(lines.join('\n'))
      const signed = await signStandard(corebankSecret, `demo-${at}`, at, body)
      if (!signed) throw new Error('the facts could not be signed')
      const answer = await fetch(`${ladder.url}/hooks/corebank/${ACCOUNT}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', ...signed },
        body,
      })
      const said = await answer.text()
      if (answer.status !== 202) throw new Error(`facts: ${answer.status} ${said}`)
    },
    close: async () => {
      await ladder.stop()
      await crm.close()
    },
  }
}
