import { build } from 'esbuild'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../../twenty/inside/kinds.ts'
import { rows } from '../../twenty/inside/testing.ts'
import { cardFiles } from '../cards.ts'
import { ladderAt } from './ladder.ts'

/*
 * The project's own scripts, as HubSpot gets them, in the vendor's testing library. HubSpot runs React 18, this repository has
 * 19 beside it: so scripts and library are put together with the library's own React.
 */

const wish = {
  publicUrl: 'https://ladder.bank.example',
  account: 'bank',
  carrier: 'custom' as const,
  oauth: false,
  genericWebhooks: false,
  objectCards: false,
  marketingEvents: false,
}
const URL = 'https://ladder.bank.example/cards/hubspot/bank'

type Node = { props: Record<string, unknown>; text: string; trigger(event: string, ...given: unknown[]): void }
interface Renderer {
  render(node: unknown): void
  findAll(component: unknown, matcher?: unknown): Node[]
  getRootNode(): { text: string | null; toString(): string }
  waitFor(check: () => void, options?: { timeoutInMs: number }): Promise<void>
}
interface Kit {
  createRenderer(location: string): Renderer
  ui: Record<'Button' | 'Checkbox' | 'StatusTag' | 'StepIndicator' | 'Input' | 'Alert' | 'Text' | 'DateInput', unknown>
  hubspot: { extend: unknown; fetch: unknown }
}

let dir: string
let kit: Kit
/** What the script of a page registered with HubSpot. */
const extended: Partial<Record<'card' | 'settings', (api: { context: object }) => unknown>> = {}
/** Calls of `hubspot.fetch`, and what is answered. */
const asked: { url: string; body: Row }[] = []
let answer: (body: Row) => { status?: number; body: Row } | Error = () => ({ body: {} })

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ladder-cards-'))
  const require = createRequire(import.meta.url)
  const library = createRequire(require.resolve('@hubspot/ui-extensions'))
  const react = path.dirname(library.resolve('react'))
  const files = new Map(cardFiles(wish))
  const sources = { card: 'app/cards/LadderCard.jsx', settings: 'app/settings/LadderSettings.jsx' }
  for (const [page, file] of Object.entries(sources))
    await writeFile(path.join(dir, `${page}.js`), files.get(file) ?? '')
  const contents = `
    import * as ui from '@hubspot/ui-extensions'
    import { createRenderer } from '@hubspot/ui-extensions/testing'
    export { createRenderer, ui }
    export const { hubspot } = ui
    export const load = { card: () => import(${JSON.stringify(path.join(dir, 'card.js'))}),
      settings: () => import(${JSON.stringify(path.join(dir, 'settings.js'))}) }`
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: path.join(dir, 'kit.mjs'),
    nodePaths: [path.join(path.dirname(require.resolve('@hubspot/ui-extensions')), '..', '..', '..')],
    alias: { react },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'silent',
  })
  const loaded = (await import(pathToFileURL(path.join(dir, 'kit.mjs')).href)) as Kit & {
    load: Record<'card' | 'settings', () => Promise<unknown>>
  }
  kit = loaded
  for (const page of ['card', 'settings'] as const) {
    kit.hubspot.extend = (render: (api: { context: object }) => unknown) => (extended[page] = render)
    await loaded.load[page]()
  }
  kit.hubspot.fetch = (url: string, { body }: { body: Row }) => {
    asked.push({ url, body })
    const given = answer(body)
    if (given instanceof Error) return Promise.reject(given)
    return Promise.resolve(new Response(JSON.stringify(given.body), { status: given.status ?? 200 }))
  }
})
afterAll(() => rm(dir, { recursive: true }))

const context = (locale = 'en-us') => ({
  user: { id: 1, email: 'rm@bank.example', locale },
  portal: { id: 62515, timezone: 'Asia/Shanghai' },
  crm: { objectId: 7, objectTypeId: '0-2' },
  location: 'crm.record.tab',
})

