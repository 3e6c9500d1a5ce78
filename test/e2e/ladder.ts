import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { Admin } from '../../plugin/cli/admin.ts'
import { type Runtime, type RuntimeWish, startRuntime } from '../../plugin/runtime/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import type { CrmConnection } from '../../worker/crm/port.ts'
import type { SubjectState } from '../../worker/method/state.ts'
import type { CrmDriver, Site } from './crm-driver.ts'

/** The connected account's name in Ladder. */
export const ACCOUNT = 'bank'

type Body = Record<string, unknown>

/** A stand-in CRM with Ladder's model, and Ladder on workerd connected to it, on one held clock. */
export interface World {
  crm: CrmDriver
  /** The runtime, also after it was started again. */
  ladder: Runtime
  admin: Admin
  corebankSecret: string
  now(): number
  /** Moves both clocks, stopping wherever something falls due, until all is quiet at `to`. */
  advance(to: number): Promise<void>
  /** Lets webhooks arrive and all that follows happen, at the present instant. */
  quiet(): Promise<void>
  /** Sets something else of the connection, and leaves the rest. */
  set(more: Body): Promise<void>
  /** Lets webhooks go out that wait, and no more. */
  deliver(): Promise<void>
  /** Reads what people changed (`ids`: compares ids too), and lets all that follows happen. */
  sweep(wish?: { ids?: boolean }): Promise<void>
  status(): Promise<Body & { counters: Record<string, number> }>
  /** What Ladder knows of a customer, by `company:<id>` or its number; null: nothing. */
  explain(record: string): Promise<{ ref: string; state: SubjectState } | null>
  /** Sends core banking's facts in one delivery. */
  facts(events: FactWish[]): Promise<Response>
  restartLadder(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

export interface FactWish {
  id: string
  type: string
  customer: string
  at: number
  data: Body
}

/** The instant of a world, epoch ms: who holds it moves both the CRM and Ladder. */
export interface Clock {
  now: number
}

/** A runtime that no account is connected to yet. */
export interface Ladder {
  clock: Clock
  runtime: Runtime
  admin: Admin
  corebankSecret: string
  /** An admin's call; an answer that is no success is a mistake of the test. */
  ask(method: string, path: string, body?: unknown): Promise<Body>
  /** Connects the account, and holds its clock. `more`: what else the admin sets. */
  connect(crm: CrmConnection, webhookSecret: string, more: Body): Promise<void>
  /** Sets something else of the connection, and leaves the rest. */
  set(more: Body): Promise<void>
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  facts(events: FactWish[]): Promise<Response>
  close(): Promise<void>
}

const lineOf = ({ id, type, customer, at, data }: FactWish): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'core',
    type,
    subject: customer,
    time: new Date(at).toISOString(),
    data,
  })

/** The default method; figures become records each week, not each day, so that a year has fewer stops. */
const WEEKLY_FIGURES: Playbook = {
  ...defaultPlaybook,
  measures: { ...defaultPlaybook.measures, records: 'weekly' },
}

/** Starts Ladder in a folder of its own. */
export const startLadder = async (clock: Clock, wish: Partial<RuntimeWish> = {}): Promise<Ladder> => {
  const folder = mkdtempSync(join(tmpdir(), 'ladder-'))
  const full: RuntimeWish = { folder, manualClock: true, ...wish }
  let runtime = await startRuntime(full)
  const port = Number(new URL(runtime.url).port)
  const corebankSecret = `whsec_${randomBytes(24).toString('base64')}`
  const signer = new Webhook(corebankSecret)
  const admin = new Admin(runtime.url, runtime.keys.adminToken)
  const running: Runtime = {
    url: runtime.url,
    keys: runtime.keys,
    prints: runtime.prints,
    get pid() {
      return runtime.pid
    },
    get ended() {
      return runtime.ended
    },
    stop: (signal) => runtime.stop(signal),
  }
  const ask = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  let connection: Body = { corebankSecret, joinMs: 0, playbook: WEEKLY_FIGURES }
  const set = async (more: Body): Promise<void> => {
    connection = { ...connection, ...more }
    await ask('PUT', `/accounts/${ACCOUNT}`, connection)
    await ask('PUT', '/clock', { at: new Date(clock.now).toISOString() })
  }
  return {
    clock,
    runtime: running,
    admin,
    corebankSecret,
    ask,
    connect: (crm, webhookSecret, more) => set({ crm, webhookSecret, ...more }),
    set,
    restart: async (signal) => {
      await runtime.stop(signal)
      runtime = await startRuntime({ ...full, port })
    },
    facts: (events) => {
      const body = events.map(lineOf).join('\n')
      const id = `msg_${randomBytes(8).toString('hex')}`
      return fetch(`${runtime.url}/hooks/corebank/${ACCOUNT}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(clock.now / 1000)),
          'webhook-signature': signer.sign(id, new Date(clock.now), body),
        },
        body,
      })
    },
    close: async () => {
      await runtime.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ladder beside its CRM. */
export const worldOf = (ladder: Ladder, site: Site): World => {
  const { clock, admin, ask, corebankSecret } = ladder
  const { driver: crm } = site
  const tell = () => ask('PUT', '/clock', { at: new Date(clock.now).toISOString() })
  /** All that is due now happens, until a round brings no webhook any more; when something is due next. */
  const settle = async (): Promise<number | null> => {
    for (;;) {
      const before = crm.webhooks().all
      await site.flush()
      const { next } = await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(clock.now).toISOString() })
      await site.flush()
      const due = typeof next === 'string' ? Date.parse(next) : null
      if (crm.webhooks().all === before && (due === null || due > clock.now)) return due
    }
  }
  const advance = async (to: number): Promise<void> => {
    for (let due = await settle(); due !== null && due <= to; due = await settle()) {
      clock.now = Math.max(clock.now + 1, due)
      await tell()
    }
    clock.now = Math.max(clock.now, to)
    await tell()
    await settle()
  }
  return {
    crm,
    ladder: ladder.runtime,
    admin,
    corebankSecret,
    now: () => clock.now,
    advance,
    quiet: () => advance(clock.now),
    deliver: site.flush,
    set: ladder.set,
    sweep: async ({ ids = false } = {}) => {
      await ask('POST', `/accounts/${ACCOUNT}/sweep`, { ids })
      await advance(clock.now)
    },
    status: async () => {
      const body = await ask('GET', `/accounts/${ACCOUNT}/status`)
      return { ...body, counters: body.counters as Record<string, number> }
    },
    explain: async (record) => {
      const answer = await admin.call('GET', `/accounts/${ACCOUNT}/explain?record=${record}`)
      return answer.ok ? (answer.body as { ref: string; state: SubjectState }) : null
    },
    facts: ladder.facts,
    restartLadder: ladder.restart,
    close: async () => {
      await ladder.close()
      await site.close()
    },
  }
}
