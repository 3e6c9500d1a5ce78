const encoder = new TextEncoder()

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** The master key as given in the environment; undefined when it isn't 32 bytes in base64. */
const importKey = async (masterKey: string): Promise<CryptoKey | undefined> => {
  try {
    const raw = bytesOf(masterKey)
    return raw.length === 32
      ? await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
      : undefined
  } catch {
    return undefined
  }
}

/** Whether a master key can be used: 32 bytes, base64. Cheap: it is asked with each request. */
export const isMasterKey = (masterKey: string | undefined): boolean => {
  try {
    return atob(masterKey ?? '').length === 32
  } catch {
    return false
  }
}

/**
 * Encrypts a secret with AES-GCM for one place (`context`, such as `account/token`): moved to another place it doesn't open.
 * Throws on an unusable key: the setup check refuses such a setup before.
 */
export const seal = async (masterKey: string, context: string, secret: string): Promise<string> => {
  const key = await importKey(masterKey)
  if (!key) throw new Error('the master key is not 32 bytes of base64')
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(context) },
    key,
    encoder.encode(secret),
  )
  return `${base64Of(iv)}.${base64Of(new Uint8Array(sealed))}`
}

/** The secret again; undefined when key, place or text don't fit. */
export const open = async (masterKey: string, context: string, sealed: string): Promise<string | undefined> => {
  const key = await importKey(masterKey)
  const [iv, text] = sealed.split('.')
  if (!key || !iv || !text) return undefined
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytesOf(iv), additionalData: encoder.encode(context) },
      key,
      bytesOf(text),
    )
    return new TextDecoder().decode(plain)
  } catch {
    return undefined
  }
}
