import type { Owner } from '../types.ts'
import { signatureHeaders } from '../webhooks/signature.ts'
import type { SignatureVersion } from '../webhooks/signature.ts'

/** What a card calls by `hubspot.fetch`: HubSpot sends it on, signed, with who looks in the address. */
export interface CardFetch {
  /** The address that the card calls; it is what is signed, with what HubSpot adds. */
  url: string
  /** Where it is sent to instead; `url` when not said. */
  deliverTo?: string
  body: object
  /** Whoever looks: the account's first user when not said; null: HubSpot adds nobody. */
  user?: Pick<Owner, 'userId' | 'email'> | null
  portalId?: number
  signatures?: SignatureVersion[]
}

/** Sends a card's call on as HubSpot does: a POST with v3, portal, user and app in the query. */
export async function cardFetch(
  call: CardFetch,
  from: {
    portalId: number
    appId: number
    user: Pick<Owner, 'userId' | 'email'> | undefined
    secret: string
    at: number
  },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const user = call.user === undefined ? from.user : call.user
  const query = new URLSearchParams({
    portalId: String(call.portalId ?? from.portalId),
    appId: String(from.appId),
    ...(user ? { userId: String(user.userId), userEmail: user.email } : {}),
  })
  const added = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}${query.toString()}`
  const body = JSON.stringify(call.body)
  const signed = { method: 'POST', uri: added(call.url), body, secret: from.secret, at: from.at }
  const response = await fetch(added(call.deliverTo ?? call.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...signatureHeaders(call.signatures ?? ['v3'], signed) },
    body,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
