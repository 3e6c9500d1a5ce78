/** 32 bytes: nobody guesses one, and a hash of it needs no salt. */
const BYTES = 32

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** A new secret, base64url, 43 characters. */
export const newSecret = (): string => base64Url(crypto.getRandomValues(new Uint8Array(BYTES)))

/** SHA-256 in base64url: what is kept of a secret, and the challenge of PKCE (S256). */
export const hashOf = async (secret: string): Promise<string> =>
  base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))))
