import { createHash, createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Delivery, Source } from '../../worker/ingress/receive.ts'

/** Hostile deliveries from a seed: the same seed gives the same ones, so a failure can be run again. */

export const SECRETS: Record<Source, string> = {
  twenty: 'crm-secret',
  hubspot: 'client-secret',
  corebank: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
}
export const NOW = 1_795_000_000_000

/** The address that HubSpot signs. */
export const HUBSPOT_URL = 'https://ladder.example/hooks/hubspot/acme'

export type Random = () => number

/** Mulberry32: small, even, and the same everywhere. */
export const randomFrom = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const pick = <T>(random: Random, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0]

const EVENT = {
  specversion: '1.0',
  id: '1',
  source: '/core',
  type: 'balance.changed',
  time: '2026-10-31T00:00:00Z',
  subject: 'C-1',
  data: { amount: '1.00' },
}
const TWENTY = {
  eventName: 'company.updated',
  objectMetadata: { nameSingular: 'company' },
  workspaceId: 'w',
  webhookId: 'h',
  eventDate: '2026-11-21T00:00:00.000Z',
  record: { id: 'r', name: '你好' },
}

const HUBSPOT = {
  eventId: 1,
  subscriptionId: 12345,
  portalId: 62515,
  appId: 54321,
  occurredAt: NOW,
  subscriptionType: 'object.propertyChange',
  attemptNumber: 0,
  objectId: 123,
  objectTypeId: '0-1',
  propertyName: 'firstname',
  propertyValue: '你好',
}

const NASTY: readonly [unknown, ...unknown[]] = [
  null,
  '',
  ' ',
  0,
  -0,
  1e308,
  2 ** 53,
  true,
  [],
  {},
  [[[]]],
  { __proto__: null, constructor: { prototype: 1 } },
  "'; DROP TABLE inbox; --",
  '\u0000',
  '\ud800',
  '٣',
  'x'.repeat(5000),
  '../../etc/passwd',
]

const junk = (random: Random, most: number): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(Math.floor(random() * most))
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256)
  return bytes
}

/** Bodies that no JSON parser may take: for Twenty, whose signed JSON is stored whatever it says, and for HubSpot. */
const noJson = (random: Random, sound: Buffer): Buffer => {
  return pick<() => Buffer>(random, [
    () => sound.subarray(0, Math.floor(random() * sound.length)),
    () => Buffer.concat([sound, Buffer.from(pick(random, ['}', ',', '\0', '{}', 'null']))]),
    () => Buffer.concat([Buffer.from([0xff]), junk(random, 400)]),
    () => Buffer.from('['.repeat(65 + Math.floor(random() * 20_000))),
    () => Buffer.from('{"a":'.repeat(500) + '1' + '}'.repeat(500)),
    () => Buffer.from(pick(random, ['', '\ufeff', 'NaN', "{'a':1}", '<a/>', 'a=1&b=2', '{"a":1,}', '"\\'])),
  ])()
}

/** JSON that is no list of events: of HubSpot's each event counts for itself, so the list is all that is checked at the door. */
const noEvents = (random: Random): Buffer => {
  const odd = pick(random, [null, 1, '', 'x'.repeat(5000), true, [[]], [null], [1, HUBSPOT], [HUBSPOT, 'x']] as const)
  return Buffer.from(JSON.stringify(random() < 0.9 ? odd : Array(1001).fill({})))
}

const KEYS = [
  'portalId',
  'subscriptionType',
  'objectId',
  'objectTypeId',
  'occurredAt',
  'mergedObjectIds',
  'newObjectId',
  'fromObjectId',
  'toObjectTypeId',
  'associationType',
  'eventId',
] as const
const HAPPENINGS = [
  'object.merge',
  'contact.privacyDeletion',
  'company.associationChange',
  'deal.deletion',
  '.',
  'a.b.c',
  '__proto__.merge',
] as const

/** Events that HubSpot might sign, with odd things in any place. */
export const oddEvents = (random: Random): unknown[] =>
  Array.from({ length: 5 }, () => {
    const event: Record<string, unknown> = { ...HUBSPOT, primaryObjectId: 4, mergedObjectIds: [5, 6] }
    if (random() < 0.7) event['subscriptionType'] = pick(random, HAPPENINGS)
    for (let times = Math.floor(random() * 3); times >= 0; times--) event[pick(random, KEYS)] = pick(random, NASTY)
    return event
  })

