import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectDef } from '../../schemas/model/index.ts'
import { toTwenty } from '../../worker/crm/twenty/records.ts'
import type { Fields } from '../../schemas/events/index.ts'
import { signStandard } from '../../worker/ingress/signatures/standard.ts'
import { Admin } from '../cli/admin.ts'
import { install } from '../install/twenty/apply.ts'
import { twentyClient } from '../install/twenty/client.ts'
import { workerClient } from '../install/worker.ts'
import { type Runtime, startRuntime } from '../runtime/index.ts'
import { startTwentySandbox, type TwentySandbox } from '../sandbox/twenty/index.ts'
import { prepareApp } from './app.ts'
import type { Staff } from './bank.ts'

export const ACCOUNT = 'demo'
const BATCH = 200
const MOST_ROUNDS = 100

/** What the admin API tells of an account, as far as the trial run reads it. */
export interface Status {
  inbox: { waiting: number }
  outbox: number
  deadLetters: number
  counters: Record<string, number>
}

export type Row = Record<string, unknown> & { id: string }

/** A fact of core banking before it is signed and sent. */
export interface FactWish {
  customerNo: string
  type: string
  data: Record<string, unknown>
}

/** A record to make or change, in neutral names. `raw` is added as it is. */
export interface Edit {
  id: string
  fields?: Fields
  raw?: Record<string, unknown>
}

/** A sandbox Twenty and Ladder on workerd, on one clock that is held until `release`. */
export interface World {
  twenty: TwentySandbox
  ladder: Runtime
  admin: Admin
  /** Epoch ms. */
  now(): number
  /** Moves both clocks and lets all happen that is due. Never back. */
  moveTo(instant: number): Promise<void>
  /** Lets both clocks run by themselves. */
  release(): Promise<void>
  ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  edit(object: string, edits: Edit[]): Promise<void>
  list(object: string, filter?: string): Promise<Row[]>
  facts(facts: FactWish[]): Promise<void>
  close(): Promise<void>
}

export interface WorldWish {
  folder: string
  ports: { ladder: number; twenty: number }
  /** Where the clocks are held; null lets them run: for a world that is there already. */
  start: number | null
  staff: Staff[]
  say: (line: string) => void
}

const UNHURRIED = { callsPerMinute: 90, joinMs: 2_000, sweepMinutes: 15 }
/** On a held clock nothing waits for a minute's limit or for a burst to end; sweeps once a day are enough. */
const PLAYING = { callsPerMinute: 100_000, joinMs: 0, sweepMinutes: 1_440 }

/** Starts both and, on a held clock, installs Ladder into the sandbox by the same steps as `ladder apply`. */
export const startWorld = async ({ folder, ports, start, staff, say }: WorldWish): Promise<World> => {
  let held = start
  // while it is held, the stand-in's clock goes on a little with each look, so that no two changes share a time
  const now = (): number => (held === null ? Date.now() : ++held)
  if (start !== null) rmSync(folder, { recursive: true, force: true })
  const ladder = await startRuntime({ folder, port: ports.ladder, manualClock: true })
  const twenty = await startTwentySandbox({
    port: ports.twenty,
    now,
    rateLimit: null,
    seedMembers: staff,
    persistTo: join(folder, 'twenty.json'),
  })
  writeFileSync(join(folder, 'twenty-api-key'), `${twenty.apiKey}\n`, { mode: 0o600 })
  const admin = new Admin(ladder.url, ladder.keys.adminToken)
  const client = twentyClient({ url: twenty.url, token: twenty.apiKey })
  const worker = workerClient({ url: ladder.url, adminToken: ladder.keys.adminToken })
  const corebankSecret = `whsec_${randomBytes(24).toString('base64')}`

  const ask: World['ask'] = async (method, path, body) => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  const rest = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await client.rest<T>(method, `/rest/${path}`, body)
    if (!answer.ok) throw new Error(`${answer.problem.where}: ${answer.problem.what}`)
    return answer.value
  }
  const hold = (at: number | null) => ask('PUT', '/clock', { at: at === null ? null : new Date(at).toISOString() })
  const tune = (pace: typeof PLAYING) =>
    ask('PUT', `/accounts/${ACCOUNT}`, {
      crm: { kind: 'twenty', url: twenty.url, token: twenty.apiKey },
      shards: 1,
      ...pace,
    })
  // quiet: one round in which nothing was sent from either side, and nothing waits
  const settle = async (): Promise<void> => {
    for (let sent = -1, calls = -1, tries = 0; tries < MOST_ROUNDS; tries++) {
      await twenty.flushWebhooks()
      await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(held ?? Date.now()).toISOString() })
      const { inbox, outbox, counters } = (await ask('GET', `/accounts/${ACCOUNT}/status`)) as unknown as Status
      const isStill = twenty.deliveries.length === sent && counters.crm_calls === calls
      if (isStill && inbox.waiting === 0 && outbox === 0) return
      sent = twenty.deliveries.length
      calls = counters.crm_calls ?? 0
    }
    throw new Error(`Ladder does not come to rest at ${new Date(held ?? Date.now()).toISOString()}`)
  }

  if (start !== null) {
    const buildDir = join(folder, 'twenty-app')
    await prepareApp(buildDir)
    const report = await install(
      {
        client,
        worker: { ...worker, connect: (account, connection) => worker.connect(account, { ...connection, ...PLAYING }) },
        token: twenty.apiKey,
        options: {
          account: ACCOUNT,
          ladderUrl: ladder.url,
          isLadderUrlGiven: true,
          shards: 1,
          corebankSecret,
          buildDir,
        },
        progress: () => undefined,
      },
      true,
    )
    for (const { name, lines } of report.steps) say(`  ${name}: ${lines[0] ?? ''}`)
    const [problem] = report.problems
    if (problem) throw new Error(`${problem.where}: ${problem.what}`)
    await hold(start)
  }

  return {
    twenty,
    ladder,
    admin,
    now: () => held ?? Date.now(),
    ask,
    moveTo: async (instant) => {
      held = Math.max(held ?? 0, instant)
      await hold(held)
      await settle()
    },
    release: async () => {
      await tune(UNHURRIED)
      held = null
      await hold(null)
    },
    edit: async (object, edits) => {
      const plural = objectDef(object)?.plural ?? object
      for (let from = 0; from < edits.length; from += BATCH) {
        const rows = await Promise.all(
          edits.slice(from, from + BATCH).map(async ({ id, fields = {}, raw = {} }) => ({
            ...(await toTwenty(object, fields)),
            ...raw,
            id,
          })),
        )
        await rest('POST', `batch/${plural}?upsert=true`, rows)
      }
    },
    list: async (object, filter) => {
      const plural = objectDef(object)?.plural ?? object
      const rows: Row[] = []
      for (let after = ''; ;) {
        const query = `limit=200${filter ? `&filter=${encodeURIComponent(filter)}` : ''}${after}`
        const page = await rest<{
          data: Record<string, Row[]>
          pageInfo: { hasNextPage: boolean; endCursor: string | null }
        }>('GET', `${plural}?${query}`)
        rows.push(...(page.data[plural] ?? []))
        if (!page.pageInfo.hasNextPage) return rows
        after = `&starting_after=${encodeURIComponent(page.pageInfo.endCursor ?? '')}`
      }
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
      await twenty.close()
    },
  }
}
