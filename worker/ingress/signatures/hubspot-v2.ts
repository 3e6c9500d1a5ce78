import { concat, utf8 } from './crypto.ts'
import { verifyDigest } from './hubspot-v1.ts'
import { refuse, type SignedRequest, type Verdict } from './types.ts'

/**
 * HubSpot v2 (calls of custom workflow actions): hex SHA-256 of client secret, method, full URL and raw body. No timestamp.
 * The URL is the one that HubSpot called, not the one behind a proxy or rewrite.
 */
export const verifyHubspotV2 = async ({ secret, headers, body, method, url }: SignedRequest): Promise<Verdict> => {
  if (secret === '') return refuse('secret-invalid', 'the secret is empty')
  if (!method || !url) return refuse('header-missing', 'method and URL are signed too and were not given')
  return verifyDigest(headers, concat(utf8(secret + method.toUpperCase() + url), body))
}
