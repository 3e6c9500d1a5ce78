import { HUBSPOT_HEADERS, HUBSPOT_SIGNATURE_VERSION, refuseHubspot, type HubspotRefusal } from '../hubspot-signed.ts'
import { concat, utf8 } from '../signatures/crypto.ts'
import { TWENTY_SIGNATURE, TWENTY_TIMESTAMP, verifyTwenty } from '../signatures/twenty.ts'

/** Headers that checking a call of an action needs. */
export const ACTION_HEADERS: readonly string[] = [...HUBSPOT_HEADERS, TWENTY_SIGNATURE, TWENTY_TIMESTAMP]

/** A call whose sender has to prove itself. */
export interface SignedAction {
  name: string
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
  /** The public address that was called; undefined when none is configured. */
  url: string | undefined
}

const MESSAGES: Record<HubspotRefusal, string> = {
  'header-missing': 'sign the call as the CRM does, or send the admin token',
  'timestamp-invalid': 'the timestamp is no number',
  stale: 'the timestamp is more than five minutes old',
  future: 'the timestamp is more than five minutes ahead',
  mismatch: 'the signature does not fit',
  'secret-invalid': 'the signature does not fit',
  'no-public-url': 'LADDER_PUBLIC_URL is not set: the signature is over the address that was called',
}

/**
 * Null when one of the client secrets signed the call. HubSpot signs actions with v2, whatever it says of the version: v1,
 * which leaves the address out, isn't taken here. v2 has no time either, but a call sent again has the same callback id, and
 * does nothing twice.
 */
export const verifyAction = async (
  { body, headers, url }: SignedAction,
  secrets: string[],
  now: number,
): Promise<{ error: HubspotRefusal; message: string } | null> => {
  const given = new Headers(headers)
  given.set(HUBSPOT_SIGNATURE_VERSION, 'v2')
  const error = await refuseHubspot({ headers: given, body, method: 'POST', url, now }, secrets)
  return error && { error, message: MESSAGES[error] }
}

/**
 * Null when Ladder's app inside Twenty signed the call: as Twenty signs webhooks and with the same secret, but with the
 * action's name before the body, so that neither can be sent as the other.
 */
export const verifyTwentyAction = async (
  { name, body, headers }: SignedAction,
  secrets: string[],
  now: number,
): ReturnType<typeof verifyAction> => {
  let error: HubspotRefusal = 'secret-invalid'
  for (const secret of secrets) {
    const signed = { headers: new Headers(headers), body: concat(utf8(`${name}:`), body), secret, now }
    const verdict = await verifyTwenty(signed)
    if (verdict.ok) return null
    error = verdict.reason
  }
  return { error, message: MESSAGES[error] }
}
