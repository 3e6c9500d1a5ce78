import type { Fact } from '../../schemas/events/index.ts'
import { isFactsType, mediaType, parseFacts, type FactError, type RejectedLine } from './corebank.ts'
import { hubspotEvents, MOST_HUBSPOT_EVENTS } from './hubspot.ts'
import { HUBSPOT_HEADERS, type HubspotRefusal, refuseHubspot } from './hubspot-signed.ts'
import { readJson } from './json.ts'
import { sha256, toHex } from './signatures/crypto.ts'
import { verifySignature, type Scheme } from './signatures/index.ts'
import { STANDARD_ID, STANDARD_SIGNATURE, STANDARD_TIMESTAMP } from './signatures/standard.ts'
import { TWENTY_SIGNATURE, TWENTY_TIMESTAMP } from './signatures/twenty.ts'

/** Who may deliver. */
export const SOURCES = ['twenty', 'hubspot', 'corebank'] as const
export type Source = (typeof SOURCES)[number]

/** A body of more bytes is refused with 413. */
export const MOST_BYTES = 1024 * 1024

/** A request as it is checked: raw bytes, and of its headers those in `HEADERS` alone. */
export interface Delivery {
  source: Source
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
  /** The address that was called, by the configuration: HubSpot signs it. Undefined when none is configured. */
  url?: string | undefined
}

/** The headers of each source that checking needs. */
export const HEADERS: Record<Source, readonly string[]> = {
  twenty: ['content-type', TWENTY_TIMESTAMP, TWENTY_SIGNATURE],
  hubspot: ['content-type', ...HUBSPOT_HEADERS],
  corebank: ['content-type', STANDARD_ID, STANDARD_TIMESTAMP, STANDARD_SIGNATURE],
}

/**
 * What the Account is asked with each delivery, flat, because every name and object that goes over costs as much as checking
 * a signature: `headers` in the order of `HEADERS`. Null: kept, and there is nothing more to say than that.
 */
export interface Receiver {
  receive(
    source: Source,
    body: Uint8Array<ArrayBuffer>,
    headers: (string | null)[],
    url: string | undefined,
  ): Promise<Answer | null>
}

/** A delivery as it came over. */
export const deliveryOf = (...[source, body, values, url]: Parameters<Receiver['receive']>): Delivery => {
  const headers: Record<string, string> = {}
  for (const [index, name] of HEADERS[source].entries()) {
    const value = values[index]
    if (typeof value === 'string') headers[name] = value
  }
  return { source, headers, body, url }
}

/** What is said to almost every delivery: kept whole, nothing more to tell. */
export const KEPT: Answer = { status: 202, body: { stored: true } }

/** A request that was checked, to be kept as one row until it is unpacked. */
export interface InboxRow {
  source: Source
  body: Uint8Array<ArrayBuffer>
  /** When it came, epoch ms. */
  at: number
  /** The same for a request that was sent again: the second one is not kept. */
  dedupe: string
}

export interface ReceiveDeps {
  /** Secrets a source may sign with, newest first; null when no account is set up under this name. */
  secrets: Partial<Record<Source, string[]>> | null
  /** Resolves when the row is safe: nothing is acknowledged before. */
  store(row: InboxRow): Promise<void> | void
  /** Raises a counter, named `<source>.<outcome>`. Must not write when `secrets` is null. */
  count(counter: string): void
  /** Epoch ms. */
  now: number
}

export type AnswerBody =
  | { stored: true }
  | { stored: true; accepted: number; refused: number; rejected: RejectedLine[] }
  | { stored: false; error: string; message: string; errors?: FactError[]; rejected?: RejectedLine[] }

/** The HTTP answer to a delivery. */
export interface Answer {
  status: number
  body: AnswerBody
}

/** No more rejected lines than this are listed in an answer; `refused` counts them all. */
const MOST_LISTED = 1000

export const refusal = (status: number, error: string, message: string): Answer => ({
  status,
  body: { stored: false, error, message },
})

/** An account that isn't there, and one that takes nothing from this source, answer alike. */
export const unknownAccount = (): Answer => refusal(404, 'unknown-account', 'no such account')

const schemes: Record<Exclude<Source, 'hubspot'>, Scheme> = { twenty: 'twenty', corebank: 'standard' }

/** Verifies with each secret in turn, so that a secret can be changed without a gap. */
const verify = async (delivery: Delivery, secrets: string[], now: number): Promise<HubspotRefusal | null> => {
  const headers = { get: (name: string): string | null => delivery.headers[name] ?? null }
  const { source, body, url } = delivery
  if (source === 'hubspot') return refuseHubspot({ headers, body, method: 'POST', url, now }, secrets)
  let refused: HubspotRefusal = 'secret-invalid'
  for (const secret of secrets) {
    const verdict = await verifySignature(schemes[source], { secret, headers, body, now })
    if (verdict.ok) return null
    refused = verdict.reason
    if (refused !== 'mismatch' && refused !== 'secret-invalid') return refused
  }
  return refused
}

