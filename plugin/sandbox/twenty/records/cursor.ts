import { badRequest } from '../refusal.ts'
import type { Json, JsonObject, Row } from '../types.ts'
import { isObject } from '../types.ts'
import type { OrderKey } from './order.ts'
import { valueAt } from './order.ts'

/** An opaque cursor: base64 of the order's values and the id. `selected` limits it to fields the caller asked for. */
export function makeCursor(keys: OrderKey[], row: Row, selected?: ReadonlySet<string>): string {
  const held: JsonObject = {}
  for (const key of keys) {
    const [name = '', part] = key.path
    if (name === 'id' || (selected && !selected.has(name))) continue
    const value = valueAt(row, key.path)
    const known = held[name]
    held[name] =
      part === undefined ? value : { ...(isObject(known ?? null) ? (known as JsonObject) : {}), [part]: value }
  }
  held['id'] = row.id
  return Buffer.from(JSON.stringify(held)).toString('base64')
}

export function readCursor(text: string): Record<string, Json> {
  try {
    const held: Json = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Json
    if (isObject(held)) return held
  } catch {
    // falls through to the refusal below
  }
  throw badRequest(`Invalid cursor: ${text}`)
}
