import { concat, fromHex, hmacKey, hmacMatches, utf8 } from './crypto.ts'
import { checkTimestamp, refuse, type SignedRequest, type Verdict } from './types.ts'

export const TWENTY_TIMESTAMP = 'x-twenty-webhook-timestamp'
export const TWENTY_SIGNATURE = 'x-twenty-webhook-signature'

/**
 * Twenty: hex HMAC-SHA256 of `<timestamp in ms>:` and the raw body, keyed by the secret as UTF-8. The nonce and the URL are
 * not signed. A webhook that was made with an empty secret sends unsigned: such a delivery is refused.
 */
export const verifyTwenty = async ({ secret, headers, body, now }: SignedRequest): Promise<Verdict> => {
  if (secret === '') return refuse('secret-invalid', 'the secret is empty')
  const timestamp = headers.get(TWENTY_TIMESTAMP)
  const given = headers.get(TWENTY_SIGNATURE)
  if (timestamp === null) return refuse('header-missing', 'X-Twenty-Webhook-Timestamp is missing')
  if (given === null) return refuse('header-missing', 'X-Twenty-Webhook-Signature is missing')
  const inWindow = checkTimestamp(timestamp, 'ms', now)
  if (!inWindow.ok) return inWindow
  const signature = fromHex(given, 32)
  if (signature === null) return refuse('mismatch', 'the signature is no SHA-256 in hex')
  const key = await hmacKey(`utf8:${secret}`, utf8(secret))
  return (await hmacMatches(key, signature, concat(utf8(`${timestamp}:`), body)))
    ? { ok: true }
    : refuse('mismatch', 'the signature does not fit this secret and body')
}
