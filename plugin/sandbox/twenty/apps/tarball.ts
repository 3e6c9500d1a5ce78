import { gunzipSync } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'

function text(block: Buffer, from: number, length: number): string {
  const part = block.subarray(from, from + length)
  const end = part.indexOf(0)
  return part.subarray(0, end === -1 ? length : end).toString('utf8')
}

/** The files of a gzipped tar by path. Long names (GNU and pax) are understood; links and folders are left out. */
export function readTarball(packed: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const tar = gunzipSync(packed)
  let longName: string | null = null
  for (let at = 0; at + 512 <= tar.length;) {
    const header = tar.subarray(at, at + 512)
    const name = text(header, 0, 100)
    if (name === '') break
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8)
    const kind = text(header, 156, 1)
    const prefix = text(header, 345, 155)
    const content = tar.subarray(at + 512, at + 512 + size)
    if (kind === 'L') longName = text(content, 0, size)
    else if (kind === 'x') longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1] ?? null
    else {
      const path = longName ?? (prefix === '' ? name : `${prefix}/${name}`)
      if (kind === '0' || kind === '') files.set(path.replace(/^\.\//, ''), Buffer.from(content))
      longName = null
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

function jsonFile(files: Map<string, Buffer>, name: string): JsonObject | null {
  const path = [...files.keys()]
    .filter((one) => one === name || one.endsWith(`/${name}`))
    .sort((a, b) => a.length - b.length)[0]
  const content = path === undefined ? undefined : files.get(path)
  if (!content) return null
  const value = JSON.parse(content.toString('utf8')) as Json
  return isObject(value) ? value : null
}

/** The manifest and the version that an uploaded app carries. */
export function readApp(packed: Buffer): { manifest: JsonObject; version: string } {
  let files: Map<string, Buffer>
  try {
    files = readTarball(packed)
  } catch (error) {
    throw invalidTarball(error instanceof Error ? error.message : 'unreadable')
  }
  const manifest = jsonFile(files, 'manifest.json')
  if (!manifest) throw invalidTarball('manifest.json not found in tarball')
  const packageJson = jsonFile(files, 'package.json')
  return { manifest, version: typeof packageJson?.['version'] === 'string' ? packageJson['version'] : '0.0.0' }
}

function invalidTarball(message: string): Refusal {
  return new Refusal(400, 'Error', message, {
    extensions: {
      subCode: 'INVALID_INPUT',
      userFriendlyMessage: 'Invalid application package.',
      code: 'BAD_USER_INPUT',
    },
  })
}
