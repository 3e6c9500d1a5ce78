import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { model } from '../../schemas/model/index.ts'
import { Admin } from '../../plugin/cli/admin.ts'
import { type Runtime, type RuntimeWish, startRuntime } from '../../plugin/runtime/index.ts'
import { startTwentySandbox, type TwentySandbox, type TwentySandboxOptions } from '../../plugin/sandbox/twenty/index.ts'
import { packTarball } from '../../plugin/install/twenty/tarball.ts'
import { twentyApp } from '../../plugin/twenty/app.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { recordsOf } from '../../worker/method/playbook/index.ts'
import { toTwenty } from '../../worker/crm/twenty/records.ts'

export const ACCOUNT = 'bank'
const objects = [...model.map((object) => object.name), 'taskTarget']

/** A Twenty stand-in with Ladder's schema and method records, and Ladder on workerd connected to it, on one held clock. */
export interface World {
  twenty: TwentySandbox
  ladder: Runtime
  admin: Admin
  corebankSecret: string
  webhookSecret: string
  now(): number
  /** Moves both clocks, stopping wherever something falls due, until all is quiet at `to`. */
  advance(to: number): Promise<void>
  /** Lets webhooks arrive and all that follows happen, at the present instant. */
  quiet(): Promise<void>
  rest<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>
  list(plural: string, filter?: string): Promise<Record<string, unknown>[]>
  facts(events: FactWish[]): Promise<Response>
  restartLadder(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

export interface FactWish {
  id: string
  type: string
  customer: string
  at: number
  data: Record<string, unknown>
}

export interface WorldWish {
  start: string
  shards?: number
  runtime?: Partial<RuntimeWish>
  twenty?: Partial<TwentySandboxOptions>
  /** A server that takes Ladder's objects as they come, or one that keeps Twenty's own limit. */
  callsPerMinute?: number
}

const must = async (response: Response): Promise<Record<string, unknown>> => {
  const body = (await response.json()) as Record<string, unknown>
  if (!response.ok || body.errors)
    throw new Error(`${response.url} ${response.status} ${JSON.stringify(body).slice(0, 600)}`)
  return body
}

/** Puts Ladder's schema into a stand-in by the calls that the vendor's tool makes, and the default playbook's records. */
export const installModel = async (twenty: TwentySandbox): Promise<void> => {
  const authorization = `Bearer ${twenty.apiKey}`
  const headers = { authorization, 'content-type': 'application/json' }
  const manifest = twentyApp()
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
  const files = new Map([
    ['manifest.json', json(manifest)],
    ['package.json', json({ name: 'ladder', version: '1.0.0' })],
  ])
  const form = new FormData()
  const upload =
    'mutation UploadAppTarball($file: Upload!, $universalIdentifier: String) { uploadAppTarball(file: $file, universalIdentifier: $universalIdentifier) { id } }'
  form.set('operations', JSON.stringify({ query: upload, variables: { file: null, universalIdentifier: null } }))
  form.set('map', JSON.stringify({ '0': ['variables.file'] }))
  form.set('0', new Blob([packTarball(files)], { type: 'application/gzip' }), 'app.tar.gz')
  await must(await fetch(`${twenty.url}/metadata`, { method: 'POST', headers: { authorization }, body: form }))
  const query =
    'mutation InstallApplication($universalIdentifier: String!) { installApplication(universalIdentifier: $universalIdentifier) { id } }'
  const variables = { universalIdentifier: manifest.application.universalIdentifier }
  await must(
    await fetch(`${twenty.url}/metadata`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) }),
  )
  const byObject = Map.groupBy(recordsOf(defaultPlaybook), (record) => record.object)
  for (const [object, records] of byObject) {
    const plural = model.find((one) => one.name === object)?.plural ?? object
    const rows = await Promise.all(
      records.map(async ({ key, fields }) => ({
        ...(await toTwenty(object, { ...fields, state: 'ACTIVE' })),
        ladderKey: key,
      })),
    )
    await must(
      await fetch(`${twenty.url}/rest/batch/${plural}`, { method: 'POST', headers, body: JSON.stringify(rows) }),
    )
  }
}

