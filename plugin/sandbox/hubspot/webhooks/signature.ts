import { createHash, createHmac } from 'node:crypto'

/** HubSpot signs the address with these escapes read back, and leaves all others as they are. */
const ESCAPES = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi

export function signedUri(uri: string): string {
  return uri.replaceAll(ESCAPES, (escape) => decodeURIComponent(escape))
}

export type SignatureVersion = 'v1' | 'v2' | 'v3'

export interface Signed {
  method: string
  uri: string
  body: string
  secret: string
  /** Ms since 1970. */
  at: number
}

/** The headers of a call that HubSpot makes, with the signatures that are asked for. v1 and v2 share a header. */
export function signatureHeaders(versions: SignatureVersion[], call: Signed): Record<string, string> {
  const { method, body, secret } = call
  const uri = signedUri(call.uri)
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
  const headers: Record<string, string> = {}
  const old = versions.includes('v2') ? 'v2' : versions.includes('v1') ? 'v1' : null
  if (old !== null) {
    headers['X-HubSpot-Signature'] = old === 'v1' ? sha(secret + body) : sha(secret + method + uri + body)
    headers['X-HubSpot-Signature-Version'] = old
  }
  if (versions.includes('v3')) {
    const timestamp = String(Math.floor(call.at))
    const text = method + uri + body + timestamp
    headers['X-HubSpot-Signature-v3'] = createHmac('sha256', secret).update(text).digest('base64')
    headers['X-HubSpot-Request-Timestamp'] = timestamp
  }
  return headers
}
