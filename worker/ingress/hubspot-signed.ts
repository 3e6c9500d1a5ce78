import { HUBSPOT_SIGNATURE } from './signatures/hubspot-v1.ts'
import { HUBSPOT_V3_SIGNATURE, HUBSPOT_V3_TIMESTAMP } from './signatures/hubspot-v3.ts'
import { type Scheme, verifySignature, type Verdict } from './signatures/index.ts'
import type { ReadableHeaders } from './signatures/types.ts'

export const HUBSPOT_SIGNATURE_VERSION = 'x-hubspot-signature-version'

/** The headers by which HubSpot proves itself. */
export const HUBSPOT_HEADERS = [
  HUBSPOT_V3_SIGNATURE,
  HUBSPOT_V3_TIMESTAMP,
  HUBSPOT_SIGNATURE,
  HUBSPOT_SIGNATURE_VERSION,
] as const

export interface HubspotSigned {
  headers: ReadableHeaders
  body: Uint8Array<ArrayBuffer>
  method: string
  /** The address as HubSpot called it, from the configuration; undefined when none is configured. */
  url: string | undefined
  /** Epoch ms. */
  now: number
}

/**
 * The version that decides. Where there is a v3 signature it alone does, right or wrong: v1 and v2 have no timestamp, so
 * falling back would let an old request pass again. Null: the request isn't signed.
 */
export const hubspotScheme = (headers: ReadableHeaders): Scheme | null => {
  if (headers.get(HUBSPOT_V3_SIGNATURE) !== null) return 'hubspot-v3'
  if (headers.get(HUBSPOT_SIGNATURE) === null) return null
  return headers.get(HUBSPOT_SIGNATURE_VERSION)?.toLowerCase() === 'v2' ? 'hubspot-v2' : 'hubspot-v1'
}

/** Why a request isn't taken. `no-public-url`: it may be sound, but what it signs isn't known here. */
export type HubspotRefusal = Exclude<Verdict, { ok: true }>['reason'] | 'no-public-url'

/** Checks a request of HubSpot's under each of the secrets; null when one fits. */
export const refuseHubspot = async (signed: HubspotSigned, secrets: string[]): Promise<HubspotRefusal | null> => {
  const scheme = hubspotScheme(signed.headers)
  if (scheme === null) return 'header-missing'
  // v2 and v3 sign the address. What the request says of it is the sender's word, so it can't stand in.
  if (scheme !== 'hubspot-v1' && signed.url === undefined) return 'no-public-url'
  let refused: HubspotRefusal = 'secret-invalid'
  for (const secret of secrets) {
    const verdict = await verifySignature(scheme, { ...signed, secret })
    if (verdict.ok) return null
    refused = verdict.reason
    if (refused !== 'mismatch' && refused !== 'secret-invalid') return refused
  }
  return refused
}

/** The address as the sender called it: the configured base, and path and query of the request. Undefined without a base. */
export const publicUrl = (base: string | undefined, request: Request): string | undefined => {
  if (!base || !/^https?:\/\/[^/]/.test(base)) return undefined
  const { origin } = new URL(request.url)
  return base.replace(/\/+$/, '') + request.url.slice(origin.length)
}