export const MESSAGES: Record<HubspotRefusal, string> = {
  'header-missing': 'a signature header is missing',
  'timestamp-invalid': 'the timestamp is no number',
  stale: 'the timestamp is more than five minutes old',
  future: 'the timestamp is more than five minutes ahead',
  mismatch: 'the signature does not fit',
  'secret-invalid': 'the signature does not fit',
  'no-public-url': 'this Ladder does not know its public address, which is signed: set LADDER_PUBLIC_URL',
}

/** What is stored of a sound body, or the answer that refuses it. Origin is proven by now, so Twenty's is only parsed. */
const check = (
  delivery: Delivery,
  now: number,
): { ok: true; facts?: Fact[]; rejected: RejectedLine[] } | { ok: false; answer: Answer } => {
  const contentType = delivery.headers['content-type'] ?? ''
  if (delivery.source !== 'corebank') {
    const json = readJson(delivery.body)
    if (!json.ok) return { ok: false, answer: refusal(400, 'bad-body', json.reason) }
    return delivery.source === 'twenty' || hubspotEvents(json.value)
      ? { ok: true, rejected: [] }
      : { ok: false, answer: refusal(400, 'bad-body', `an array of at most ${MOST_HUBSPOT_EVENTS} events expected`) }
  }
  const parsed = parseFacts(contentType, delivery.body, now)
  if (parsed.ok) return parsed
  const { status, errors, rejected } = parsed
  const answer = refusal(status, status === 415 ? 'content-type' : 'bad-events', errors[0]?.message ?? 'bad events')
  const listed = rejected ? { rejected: rejected.slice(0, MOST_LISTED) } : {}
  return { ok: false, answer: { status, body: { ...answer.body, stored: false, errors, ...listed } as AnswerBody } }
}

const dedupeKey = async ({ source, headers, body }: Delivery): Promise<string> => {
  switch (source) {
    case 'twenty':
      // Twenty's signature covers time and body: the same one is the same delivery, sent again by someone.
      return `twenty:${headers[TWENTY_SIGNATURE] ?? ''}`
    case 'hubspot':
      return hubspotDedupe(body)
    case 'corebank':
      // A retry is signed anew under the same id. The body counts too: a sender that uses an id twice loses nothing.
      return `corebank:${headers[STANDARD_ID] ?? ''}:${toHex(await sha256(body))}`
  }
}

/** The same events in the same words. A retry of HubSpot's counts its attempts, so its events are told apart later. */
export const hubspotDedupe = async (body: Uint8Array<ArrayBuffer>): Promise<string> =>
  `hubspot:${toHex(await sha256(body))}`

/**
 * Takes one delivery: verify, read, store as one row, answer. Runs inside the Account object, so an ack costs one call.
 * Whatever comes in, the answer is below 500 and nothing is stored unless it is 202 or 207 (some lines of a bulk delivery
 * were left out). 404: no such account. 401: not signed, wrongly signed, or outside the time window. A stored delivery of
 * HubSpot's may hold events of other portals and objects: they are left out when it is unpacked.
 */
export const receive = async (delivery: Delivery, deps: ReceiveDeps): Promise<Answer> => {
  const { source } = delivery
  const refuse = (counter: string, answer: Answer): Answer => {
    deps.count(`${source}.${counter}`)
    return answer
  }
  if (delivery.body.length > MOST_BYTES) return refuse('too-large', refusal(413, 'too-large', 'at most 1 MiB'))
  const secrets = deps.secrets?.[source]
  if (!secrets || secrets.length === 0) return refuse('unknown-account', unknownAccount())
  const refused = await verify(delivery, secrets, deps.now)
  if (refused) return refuse(refused, refusal(401, refused, MESSAGES[refused]))
  const checked = check(delivery, deps.now)
  if (!checked.ok) return refuse(checked.answer.status === 415 ? 'content-type' : 'bad-body', checked.answer)
  const dedupe = await dedupeKey(delivery)
  await deps.store({ source, body: delivery.body, at: deps.now, dedupe })
  deps.count(`${source}.stored`)
  if (!checked.facts) return KEPT
  const { facts, rejected } = checked
  const report = { accepted: facts.length, refused: rejected.length, rejected: rejected.slice(0, MOST_LISTED) }
  return { status: rejected.length > 0 ? 207 : 202, body: { stored: true, ...report } }
}

/** Whether a source takes this content type. */
export const takesType = (source: Source, contentType: string): boolean =>
  source === 'corebank' ? isFactsType(contentType) : mediaType(contentType) === 'application/json'