const open = async (page: 'card' | 'settings', seen: RegExp, locale?: string): Promise<Renderer> => {
  asked.length = 0
  const renderer = kit.createRenderer(page === 'card' ? 'crm.record.tab' : 'settings')
  renderer.render(extended[page]?.({ context: context(locale) }))
  await renderer.waitFor(() => expect(renderer.getRootNode().toString()).toMatch(seen))
  return renderer
}
const textsOf = (renderer: Renderer, component: unknown): string[] =>
  renderer.findAll(component).map(({ text }) => text)
const button = (renderer: Renderer, text: string): Node => {
  const found = renderer.findAll(kit.ui.Button).find((one) => one.text === text)
  if (!found) throw new Error(`no button ${text}`)
  return found
}
const done = { body: { outputFields: { outcome: 'DONE', reason: '', hs_execution_state: 'SUCCESS' } } }
const page = (body: Row): { body: Row } => ('do' in body ? done : { body: { rows: rows() } })
const deeds = () => asked.filter(({ body }) => 'do' in body).map(({ body }) => body['do'] as Row)

describe('the Ladder card inside HubSpot', () => {
  it('DEV-A, TIER-CORP, ESC-LADDER, CAMP: shows stages with what is missing, tier, contact, escalations and campaigns', async () => {
    answer = page
    const card = await open('card', /Gold/)
    expect(asked).toEqual([{ url: URL, body: { object: { objectType: '0-2', objectId: 7 } } }])
    const [steps] = card.findAll(kit.ui.StepIndicator)
    expect([(steps?.props['stepNames'] as string[]).length, steps?.props['currentStep']]).toEqual([12, 1])
    const texts = textsOf(card, kit.ui.Text)
    expect(texts).toEqual(
      expect.arrayContaining(['The list is not approved.', 'To do: list checked', 'Why: TIER_CORP-1']),
    )
    expect(texts.some((text) => text.includes('Salon'))).toBe(true)
    expect(textsOf(card, kit.ui.StatusTag)).toEqual(expect.arrayContaining(['Gold', 'Complaint · Open']))
    expect(card.findAll(kit.ui.Checkbox).map(({ props }) => props['checked'])).toEqual([true, false, false, false])
  })

  it('speaks Chinese to whom HubSpot does', async () => {
    answer = page
    const card = await open('card', /黄金/, 'zh-cn')
    expect(card.findAll(kit.ui.Button).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['登记联系', '计划拜访', '确认', '解决', '评级', '刷新']),
    )
  })

  it('DEV-A02: a tick is an action on the development, and what follows is read', async () => {
    answer = page
    const card = await open('card', /Gold/)
    card.findAll(kit.ui.Checkbox)[1]?.trigger('onChange', true, 'A02_SPLIT')
    await card.waitFor(() =>
      expect(textsOf(card, kit.ui.Alert).length + card.findAll(kit.ui.Alert).length).toBeGreaterThan(0),
    )
    await card.waitFor(() => expect(asked).toHaveLength(3))
    expect(deeds()).toEqual([
      {
        name: 'tick',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        inputs: { item: 'A02_SPLIT', done: 'true' },
        object: { objectType: 'ladder_development', objectId: 'd1' },
      },
    ])
    expect(card.findAll(kit.ui.Alert)[0]?.props).toMatchObject({ title: 'Ticked.', variant: 'success' })
  })

  it('TIER-CONTACT, ESC-LADDER: one click logs a contact, plans a visit, acknowledges and resolves', async () => {
    answer = page
    const card = await open('card', /Gold/)
    const click = async (text: string, count: number): Promise<void> => {
      button(card, text).trigger('onClick')
      await card.waitFor(() => expect(deeds()).toHaveLength(count))
      await card.waitFor(() => expect(button(card, 'Log contact').props['disabled']).toBe(false))
    }
    await click('Log contact', 1)
    card.findAll(kit.ui.DateInput)[0]?.trigger('onChange', { year: 2026, month: 11, date: 1 })
    await click('Plan visit', 2)
    await click('Acknowledge', 3)
    await click('Resolve', 4)
    expect(deeds()).toMatchObject([
      { name: 'log-contact', inputs: { form: 'CALL', record: '' } },
      { name: 'visit-plan', inputs: { plannedAt: '2026-12-01T02:00:00.000Z' } },
      { name: 'acknowledge', inputs: { escalation: 'e2' } },
      { name: 'resolve', inputs: { escalation: 'e2', resolution: '' } },
    ])
  })

  it('TIER-CORP: one click rates the customer, also from a record of its development', async () => {
    answer = page
    const card = await open('card', /Gold/)
    button(card, 'Rate').trigger('onClick')
    await card.waitFor(() => expect(card.findAll(kit.ui.Alert)[0]?.props).toMatchObject({ title: 'Rated.' }))
    expect(deeds()).toMatchObject([
      { name: 'rate', inputs: {}, object: { objectType: '0-2', objectId: rows().customer?.['id'] } },
    ])
  })

  it('says what Ladder refused, and that it can’t be reached, and reads again when asked', async () => {
    answer = () => new Error('HubSpot timed out')
    const card = await open('card', /timed out/)
    answer = (body) =>
      'do' in body
        ? { body: { outputFields: { outcome: 'REFUSED', reason: 'The list is not approved.' } } }
        : { body: { rows: rows({ customer: undefined }) } }
    button(card, 'Read again').trigger('onClick')
    await card.waitFor(() => expect(card.findAll(kit.ui.StepIndicator)).toHaveLength(1))
    button(card, 'Next stage: Gather information').trigger('onClick')
    await card.waitFor(() =>
      expect(card.findAll(kit.ui.Alert)[0]?.props).toMatchObject({
        title: 'That did not work: The list is not approved.',
        variant: 'warning',
      }),
    )
  })
})

