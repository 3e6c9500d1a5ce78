import type { Scripts } from '../../plugin/runtime/bundle.ts'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { Admin, type Answer } from '../../plugin/cli/admin.ts'
import { appScopes } from '../../plugin/hubspot/scopes.ts'
import { type Runtime, type RuntimeWish, startRuntime } from '../../plugin/runtime/index.ts'
import { type HubspotSandbox, startHubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { HubspotLayout } from '../../worker/crm/hubspot/layout.ts'
import { layOut } from '../contract/hubspot.setup.ts'

type Body = Record<string, unknown>

export const PORTALS = [1001, 1002] as const
export type PortalId = (typeof PORTALS)[number]
export const accountOf = (portal: PortalId): string => `hs-${portal}`

/** A page that the person at the browser sees. */
export interface Page {
  status: number
  text: string
}

/** Two accounts of HubSpot with one app, and one Ladder that both use, on one held clock. */
export interface OauthWorld {
  hubspot: HubspotSandbox
  url: string
  admin: Admin
  layouts: Record<PortalId, HubspotLayout>
  now(): number
  ask(method: string, path: string, body?: unknown): Promise<Body>
  tell(method: string, path: string, body?: unknown): Promise<Answer>
  /** A link for the admin of one account, or for any. */
  link(portalId?: number): Promise<URL>
  /** Where HubSpot sends the admin back to who opens the link and agrees. */
  agree(link: URL): Promise<URL>
  open(address: URL, method?: string): Promise<Page>
  /** Link, consent and return, all in order. */
  consent(portal: PortalId): Promise<Page>
  /** Tells Ladder where the model lies, as the installer does, without a token. */
  layOut(portal: PortalId, more?: Body): Promise<Answer>
  status(portal: PortalId): Promise<Body>
  counters(portal: PortalId): Promise<Record<string, number>>
  /** Moves the clock at once, whatever falls due between. */
  leap(ms: number): Promise<void>
  /** Sweeps all connected accounts at once, and lets all that follows happen. */
  quiet(): Promise<void>
  facts(portal: PortalId, customer: string, yuan: number): Promise<void>
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Runs the command as an admin does, with a token of the installer's own for an account. */
  command(args: string[], portal?: PortalId): Promise<{ code: number | null; out: string }>
  /** Calls of OAuth for accounts that the stand-in got, by their last word and status; those of the app itself left out. */
  tokenCalls(): string[]
  /** Ends everything; gives the tokens that HubSpot gave, what Ladder keeps on disk, and what it wrote into its log. */
  close(): Promise<{ secrets: string[]; disk: string; log: string }>
}

const textsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))

