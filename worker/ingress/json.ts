/** Reading JSON that came over the wire: bytes in, a value or a reason out. */

export type Parsed = { ok: true; value: unknown } | { ok: false; reason: string }

/** Nesting beyond this is refused: nothing that Ladder takes comes near, and deep values break whoever walks them. */
export const DEEPEST = 64

const BOM = 0xfeff
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of UTF-8 bytes without a byte order mark; null when they are not UTF-8. */
export const decodeUtf8 = (bytes: Uint8Array): string | null => {
  try {
    const text = decoder.decode(bytes)
    return text.charCodeAt(0) === BOM ? text.slice(1) : text
  } catch {
    return null
  }
}

/** Whether brackets nest deeper than `most`; looks at brackets outside of strings alone, so it needs no parse. */
export const nestsDeeper = (text: string, most: number): boolean => {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 0x22) {
      i = text.indexOf('"', i + 1)
      while (i > 0 && escaped(text, i)) i = text.indexOf('"', i + 1)
      if (i < 0) return false
    } else if (char === 0x7b || char === 0x5b) {
      if (++depth > most) return true
    } else if (char === 0x7d || char === 0x5d) depth--
  }
  return false
}

/** Whether the character at `at` has an odd number of backslashes before it. */
const escaped = (text: string, at: number): boolean => {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++
  return slashes % 2 === 1
}

/** Parses JSON text of bounded depth. Of duplicate keys the last one counts. */
export const parseJson = (text: string): Parsed => {
  if (nestsDeeper(text, DEEPEST)) return { ok: false, reason: `JSON nests deeper than ${DEEPEST} levels` }
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false, reason: 'not JSON' }
  }
}

/** Parses a JSON body of raw bytes. */
export const readJson = (bytes: Uint8Array): Parsed => {
  const text = decodeUtf8(bytes)
  return text === null ? { ok: false, reason: 'not UTF-8' } : parseJson(text)
}
