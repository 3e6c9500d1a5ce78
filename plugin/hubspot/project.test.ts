import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actions } from '../../schemas/actions/index.ts'
import { scopesFor } from '../install/hubspot/scopes.ts'
import { checkProject } from './check.ts'
import { MANIFEST, projectComponents, projectFiles, writeProject } from './generate.ts'
import type { ProjectWish } from './options.ts'
import type { Component } from './schema.ts'
import { appScopes } from './scopes.ts'

const wish: ProjectWish = {
  publicUrl: 'https://ladder.bank.example',
  account: 'bank',
  carrier: 'custom',
  oauth: false,
  genericWebhooks: false,
  objectCards: false,
  marketingEvents: false,
}
const deals: ProjectWish = { ...wish, carrier: 'deal' }

const of = <T extends Component['type']>(type: T, given: ProjectWish = wish) =>
  projectComponents(given).filter((one): one is Extract<Component, { type: T }> => one.type === type)

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ladder-project-'))
})
afterEach(() => rm(dir, { recursive: true }))

const APP = 'src/app/app-hsmeta.json'
const CARD = 'src/app/cards/card-hsmeta.json'
const SCRIPT = 'src/app/cards/LadderCard.jsx'
const PACKAGES = 'src/app/cards/package.json'
const RATE = 'src/app/workflow-actions/rate-hsmeta.json'

/** Messages of the check after a file was changed by hand. */
const messagesAfter = async (file: string, change: (text: string) => string): Promise<string[]> => {
  await writeProject(dir, projectFiles(wish))
  const text = await readFile(path.join(dir, file), 'utf8').catch(() => '')
  await mkdir(path.dirname(path.join(dir, file)), { recursive: true })
  await writeFile(path.join(dir, file), change(text))
  return (await checkProject(dir)).problems.map((problem) => `${problem.file}: ${problem.message}`)
}

describe('the developer project', () => {
  it.each([
    ['custom objects', wish],
    ['deals', deals],
    ['several accounts', { ...wish, oauth: true }],
    ['all webhooks', { ...wish, genericWebhooks: true, objectCards: true }],
    ['marketing events', { ...deals, marketingEvents: true, supportEmail: 'it@bank.example' }],
  ])('for %s is sound by its own check and HubSpot’s parser', async (_, given) => {
    expect(await writeProject(dir, projectFiles(given))).toMatchObject({ ok: true })
    const { problems, components } = await checkProject(dir)
    expect(problems).toEqual([])
    expect(components.length).toBe(projectComponents(given).length)
  })

  it('is the same for the same wish', () => {
    expect([...projectFiles(wish)]).toEqual([...projectFiles(wish)])
  })

  it('keeps every id for ever: workflows of banks name them', () => {
    expect(projectComponents(wish).map(({ uid }) => uid)).toEqual([
      'ladder_app',
      'ladder_webhooks',
      'ladder_card',
      'ladder_settings',
      'ladder_action_rate',
      'ladder_action_move',
      'ladder_action_visit_plan',
      'ladder_action_campaign',
      'ladder_action_raise',
      'ladder_action_acknowledge',
      'ladder_action_resolve',
      'ladder_action_pause',
      'ladder_action_snooze',
      'ladder_action_reassign',
      'ladder_action_log_contact',
      'ladder_action_tick',
      'ladder_action_note_occasion',
      'ladder_action_close_occasion',
      'ladder_action_note_event',
    ])
  })

  it('has every action, with every input and output labelled in both languages', () => {
    const made = of('workflow-action')
    expect(made.map(({ config }) => config.labels.en.actionName)).toEqual(
      actions.map(({ label }) => `${label.zh} ${label.en}`),
    )
    for (const { config } of made) {
      const { inputFieldLabels, outputFieldLabels } = config.labels.en
      for (const label of [...Object.values(inputFieldLabels), ...Object.values(outputFieldLabels)])
        expect(label).toMatch(/\p{Script=Han}.* [A-Za-z]/u)
    }
  })

  it('names the account in addresses, or leaves it to the portal that calls', () => {
    const urls = (given: ProjectWish) => [
      of('webhooks', given)[0]?.config.settings.targetUrl,
      of('workflow-action', given)[0]?.config.actionUrl,
    ]
    expect(urls(wish)).toEqual([
      'https://ladder.bank.example/hooks/hubspot/bank',
      'https://ladder.bank.example/actions/rate?account=bank',
    ])
    expect(urls({ ...wish, oauth: true })).toEqual([
      'https://ladder.bank.example/hooks/hubspot/app',
      'https://ladder.bank.example/actions/rate',
    ])
  })

  it('offers an action for deals where deals carry developments, and for all where custom objects do', () => {
    const move = (given: ProjectWish) =>
      of('workflow-action', given).find(({ uid }) => uid === 'ladder_action_move')?.config.objectTypes
    expect(move(deals)).toEqual(['DEAL'])
    expect(move(wish)).toBeUndefined()
    expect(of('workflow-action')[0]?.config.objectTypes).toEqual(['COMPANY', 'CONTACT'])
  })

  it('follows what HubSpot surely lets a project follow, and the rest when asked', () => {
    const types = (given: ProjectWish) => [
      ...new Set(of('webhooks', given)[0]?.config.subscriptions.crmObjects.map(({ objectType }) => objectType)),
    ]
    expect(types(wish)).toEqual(['company', 'contact'])
    expect(types(deals)).toEqual(['company', 'contact', 'deal'])
    expect(types({ ...deals, genericWebhooks: true })).toEqual(['company', 'contact', 'deal', '0-47', '0-27'])
    const stage = of('webhooks', deals)[0]?.config.subscriptions.crmObjects.find(
      ({ objectType, propertyName }) => objectType === 'deal' && propertyName === 'dealstage',
    )
    expect(stage).toMatchObject({ subscriptionType: 'object.propertyChange', active: true })
  })

  it('asks for the scopes of its calls and no other', () => {
    for (const carrier of ['custom', 'deal'] as const)
      expect(appScopes(carrier, false)).toEqual([...scopesFor(carrier), 'automation'].sort())
    expect(appScopes('deal', false).filter((scope) => scope.includes('custom'))).toEqual([])
    expect(appScopes('custom', true)).toContain('crm.objects.marketing_events.read')
  })
})