export const oauthWorld = async (wish: { worker: Scripts; rotateTokens?: boolean }): Promise<OauthWorld> => {
  let now = Date.parse('2026-09-07T02:00:00.000Z') // a Monday, 10:00 in Shanghai
  let facts = 0
  const log: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'ladder-'))
  const aside = mkdtempSync(join(tmpdir(), 'hubspot-'))
  const kept = join(aside, 'hubspot.json')
  const hubspot = await startHubspotSandbox({
    now: () => now,
    rateLimit: null,
    edition: 'professional',
    portalId: PORTALS[0],
    portals: [{ portalId: PORTALS[1], edition: 'professional' }],
    rotateTokens: wish.rotateTokens ?? false,
    persistTo: kept,
  })
  const second = { ...hubspot, portalId: PORTALS[1], token: hubspot.addToken({ portalId: PORTALS[1] }) }
  const layouts = { 1001: await layOut(hubspot, 'deal'), 1002: await layOut(second, 'deal') }
  hubspot.calls.clear()
  const runtime: RuntimeWish = {
    folder,
    manualClock: true,
    worker: wish.worker,
    onLog: (line) => log.push(line),
    hubspotApp: {
      LADDER_HUBSPOT_CLIENT_ID: hubspot.clientId,
      LADDER_HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      LADDER_HUBSPOT_APP_URL: hubspot.url,
      LADDER_HUBSPOT_API_URL: hubspot.url,
    },
  }
  let ladder: Runtime = await startRuntime(runtime)
  const port = Number(new URL(ladder.url).port)
  const admin = new Admin(ladder.url, ladder.keys.adminToken)
  const corebank = Object.fromEntries(PORTALS.map((portal) => [portal, `whsec_${randomBytes(24).toString('base64')}`]))
  const ask = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await admin.call(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.message}`)
    return answer.body
  }
  const tick = () => ask('PUT', '/clock', { at: new Date(now).toISOString() })
  const connected = async (): Promise<string[]> => {
    const { accounts } = await ask('GET', '/accounts')
    const states = (accounts as string[]).map((name) => ask('GET', `/accounts/${name}`))
    return (await Promise.all(states)).filter((one) => one.connected === true).map((one) => String(one.account))
  }
  const world: OauthWorld = {
    hubspot,
    url: ladder.url,
    admin,
    layouts,
    now: () => now,
    ask,
    tell: (method, path, body) => admin.call(method, path, body),
    link: async (portalId) => {
      const scopes = appScopes('deal', false)
      const { url } = await ask('POST', '/oauth/hubspot', { scopes, ...(portalId ? { portalId } : {}) })
      return new URL(String(url))
    },
    agree: async (link) => {
      const answer = await fetch(link, { redirect: 'manual' })
      return new URL(answer.headers.get('location') ?? `none:${answer.status}`)
    },
    open: async (address, method = 'GET') => {
      const answer = await fetch(address, { method })
      return { status: answer.status, text: await answer.text() }
    },
    consent: async (portal) => world.open(await world.agree(await world.link(portal))),
    layOut: (portal, more = {}) =>
      admin.call('PUT', `/accounts/${accountOf(portal)}`, {
        crm: { kind: 'hubspot', url: hubspot.url, layout: layouts[portal] },
        corebankSecret: corebank[portal],
        playbook: defaultPlaybook,
        joinMs: 0,
        callsPerMinute: 100_000,
        ...more,
      }),
    status: (portal) => ask('GET', `/accounts/${accountOf(portal)}/status`),
    counters: async (portal) => (await world.status(portal)).counters as Record<string, number>,
    leap: async (ms) => {
      now += ms
      await tick()
    },
    quiet: async () => {
      const accounts = await connected()
      for (let round = 0; round < 3; round++) {
        await hubspot.flushWebhooks()
        await Promise.all(accounts.map((account) => ask('POST', `/accounts/${account}/sweep`, {})))
        const until = new Date(now).toISOString()
        await Promise.all(accounts.map((account) => ask('POST', `/accounts/${account}/settle`, { until })))
      }
    },
    facts: async (portal, customer, yuan) => {
      const id = `f${++facts}`
      const data = { amount: `${yuan}.00` }
      const time = new Date(now).toISOString()
      const body = JSON.stringify({
        specversion: '1.0',
        id,
        source: 'core',
        type: 'balance.changed',
        subject: customer,
        time,
        data,
      })
      const answer = await fetch(`${ladder.url}/hooks/corebank/${accountOf(portal)}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now / 1000)),
          'webhook-signature': new Webhook(corebank[portal] ?? '').sign(id, new Date(now), body),
        },
        body,
      })
      if (!answer.ok) throw new Error(`facts: ${answer.status} ${await answer.text()}`)
    },
    restart: async (signal) => {
      await ladder.stop(signal)
      ladder = await startRuntime({ ...runtime, port })
    },
    command: (args, portal = PORTALS[0]) =>
      new Promise((done) => {
        const script = join(import.meta.dirname, '../../plugin/cli/ladder.mjs')
        const child = spawn(process.execPath, [script, ...args], {
          cwd: aside,
          env: {
            PATH: process.env.PATH,
            HOME: aside,
            LADDER_URL: ladder.url,
            LADDER_ADMIN_TOKEN: ladder.keys.adminToken,
            KEY: portal === PORTALS[0] ? hubspot.token : second.token,
          },
        })
        let out = ''
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()))
        child.on('close', (code) => done({ code, out }))
      }),
    tokenCalls: () =>
      hubspot.calls.list
        .filter(({ path, grant }) => path.startsWith('/oauth/2026-09/') && grant !== 'client_credentials')
        .map(({ path, status }) => `${path.split('/').at(-1)} ${status}`),
    close: async () => {
      await ladder.stop()
      const disk = textsIn(folder).join('\n')
      await hubspot.close()
      const { tokens } = JSON.parse(readFileSync(kept, 'utf8')) as {
        tokens: { token: string; kind: 'static' | 'access' | 'refresh' }[]
      }
      for (const one of [folder, aside]) rmSync(one, { recursive: true, force: true })
      const given = tokens.filter(({ kind }) => kind !== 'static').map(({ token }) => token)
      return { secrets: [...given, hubspot.clientSecret], disk, log: log.join('\n') }
    },
  }
  await tick()
  return world
}

/** A company in one account; ids are the same in both. */
export const company = (bank: OauthWorld, portal: PortalId, customer: string): string =>
  bank.hubspot.storeOf(portal).create('companies', { name: `${portal} ${customer}`, ladder_customer_no: customer }).id

/** What a company's record shows. */
export const shown = (bank: OauthWorld, portal: PortalId, id: string): Record<string, unknown> =>
  bank.hubspot.storeOf(portal).get('companies', id)?.properties ?? {}
