import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Delivery, Source } from '../../worker/ingress/receive.ts'

/** Hostile deliveries from a seed: the same seed gives the same ones, so a failure can be run again. */

export const SECRETS: Record<Source, string> = {
  twenty: 'crm-secret',
  corebank: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
}
export const NOW = 1_795_000_000_000

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

/** Bodies that no JSON parser may take: for Twenty, whose signed JSON is stored whatever it says. */
const noJson = (random: Random): Buffer => {
  const sound = Buffer.from(JSON.stringify(TWENTY))
  return pick<() => Buffer>(random, [
    () => sound.subarray(0, Math.floor(random() * sound.length)),
    () => Buffer.concat([sound, Buffer.from(pick(random, ['}', ',', '\0', '{}', 'null']))]),
    () => Buffer.concat([Buffer.from([0xff]), junk(random, 400)]),
    () => Buffer.from('['.repeat(65 + Math.floor(random() * 20_000))),
    () => Buffer.from('{"a":'.repeat(500) + '1' + '}'.repeat(500)),
    () => Buffer.from(pick(random, ['', '\ufeff', 'NaN', "{'a':1}", '<a/>', 'a=1&b=2', '{"a":1,}', '"\\'])),
  ])()
}

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

const sign = (source: Source, body: Buffer, at: number): Record<string, string> =>
  source === 'twenty'
    ? {
        'x-twenty-webhook-timestamp': String(at),
        'x-twenty-webhook-signature': createHmac('sha256', SECRETS.twenty).update(`${at}:`).update(body).digest('hex'),
      }
    : {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': new Webhook(SECRETS.corebank).sign('msg_1', new Date(at), body),
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
  const sound = Buffer.from(JSON.stringify(source === 'twenty' ? TWENTY : EVENT))
  let body: Buffer = kind === 0 ? junk(random, 600) : sound
  if (kind === 1) body = source === 'twenty' ? noJson(random) : random() < 0.4 ? noJson(random) : badEvents(random)
  const at = kind === 2 ? NOW + (random() < 0.5 ? -1 : 1) * (302_000 + Math.floor(random() * 1e12)) : NOW
  let headers: Record<string, string> = { 'content-type': 'application/json', ...sign(source, body, at) }
  const names = Object.keys(headers).filter((name) => name !== 'content-type') as [string, ...string[]]
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
  return { source, headers, body: new Uint8Array(body), now: NOW }
}