describe('writing it', () => {
  it('touches nothing that Ladder did not write, and then writes nothing at all', async () => {
    await writeFile(path.join(dir, 'README.md'), 'mine')
    expect(await writeProject(dir, projectFiles(wish))).toEqual({ ok: false, foreign: ['README.md'] })
    expect(await readFile(path.join(dir, 'README.md'), 'utf8')).toBe('mine')
    await expect(readFile(path.join(dir, 'hsproject.json'))).rejects.toThrow('ENOENT')
  })

  it('goes over its own files, but not over one that was changed since', async () => {
    await writeProject(dir, projectFiles(wish))
    expect(await writeProject(dir, projectFiles({ ...wish, account: 'other' }))).toMatchObject({ ok: true })
    await writeFile(path.join(dir, APP), '{}')
    expect(await writeProject(dir, projectFiles(wish))).toEqual({ ok: false, foreign: [APP] })
  })

  it('takes away what this Ladder has no more', async () => {
    const old = new Map([...projectFiles(wish), ['src/app/workflow-actions/dance-hsmeta.json', '{}']])
    await writeProject(dir, old)
    expect(await writeProject(dir, projectFiles(wish))).toMatchObject({
      removed: ['src/app/workflow-actions/dance-hsmeta.json'],
    })
    const kept = JSON.parse(await readFile(path.join(dir, MANIFEST), 'utf8')) as { files: object }
    expect(Object.keys(kept.files)).toEqual([...projectFiles(wish).keys()])
  })
})

