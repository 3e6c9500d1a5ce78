import { concat, fromBase64, hmacKey, hmacMatches, utf8 } from './crypto.ts'
import { checkTimestamp, refuse, type SignedRequest, type Verdict } from './types.ts'

export const HUBSPOT_V3_SIGNATURE = 'x-hubspot-signature-v3'
export const HUBSPOT_V3_TIMESTAMP = 'x-hubspot-request-timestamp'

/** The escapes that HubSpot decodes before it signs; every other one stays as it is. */
const DECODED: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
}

/** A URL as HubSpot v3 signs it: the twelve escapes decoded, once, in one pass. */
export const hubspotUri = (url: string): string =>
  url.replace(/%[0-9a-fA-F]{2}/g, (escape) => DECODED[escape.toUpperCase()] ?? escape)

/**
 * HubSpot v3: base64 HMAC-SHA256, keyed by the client secret, of method, URL, raw body and timestamp (ms). Hashes what came,
 * not a body parsed and written again. The window holds both ways, which HubSpot's own libraries leave open to the future.
 */
export const verifyHubspotV3 = async (request: SignedRequest): Promise<Verdict> => {
  const { secret, headers, body, method, url, now } = request
  if (secret === '') return refuse('secret-invalid', 'the secret is empty')
  const given = headers.get(HUBSPOT_V3_SIGNATURE)
  const timestamp = headers.get(HUBSPOT_V3_TIMESTAMP)
  if (given === null) return refuse('header-missing', 'X-HubSpot-Signature-v3 is missing')
  if (timestamp === null) return refuse('header-missing', 'X-HubSpot-Request-Timestamp is missing')
  if (!method || !url) return refuse('header-missing', 'method and URL are signed too and were not given')
  const inWindow = checkTimestamp(timestamp, 'ms', now)
  if (!inWindow.ok) return inWindow
  const signature = fromBase64(given)
  if (signature === null) return refuse('mismatch', 'the signature is no base64')
  const key = await hmacKey(`utf8:${secret}`, utf8(secret))
  const signed = concat(utf8(method.toUpperCase() + hubspotUri(url)), body, utf8(timestamp))
  return (await hmacMatches(key, signature, signed))
    ? { ok: true }
    : refuse('mismatch', 'the signature does not fit this secret, method, URL and body')
}
