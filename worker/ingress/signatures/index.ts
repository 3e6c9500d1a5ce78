import { verifyHubspotV1 } from './hubspot-v1.ts'
import { verifyHubspotV2 } from './hubspot-v2.ts'
import { verifyHubspotV3 } from './hubspot-v3.ts'
import { verifyStandard } from './standard.ts'
import { verifyTwenty } from './twenty.ts'
import type { Scheme, SignedRequest, Verdict } from './types.ts'

export { SCHEMES, WINDOW_MS } from './types.ts'
export type { RefusalReason, Scheme, SignedRequest, Verdict } from './types.ts'

const verifiers: Record<Scheme, (request: SignedRequest) => Promise<Verdict>> = {
  twenty: verifyTwenty,
  'hubspot-v1': verifyHubspotV1,
  'hubspot-v2': verifyHubspotV2,
  'hubspot-v3': verifyHubspotV3,
  standard: verifyStandard,
}

/**
 * Does this request come from whoever shares the secret, and now? Over raw bytes, in constant time; where the scheme has a
 * timestamp, within five minutes of `now` either way. A refusal is a value and never holds a secret.
 */
export const verifySignature = (scheme: Scheme, request: SignedRequest): Promise<Verdict> => verifiers[scheme](request)