describe('the check finds', () => {
  const put = (key: string, value: unknown) => (text: string) =>
    JSON.stringify({ ...(JSON.parse(text) as object), [key]: value })
  const config = (change: (config: Record<string, unknown>) => object) => (text: string) => {
    const whole = JSON.parse(text) as { config: Record<string, unknown> }
    return JSON.stringify({ ...whole, config: { ...whole.config, ...change(whole.config) } })
  }

  it.each([
    ['broken JSON, which HubSpot’s parser passes over', RATE, (text: string) => text.slice(1), /is not JSON/],
    ['a file that is empty', APP, () => '', /is not JSON/],
    ['an unknown type', RATE, put('type', 'workflow-akt'), /none of Ladder's components/],
    ['an unknown key', RATE, put('colour', 'red'), /[Uu]nrecognized key/],
    ['an unknown key inside', RATE, config(() => ({ published: true })), /[Uu]nrecognized key/],
    ['a missing uid', RATE, put('uid', undefined), /uid/],
    ['a uid of wrong characters', RATE, put('uid', 'rate it'), /letters, digits/],
    ['a uid that stands twice', RATE, put('uid', 'ladder_action_move'), /is that of/],
    ['a uid that isn’t the action’s', RATE, put('uid', 'rate'), /ladder_action_rate is the one/],
    [
      'an address without https',
      RATE,
      config(() => ({ actionUrl: 'http://ladder.bank.example/actions/rate' })),
      /https/,
    ],
    ['localhost', RATE, config(() => ({ actionUrl: 'https://localhost/actions/rate' })), /https/],
    ['another host', RATE, config(() => ({ actionUrl: 'https://evil.example/actions/rate' })), /another host/],
    [
      'an action that there is not',
      RATE,
      config(() => ({ actionUrl: 'https://ladder.bank.example/actions/x' })),
      /no action x/,
    ],
    ['outputs of another Ladder', RATE, config(() => ({ outputFields: [] })), /make the project anew|no field/],
    [
      'a wrong pair of type and field',
      RATE,
      (text: string) => text.replace('"textarea"', '"select"'),
      /can't show string/,
    ],
    ['a missing scope', APP, (text: string) => text.replace('"automation",', ''), /automation is missing/],
    [
      'a scope too many',
      APP,
      (text: string) => text.replace('"automation"', '"automation", "content"'),
      /used by no call/,
    ],
    [
      'a distribution that does not go with static',
      APP,
      (text: string) => text.replace('"private"', '"marketplace"'),
      /oauth/,
    ],
    ['a missing app', APP, put('type', 'webhooks'), /there is no app|belongs into/],
    [
      'a component in a wrong folder',
      'src/app/cards/rate-hsmeta.json',
      () => '{"type":"workflow-action"}',
      /belongs into/,
    ],
    ['a second app', 'src/app/other-hsmeta.json', () => '{"uid":"x","type":"app","config":{}}', /config/],
    ['an entrypoint that is missing', RATE, config(() => ({ entrypoint: '/app/x.tsx' })), /there is no \/app\/x.tsx/],
    [
      'a card on an object that HubSpot doesn’t name so',
      CARD,
      config(() => ({ objectTypes: ['2-123'] })),
      /p_ and a name/,
    ],
    ['a card whose script is missing', CARD, config(() => ({ entrypoint: '/app/cards/X.jsx' })), /there is no/],
    [
      'a script that asks another host',
      SCRIPT,
      (text: string) => text.replaceAll('ladder.bank', 'evil'),
      /permittedUrls/,
    ],
    ['packages of another React', PACKAGES, (text: string) => text.replace('18.3.1', '19.0.0'), /React 18/],
    ['no list of packages', PACKAGES, () => 'x', /is not JSON/],
    ['a file that nothing uses', 'src/app/notes.txt', () => 'x', /uses this file/],
    ['another platform', 'hsproject.json', put('platformVersion', '2025.2'), /platformVersion/],
    ['no project', 'hsproject.json', () => 'x', /is not JSON/],
  ])('%s', async (_, file, change: (text: string) => string, message) => {
    const messages = await messagesAfter(file, change)
    expect(messages.filter((one) => message.test(one))).not.toEqual([])
  })

  it('that HubSpot’s parser leaves a file out: the count differs', async () => {
    const messages = await messagesAfter(RATE, (text) => text.slice(1))
    expect(messages.some((one) => /HubSpot's parser/.test(one))).toBe(true)
  })
})
