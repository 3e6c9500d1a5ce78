const NAMESPACE = Uint8Array.from('6b1d0c3e5f7a4d2c9e8b4a6f1c2d3e4f'.match(/../g) ?? [], (pair) =>
  Number.parseInt(pair, 16),
)
const encoder = new TextEncoder()

/**
 * The Twenty record id of a ladder key (UUID version 5): the same key is always the same record, so a relation can be written
 * before the answer to the first write is known.
 */
export const idOfKey = async (key: string): Promise<string> => {
  const name = encoder.encode(key)
  const input = new Uint8Array(NAMESPACE.length + name.length)
  input.set(NAMESPACE)
  input.set(name, NAMESPACE.length)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', input)).slice(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
