import { concat, hmacKey, sha256, toHex, utf8 } from './signatures/crypto.ts'
import { hubspotUri } from './signatures/hubspot-v3.ts'

/** For tests and for the sandbox: how HubSpot signs what it sends. Headers of a POST. */
export const signHubspotV1 = async (secret: string, body: string): Promise<Record<string, string>> => ({
  'x-hubspot-signature': toHex(await sha256(utf8(secret + body))),
  'x-hubspot-signature-version': 'v1',
})

export const signHubspotV2 = async (secret: string, url: string, body: string): Promise<Record<string, string>> => ({
  'x-hubspot-signature': toHex(await sha256(utf8(`${secret}POST${url}${body}`))),
  'x-hubspot-signature-version': 'v2',
})

/** `at`: epoch ms. */
export const signHubspotV3 = async (
  secret: string,
  url: string,
  body: string,
  at: number,
): Promise<Record<string, string>> => {
  const key = await hmacKey(`utf8:${secret}`, utf8(secret))
  const mac = await crypto.subtle.sign('HMAC', key, concat(utf8(`POST${hubspotUri(url)}${body}`), utf8(String(at))))
  return {
    'x-hubspot-signature-v3': btoa(String.fromCharCode(...new Uint8Array(mac))),
    'x-hubspot-request-timestamp': String(at),
  }
}
