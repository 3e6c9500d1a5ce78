import { createHash, randomUUID } from 'node:crypto'

/** The workspace id of Twenty's own seeds: recordings and stand-in share it. */
export const WORKSPACE_ID = '20202020-1c25-4d02-bf25-6aeccf7ea419'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

export function newId(): string {
  return randomUUID()
}

/** A UUID that follows from its parts, so that metadata keeps its ids from one start to the next. */
export function derivedId(...parts: string[]): string {
  const hex = createHash('sha1').update(parts.join('\n')).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Twenty's own way to a UUID that follows from a thing's kind and name: version 5, in the namespace of the application
 * (by its universal identifier) that the thing belongs to.
 */
export function namedId(kind: string, value: string, application: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(application.replaceAll('-', ''), 'hex'))
    .update(`${kind}:${value}`)
  const hex = hash.digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