describe('the settings page inside HubSpot', () => {
  const health = {
    connected: true,
    fault: null,
    lastEventAt: null,
    customers: 12,
    waiting: 0,
    deadLetters: 0,
    callsLeft: 900,
    journal: 'on',
    playbook: 3,
    coveredUntil: '2026-12-31',
  }

  it('says that Ladder is connected and well, what it meets with, or that it can’t be reached', async () => {
    answer = () => ({ body: { health } })
    const well = await open('settings', /Connected/)
    expect(asked).toEqual([{ url: URL, body: {} }])
    expect(well.findAll(kit.ui.Alert)[0]?.props).toMatchObject({ title: 'Connected', variant: 'success' })
    answer = () => ({ body: { health: { ...health, fault: '401 from HubSpot' } } })
    await open('settings', /401 from HubSpot/)
    answer = () => ({ status: 401, body: { error: 'mismatch', message: 'the signature does not fit' } })
    await open('settings', /无法连接 Ladder：the signature does not fit/, 'zh')
  })
})

describe('a click', () => {
  it('has one id through all tries; one that isn’t ended yet is said to wait', async () => {
    const ids: unknown[] = []
    const turns: (Row | Error)[] = [new Error('cut'), { outputFields: { hs_execution_state: 'BLOCK' } }, done.body]
    const fetch = (_: string, { body }: { body: Row }): Promise<Response> => {
      ids.push((body['do'] as Row)['requestId'])
      const turn = turns.shift() ?? new Error('no more')
      return turn instanceof Error ? Promise.reject(turn) : Promise.resolve(Response.json(turn))
    }
    const ladder = ladderAt(URL, fetch, () => Promise.resolve())
    const record = { objectType: '0-2', objectId: 7 }
    expect(await ladder.act(record, 'rate', {})).toEqual({ outcome: 'DONE', reason: '' })
    expect(new Set(ids).size).toBe(1)
    turns.push(...Array.from({ length: 3 }, () => ({ outputFields: { hs_execution_state: 'BLOCK' } })))
    expect(await ladder.act(record, 'rate', {})).toEqual({ outcome: 'WAITS', reason: '' })
    await expect(ladder.act(record, 'rate', {})).rejects.toThrow('no more')
  })
})
