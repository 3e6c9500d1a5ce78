import { randomBytes } from 'node:crypto'
import { model } from '../../schemas/model/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { packTarball } from '../../plugin/install/twenty/tarball.ts'
import type { RuntimeWish } from '../../plugin/runtime/index.ts'
import { startTwentySandbox, type TwentySandbox, type TwentySandboxOptions } from '../../plugin/sandbox/twenty/index.ts'
import { twentyApp } from '../../plugin/twenty/app.ts'
import { toTwenty } from '../../worker/crm/twenty/records.ts'
import { recordsOf } from '../../worker/method/playbook/index.ts'
import { ACCOUNT, type Clock, startLadder, type World, worldOf } from './ladder.ts'
import { type Rest, restOf, twentyDriver } from './twenty-driver.ts'

/** A world whose CRM is Twenty, with what tests of Twenty alone need. */
export interface TwentyWorld extends World {
  twenty: TwentySandbox
  webhookSecret: string
  rest: Rest
  /** Records as REST lists them. */
  list(plural: string, filter?: string): Promise<Record<string, unknown>[]>
}

export interface TwentyWish {
  start: string
  shards?: number
  runtime?: Partial<RuntimeWish>
  twenty?: Partial<TwentySandboxOptions>
  /** A server that takes Ladder's objects as they come, or one that keeps Twenty's own limit. */
  callsPerMinute?: number
}

const objects = [...model.map((object) => object.name), 'taskTarget']

const must = async (response: Response): Promise<void> => {
  const body = (await response.json()) as Record<string, unknown>
  if (!response.ok || body.errors)
    throw new Error(`${response.url} ${response.status} ${JSON.stringify(body).slice(0, 600)}`)
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
export const twentyWorld = async (wish: TwentyWish): Promise<TwentyWorld> => {
  const { start, shards = 1, runtime, callsPerMinute = 100_000 } = wish
  const clock: Clock = { now: Date.parse(start) }
  // the stand-in's clock goes on a little with each look, so that no two changes share a time
  const twenty = await startTwentySandbox({ now: () => ++clock.now, rateLimit: null, ...wish.twenty })
  await installModel(twenty)
  const ladder = await startLadder(clock, runtime)
  const webhookSecret = randomBytes(16).toString('hex')
  const crm = { kind: 'twenty', url: twenty.url, token: twenty.apiKey } as const
  await ladder.connect(crm, webhookSecret, { shards, callsPerMinute })
  const rest = restOf(twenty)
  await rest('POST', 'webhooks', {
    targetUrl: `${ladder.runtime.url}/hooks/twenty/${ACCOUNT}`,
    operations: objects.map((name) => `${name}.*`),
    secret: webhookSecret,
  })
  const driver = twentyDriver(twenty)
  const world = worldOf(ladder, { driver, flush: () => twenty.flushWebhooks(), close: () => twenty.close() })
  const list: TwentyWorld['list'] = async (plural, filter) => {
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
  }
  return { ...world, twenty, webhookSecret, rest, list }
}