/** Builds the whole world at an instant. */
export const world = async ({
  start,
  shards = 1,
  runtime = {},
  twenty: options = {},
  callsPerMinute = 100_000,
}: WorldWish): Promise<World> => {
  // the stand-in's clock goes on a little with each look, so that no two changes share a time
  let now = Date.parse(start)
  const twenty = await startTwentySandbox({ now: () => ++now, rateLimit: null, ...options })
  await installModel(twenty)
  const folder = mkdtempSync(join(tmpdir(), 'ladder-'))
  const wish: RuntimeWish = { folder, manualClock: true, ...runtime }
  let ladder = await startRuntime(wish)
  const port = Number(new URL(ladder.url).port)
  const webhookSecret = randomBytes(16).toString('hex')
  const corebankSecret = `whsec_${randomBytes(24).toString('base64')}`
  const signer = new Webhook(corebankSecret)
  const admin = new Admin(ladder.url, ladder.keys.adminToken)
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  const rest = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await must(
      await fetch(`${twenty.url}/rest/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${twenty.apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )) as T
  const connect = () =>
    ask('PUT', `/accounts/${ACCOUNT}`, {
      crm: { kind: 'twenty', url: twenty.url, token: twenty.apiKey },
      webhookSecret,
      corebankSecret,
      shards,
      callsPerMinute,
      joinMs: 0,
    })
  await connect()
  await ask('PUT', '/clock', { at: new Date(now).toISOString() })
  await rest('POST', 'webhooks', {
    targetUrl: `${ladder.url}/hooks/twenty/${ACCOUNT}`,
    operations: objects.map((name) => `${name}.*`),
    secret: webhookSecret,
  })

  const settle = async (): Promise<number | null> => {
    for (;;) {
      await twenty.flushWebhooks()
      const { next } = await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(now).toISOString() })
      await twenty.flushWebhooks()
      const again = await ask('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(now).toISOString() })
      const due = typeof again.next === 'string' ? Date.parse(again.next) : null
      if (next === again.next || due === null || due > now) return due
    }
  }
  const advance = async (to: number): Promise<void> => {
    for (let due = await settle(); due !== null && due <= to; due = await settle()) {
      now = Math.max(now + 1, due)
      await ask('PUT', '/clock', { at: new Date(now).toISOString() })
    }
    now = Math.max(now, to)
    await ask('PUT', '/clock', { at: new Date(now).toISOString() })
    await settle()
  }
  return {
    twenty,
    get ladder() {
      return ladder
    },
    admin,
    corebankSecret,
    webhookSecret,
    now: () => now,
    advance,
    quiet: () => advance(now),
    rest,
    list: async (plural, filter) => {
      const rows: Record<string, unknown>[] = []
      for (let after: string | undefined; ;) {
        const query = new URLSearchParams({
          limit: '200',
          ...(filter ? { filter } : {}),
          ...(after ? { starting_after: after } : {}),
        })
        const page = await rest<{
          data: Record<string, Record<string, unknown>[]>
          pageInfo: { hasNextPage: boolean; endCursor: string }
        }>('GET', `${plural}?${query}`)
        rows.push(...(page.data[plural] ?? []))
        if (!page.pageInfo.hasNextPage) return rows
        after = page.pageInfo.endCursor
      }
    },
    facts: (events) => {
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
      const sent = new Date(now)
      return fetch(`${ladder.url}/hooks/corebank/${ACCOUNT}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now / 1000)),
          'webhook-signature': signer.sign(id, sent, body),
        },
        body,
      })
    },
    restartLadder: async (signal) => {
      await ladder.stop(signal)
      ladder = await startRuntime({ ...wish, port })
    },
    close: async () => {
      await ladder.stop()
      await twenty.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
