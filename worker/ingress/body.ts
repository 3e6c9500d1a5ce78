/** Reads a request's body up to a limit, whatever its content-length says. */
export type BodyRead = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; reason: 'too-large' | 'cut' }

/**
 * At most `most` bytes. A length that is told and too large is believed at once; one that lies is found while reading, and
 * the rest isn't read. `cut`: the sender went away.
 */
export const readBody = async (request: Request, most: number): Promise<BodyRead> => {
  const told = Number(request.headers.get('content-length') ?? 0)
  if (told > most) {
    await request.body?.cancel().catch(() => undefined)
    return { ok: false, reason: 'too-large' }
  }
  if (!request.body) return { ok: true, bytes: new Uint8Array(0) }
  if (told > 0) return readWhole(request, most)
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > most) {
        await reader.cancel().catch(() => undefined)
        return { ok: false, reason: 'too-large' }
      }
      parts.push(value)
    }
  } catch {
    return { ok: false, reason: 'cut' }
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { ok: true, bytes }
}

/** A body whose length is told is no longer than that: the runtime frames it so. Read in one go, which is cheaper. */
const readWhole = async (request: Request, most: number): Promise<BodyRead> => {
  try {
    const bytes = new Uint8Array(await request.arrayBuffer())
    return bytes.length > most ? { ok: false, reason: 'too-large' } : { ok: true, bytes }
  } catch {
    return { ok: false, reason: 'cut' }
  }
}
