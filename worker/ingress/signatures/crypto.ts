/** Small WebCrypto helpers. Comparisons run in constant time. */

type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes

export const concat = (...parts: Bytes[]): Bytes => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Bytes of a hex text; null when it is none or has another length than `length` bytes. */
export const fromHex = (text: string, length: number): Bytes | null => {
  if (text.length !== length * 2 || !/^[0-9a-fA-F]+$/.test(text)) return null
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = parseInt(text.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

/** Bytes of a base64 text (standard alphabet, padded or not); null when it is none. */
export const fromBase64 = (text: string): Bytes | null => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length > 4096) return null
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

/**
 * Imported keys, so that a hot account imports its secret once. Bounded: the oldest goes first. Keys are kept, not promises
 * of them: one request must never wait for what another one began.
 */
const keys = new Map<string, CryptoKey>()
const MOST_KEYS = 256

/** HMAC-SHA256 key of raw bytes. `cacheAs` is the secret as text, with how it was read. */
export const hmacKey = async (cacheAs: string, raw: Bytes): Promise<CryptoKey> => {
  const known = keys.get(cacheAs)
  if (known) return known
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  if (keys.size >= MOST_KEYS) {
    const oldest = keys.keys().next()
    if (!oldest.done) keys.delete(oldest.value)
  }
  keys.set(cacheAs, key)
  return key
}

/** True when `signature` is the HMAC of `data`; compared in constant time by the platform. */
export const hmacMatches = (key: CryptoKey, signature: Bytes, data: Bytes): Promise<boolean> =>
  crypto.subtle.verify('HMAC', key, signature, data)

export const sha256 = async (data: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', data))

/** Compares two byte strings in time that depends on their lengths alone. */
export const sameBytes = (a: Bytes, b: Bytes): boolean => {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

export const toHex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
