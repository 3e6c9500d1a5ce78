import { concat, fromHex, sameBytes, sha256, utf8 } from './crypto.ts'
import { refuse, type SignedRequest, type Verdict, type ReadableHeaders } from './types.ts'

export const HUBSPOT_SIGNATURE = 'x-hubspot-signature'

/** Compares X-HubSpot-Signature (hex) with the plain SHA-256 of `signed`. Versions 1 and 2 differ in what is signed alone. */
export const verifyDigest = async (headers: ReadableHeaders, signed: Uint8Array<ArrayBuffer>): Promise<Verdict> => {
  const given = headers.get(HUBSPOT_SIGNATURE)
  if (given === null) return refuse('header-missing', 'X-HubSpot-Signature is missing')
  const signature = fromHex(given, 32)
  if (signature === null) return refuse('mismatch', 'the signature is no SHA-256 in hex')
  return sameBytes(signature, await sha256(signed))
    ? { ok: true }
    : refuse('mismatch', 'the signature does not fit this secret and what was signed')
}

/**
 * HubSpot v1: hex SHA-256 of client secret and raw body; no HMAC and no timestamp, so an old request can be sent again and
 * passes. Where a v3 signature is there too, check that one.
 */
export const verifyHubspotV1 = async ({ secret, headers, body }: SignedRequest): Promise<Verdict> =>
  secret === '' ? refuse('secret-invalid', 'the secret is empty') : verifyDigest(headers, concat(utf8(secret), body))
