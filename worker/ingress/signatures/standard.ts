import { concat, fromBase64, hmacKey, hmacMatches, utf8 } from './crypto.ts'
import { checkTimestamp, refuse, type SignedRequest, type Verdict } from './types.ts'

export const STANDARD_ID = 'webhook-id'
export const STANDARD_TIMESTAMP = 'webhook-timestamp'
export const STANDARD_SIGNATURE = 'webhook-signature'

const PREFIX = 'whsec_'
/** More signatures than any key rotation needs are not worth our time. */
const MOST_SIGNATURES = 10

/** Key bytes of a `whsec_` secret; null when it isn't base64 or is empty. */
export const standardKey = (secret: string): Uint8Array<ArrayBuffer> | null => {
  const bytes = fromBase64(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret)
  return bytes && bytes.length > 0 ? bytes : null
}

/**
 * Standard Webhooks: base64 HMAC-SHA256 of `id.timestamp.body` (timestamp in seconds). The header may list several
 * signatures, `v1,…` each, while a key is being changed: one that fits is enough. Written here, over raw bytes and with the
 * time passed in, since the published package reads the clock itself and takes text alone; tests hold the two together.
 */
export const verifyStandard = async ({ secret, headers, body, now }: SignedRequest): Promise<Verdict> => {
  const raw = standardKey(secret)
  if (raw === null) return refuse('secret-invalid', 'the secret is not whsec_ and base64')
  const id = headers.get(STANDARD_ID)
  const timestamp = headers.get(STANDARD_TIMESTAMP)
  const given = headers.get(STANDARD_SIGNATURE)
  if (!id) return refuse('header-missing', `${STANDARD_ID} is missing`)
  if (timestamp === null) return refuse('header-missing', `${STANDARD_TIMESTAMP} is missing`)
  if (given === null) return refuse('header-missing', `${STANDARD_SIGNATURE} is missing`)
  const inWindow = checkTimestamp(timestamp, 's', now)
  if (!inWindow.ok) return inWindow
  const signatures = given
    .split(' ', MOST_SIGNATURES)
    .flatMap((one) => (one.startsWith('v1,') ? [fromBase64(one.slice(3))] : []))
    .filter((one) => one !== null)
  const key = await hmacKey(`standard:${secret}`, raw)
  const signed = concat(utf8(`${id}.${timestamp}.`), body)
  for (const signature of signatures) {
    if (await hmacMatches(key, signature, signed)) return { ok: true }
  }
  return signatures.length === 0
    ? refuse('mismatch', `${STANDARD_SIGNATURE} has no signature of version v1`)
    : refuse('mismatch', 'no signature fits this secret and body')
}

/** The headers by which a message is signed; `id` stays the same when it is sent again, `at` (ms) is of this attempt. */
export const signStandard = async (
  secret: string,
  id: string,
  at: number,
  body: Uint8Array<ArrayBuffer>,
): Promise<Record<string, string> | null> => {
  const raw = standardKey(secret)
  if (raw === null) return null
  const timestamp = String(Math.floor(at / 1000))
  const key = await hmacKey(`standard:${secret}`, raw)
  const mac = await crypto.subtle.sign('HMAC', key, concat(utf8(`${id}.${timestamp}.`), body))
  const signature = `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`
  return { [STANDARD_ID]: id, [STANDARD_TIMESTAMP]: timestamp, [STANDARD_SIGNATURE]: signature }
}