/** Events each of which has one thing wrong. */
const badEvents = (random: Random): Buffer => {
  const event: Record<string, unknown> = { ...EVENT, data: { ...EVENT.data } }
  const field = pick(random, ['specversion', 'id', 'source', 'type', 'time', 'subject', 'data', 'amount'] as const)
  if (field === 'amount') event['data'] = { amount: pick(random, NASTY) }
  else if (random() < 0.3) Reflect.deleteProperty(event, field)
  else event[field] = pick(random, NASTY)
  if (field === 'id' || field === 'source' || field === 'subject')
    event[field] = pick(random, [null, '', 7, 'a b', '\u0000', {}])
  const text = JSON.stringify(event)
  return Buffer.from(random() < 0.3 ? `[${JSON.stringify(EVENT)},${text}]` : text)
}

const sign = (source: Source, body: Buffer, at: number, random: Random): Record<string, string> => {
  switch (source) {
    case 'twenty':
      return {
        'x-twenty-webhook-timestamp': String(at),
        'x-twenty-webhook-signature': createHmac('sha256', SECRETS.twenty).update(`${at}:`).update(body).digest('hex'),
      }
    case 'hubspot':
      return signHubspot(body, at, at === NOW ? pick(random, ['v1', 'v2', 'v3'] as const) : 'v3')
    case 'corebank':
      return {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': new Webhook(SECRETS.corebank).sign('msg_1', new Date(at), body),
      }
  }
}

/** v1 and v2 say no time: a delivery out of time is one of v3. */
const signHubspot = (body: Buffer, at: number, version: 'v1' | 'v2' | 'v3'): Record<string, string> => {
  if (version === 'v3') {
    const mac = createHmac('sha256', SECRETS.hubspot).update(`POST${HUBSPOT_URL}`).update(body).update(String(at))
    return { 'x-hubspot-signature-v3': mac.digest('base64'), 'x-hubspot-request-timestamp': String(at) }
  }
  const hash = createHash('sha256').update(SECRETS.hubspot + (version === 'v2' ? `POST${HUBSPOT_URL}` : ''))
  return { 'x-hubspot-signature': hash.update(body).digest('hex'), 'x-hubspot-signature-version': version }
}

const TYPES = [
  'application/json',
  'application/cloudevents+json',
  'application/x-ndjson',
  'text/plain',
  '',
  '; ;',
] as const
const VALUES = [
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e13',
  '0x1',
  'v1,',
  'v1,AAAA',
  ',',
  'a'.repeat(64),
  'é',
  '9'.repeat(400),
] as const

/** One delivery that must be refused: unsigned, wrongly signed, damaged under way, out of time, or signed nonsense. */
export const hostile = (source: Source, random: Random): Delivery => {
  const kind = Math.floor(random() * 6)
  const sound = Buffer.from(JSON.stringify({ twenty: TWENTY, hubspot: [HUBSPOT], corebank: EVENT }[source]))
  let body: Buffer = kind === 0 ? junk(random, 600) : sound
  if (kind === 1) {
    const bad = source === 'hubspot' ? noEvents : badEvents
    body = source === 'twenty' || random() < 0.4 ? noJson(random, sound) : bad(random)
  }
  const at = kind === 2 ? NOW + (random() < 0.5 ? -1 : 1) * (302_000 + Math.floor(random() * 1e12)) : NOW
  let headers: Record<string, string> = { 'content-type': 'application/json', ...sign(source, body, at, random) }
  const names = Object.keys(headers).filter((name) => !/content-type|version/.test(name)) as [string, ...string[]]
  if (kind === 3) {
    // Damaged under way: one bit of the body turned, or the body cut or grown.
    body = Buffer.from(body)
    const place = Math.floor(random() * body.length)
    if (random() < 0.6) body[place] = (body[place] ?? 0) ^ (1 << Math.floor(random() * 8))
    else body = random() < 0.5 ? body.subarray(0, place) : Buffer.concat([body, Buffer.from('\n')])
  }
  if (kind === 0 || kind === 4) headers[pick(random, names)] = pick(random, VALUES)
  if (kind === 5)
    headers = random() < 0.5 ? { 'content-type': pick(random, TYPES) } : { ...headers, [pick(random, names)]: '' }
  return { source, headers, body: new Uint8Array(body), url: HUBSPOT_URL }
}
