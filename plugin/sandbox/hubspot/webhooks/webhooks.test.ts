import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HubspotSandbox, HubspotSandboxOptions, Subscription, WebhookEvent } from '../index.ts'
import { call, Sandboxes } from '../testing.ts'
import { signatureHeaders, signedUri } from './signature.ts'

const open = new Sandboxes()
const PUBLIC = 'https://ladder.example/hooks/hubspot/a%3Ab'
let receiver: Server
let received: { headers: IncomingHttpHeaders; raw: string; events: WebhookEvent[] }[]
let deliverTo: string
let answer: number

beforeEach(async () => {
  received = []
  answer = 200
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ headers: request.headers, raw, events: JSON.parse(raw) as WebhookEvent[] })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  deliverTo = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
})

afterEach(async () => {
  await open.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

function start(subscriptions: Subscription[], options: HubspotSandboxOptions = {}, more = {}): Promise<HubspotSandbox> {
  const webhooks = { targetUrl: PUBLIC, deliverTo, subscriptions, mode: 'hold' as const, ...more }
  return open.start({ webhooks, ...options })
}

const CREATED: Subscription = { subscriptionType: 'object.creation', objectType: 'company' }
const ALL: Subscription[] = [
  CREATED,
  { subscriptionType: 'object.propertyChange', objectType: '0-2', propertyName: 'name' },
  { subscriptionType: 'object.deletion', objectType: 'companies' },
  { subscriptionType: 'object.restore', objectType: 'company' },
  { subscriptionType: 'object.merge', objectType: 'company' },
  { subscriptionType: 'company.associationChange' },
  { subscriptionType: 'contact.privacyDeletion' },
]

describe('events', () => {
  it('tell of what a person does, each with the keys of its kind', async () => {
    const hubspot = await start(ALL, { now: () => 1_800_000_000_000 })
    const { store } = hubspot
    const [one, two] = ['one', 'two'].map((name) => store.create('companies', { name }).id)
    const contact = store.create('contacts', { email: 'a@bank.example' }).id
    store.link('contacts', contact, 'companies', String(one))
    store.archive('companies', String(one))
    store.restore('companies', String(one))
    store.merge('companies', String(one), String(two))
    store.forget(contact)
    await hubspot.flushWebhooks()
    const events = received.flatMap((delivery) => delivery.events)
    const of = (type: string): WebhookEvent[] => events.filter(({ subscriptionType }) => subscriptionType === type)
    const base = {
      portalId: 62515,
      appId: 54321,
      attemptNumber: 0,
      occurredAt: 1_800_000_000_000,
      changeSource: 'CRM_UI',
    }
    expect(of('object.creation')[0]).toMatchObject({
      ...base,
      objectTypeId: '0-2',
      objectId: Number(one),
      changeFlag: 'NEW',
    })
    expect(of('object.propertyChange')[0]).toMatchObject({
      propertyName: 'name',
      propertyValue: 'one',
      isSensitive: false,
    })
    expect(of('object.deletion')).toHaveLength(2)
    expect(of('object.restore')).toHaveLength(1)
    expect(of('object.merge')).toMatchObject([
      { primaryObjectId: Number(one), mergedObjectIds: [Number(two)], newObjectId: Number(one) },
    ])
    const [linked] = of('company.associationChange')
    expect(linked).toMatchObject({
      associationType: 'COMPANY_TO_CONTACT',
      fromObjectId: Number(one),
      associationRemoved: false,
    })
    expect(linked).not.toHaveProperty('objectId')
    expect(of('contact.privacyDeletion')).toMatchObject([{ objectId: Number(contact) }])
  })

  it('come from tasks and custom objects only where the account sends them; the app’s own changes say so', async () => {
    const subscriptions = [{ subscriptionType: 'object.creation', objectType: 'task' }, CREATED]
    const quiet = await start(subscriptions)
    quiet.store.create('tasks', { hs_timestamp: '0' })
    expect(quiet.pendingEvents()).toBe(0)
    const loud = await start(subscriptions, {}, { activities: true })
    loud.store.create('tasks', { hs_timestamp: '0' })
    await call(loud, 'POST /crm/objects/2026-09/companies', { properties: {} })
    await loud.flushWebhooks()
    expect(received[0]?.events.map(({ changeSource }) => changeSource)).toEqual(['CRM_UI', 'INTEGRATION'])
  })

  it('need a property for changes of properties', async () => {
    const hubspot = await open.start()
    const subscriptions = [{ subscriptionType: 'contact.propertyChange' }]
    expect(() => {
      hubspot.setWebhooks({ targetUrl: PUBLIC, subscriptions })
    }).toThrow('propertyName')
  })
})

describe('deliveries', () => {
  it('hold at most 100 events and are signed in v1 and v3 over the public address', async () => {
    const hubspot = await start([CREATED], { now: () => 1_800_000_000_000, clientSecret: 's' })
    for (let at = 0; at < 150; at++) hubspot.store.create('companies', {})
    await hubspot.flushWebhooks()
    expect(received.map(({ events }) => events.length)).toEqual([100, 50])
    const [first] = received
    const uri = PUBLIC.replace('%3A', ':')
    const signed = { method: 'POST', uri, body: first?.raw ?? '', secret: 's', at: 1_800_000_000_000 }
    for (const [name, value] of Object.entries(signatureHeaders(['v1', 'v3'], signed))) {
      expect(first?.headers[name.toLowerCase()]).toBe(value)
    }
  })

  it('are tried eleven times in 24 hours, with the number of the try, and then given up', async () => {
    let now = 1_800_000_000_000
    const hubspot = await start([CREATED], { now: () => now })
    answer = 404
    hubspot.store.create('companies', {})
    await hubspot.flushWebhooks()
    await hubspot.flushWebhooks()
    expect(received).toHaveLength(1)
    for (let step = 0; step < 24 * 12; step++) {
      now += 300_000
      await hubspot.flushWebhooks()
    }
    expect(received.map(({ events }) => events[0]?.attemptNumber)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(hubspot.deliveries.at(-1)?.outcome).toBe('given up')
    expect(hubspot.pendingEvents()).toBe(0)
  })

  it('can be dropped, doubled and put in another order', async () => {
    const hubspot = await start([{ subscriptionType: 'contact.propertyChange', propertyName: 'firstname' }])
    hubspot.dropWebhooks((event) => event.propertyValue === 'lost')
    hubspot.duplicateWebhooks((event) => event.propertyValue === 'twice')
    hubspot.reorderWebhooks((events) => events.toReversed())
    for (const firstname of ['first', 'lost', 'twice']) hubspot.store.create('contacts', { firstname })
    await hubspot.flushWebhooks()
    expect(received[0]?.events.map(({ propertyValue }) => propertyValue)).toEqual(['twice', 'twice', 'first'])
  })
})

describe('signatures', () => {
  it('read the twelve escapes back and leave the others', () => {
    expect(signedUri('https://h/a%3Ab%2fc?x=%26%20%2C')).toBe('https://h/a:b/c?x=%26%20,')
  })

  it('are what other libraries of HubSpot expect', () => {
    const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
    const uri = 'https://www.example.com/webhook_uri'
    const signed = { method: 'POST', uri, body: "{'example_field':'example_value'}", secret, at: 1_693_657_560_000 }
    expect(signatureHeaders(['v3'], signed)['X-HubSpot-Signature-v3']).toBe(
      'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
    )
  })
})
