import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { Admin } from '../../plugin/cli/admin.ts'
import { type Runtime, type RuntimeWish, startRuntime } from '../../plugin/runtime/index.ts'
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
} from '../../plugin/sandbox/hubspot/index.ts'
import { type Carrier, type HubspotLayout, pathOf } from '../../worker/crm/hubspot/layout.ts'
import { layOut } from '../contract/hubspot.setup.ts'
import { ACCOUNT, type FactWish } from './harness.ts'

type Body = Record<string, unknown>
type Shown = ReturnType<HubspotSandbox['store']['list']>[number]

/**
 * A HubSpot stand-in with Ladder's model, and Ladder on workerd connected to it, on one held clock. Changes are swept; where
 * the stand-in's webhooks are set to `hook`, they are told of.
 */
export interface HubspotWorld {
  hubspot: HubspotSandbox
  admin: Admin
  /** Where this account's webhooks go. */
  hook: string
  restartLadder(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  layout: HubspotLayout
  now(): number
  /** Moves both clocks, stopping wherever something falls due, until all is quiet at `to`. */
  advance(to: number): Promise<void>
  /** Reads what people changed, and lets all that follows happen. */
  sweep(): Promise<void>
  status(): Promise<Body>
  /** Records of a neutral object that aren't in the bin. */
  list(object: string): Shown[]
  facts(events: FactWish[]): Promise<void>
  close(): Promise<void>
}

export interface HubspotWorldWish {
  start: string
  carrier: Carrier
  shards?: number
  runtime?: Partial<RuntimeWish>
  hubspot?: Partial<HubspotSandboxOptions>
  /** Limits that the admin sets; generous when not said, HubSpot's own with null. */
  callsPerMinute?: number | null
  dailyLimit?: number
  marketingEvents?: boolean
}

export const hubspotWorld = async (wish: HubspotWorldWish): Promise<HubspotWorld> => {
  const { carrier, shards = 1, callsPerMinute = 100_000, dailyLimit } = wish
  let now = Date.parse(wish.start)
  const edition = carrier === 'custom' ? 'enterprise' : 'professional'
  // what is read of the clock doesn't move it here: limits are counted in real instants of the test
  let ticks = 0
  const hubspot = await startHubspotSandbox({
    now: () => now + (ticks++ % 1000) / 1000,
    edition,
    rateLimit: null,
    ...wish.hubspot,
  })
  const layout = { ...(await layOut(hubspot, carrier)), marketingEvents: wish.marketingEvents ?? false }
  const folder = mkdtempSync(join(tmpdir(), 'ladder-'))
  const runtime: RuntimeWish = { folder, manualClock: true, ...wish.runtime }
  let ladder: Runtime = await startRuntime(runtime)
  const port = Number(new URL(ladder.url).port)
  const corebankSecret = `whsec_${randomBytes(24).toString('base64')}`
  const signer = new Webhook(corebankSecret)
  const admin = new Admin(ladder.url, ladder.keys.adminToken)
  const ask = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  const tell = () => ask('PUT', '/clock', { at: new Date(now).toISOString() })
  await tell().catch(() => undefined)
  await ask('PUT', `/accounts/${ACCOUNT}`, {
    crm: { kind: 'hubspot', url: hubspot.url, token: hubspot.token, layout },
    webhookSecret: hubspot.clientSecret,
    corebankSecret,
    shards,
    joinMs: 0,
    ...(callsPerMinute === null ? {} : { callsPerMinute }),
    ...(dailyLimit === undefined ? {} : { dailyLimit }),
  })
  await tell()
  const settle = async (): Promise<number | null> => {
    for (;;) {
      await hubspot.flushWebhooks()
      const { next } = await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(now).toISOString() })
      const due = typeof next === 'string' ? Date.parse(next) : null
      if ((due === null || due > now) && hubspot.pendingEvents() === 0) return due
    }
  }
  const advance = async (to: number): Promise<void> => {
    for (let due = await settle(); due !== null && due <= to; due = await settle()) {
      now = Math.max(now + 1, due)
      await tell()
    }
    now = Math.max(now, to)
    await tell()
    await settle()
  }
  return {
    hubspot,
    admin,
    hook: `${ladder.url}/hooks/hubspot/${ACCOUNT}`,
    restartLadder: async (signal) => {
      await ladder.stop(signal)
      ladder = await startRuntime({ ...runtime, port })
    },
    layout,
    now: () => now,
    advance,
    sweep: async () => {
      await ask('POST', `/accounts/${ACCOUNT}/sweep`, {})
      await advance(now)
    },
    status: async () => ask('GET', `/accounts/${ACCOUNT}/status`),
    list: (object) => hubspot.store.list(pathOf(layout, object) ?? object),
    facts: async (events) => {
      const body = events
        .map(({ id, type, customer, at, data }) =>
          JSON.stringify({
            specversion: '1.0',
            id,
            source: 'core',
            type,
            subject: customer,
            time: new Date(at).toISOString(),
            data,
          }),
        )
        .join('\n')
      const id = `msg_${randomBytes(8).toString('hex')}`
      const response = await fetch(`${ladder.url}/hooks/corebank/${ACCOUNT}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now / 1000)),
          'webhook-signature': signer.sign(id, new Date(now), body),
        },
        body,
      })
      if (response.status !== 202) throw new Error(`facts: ${response.status} ${await response.text()}`)
    },
    close: async () => {
      await ladder.stop()
      await hubspot.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
