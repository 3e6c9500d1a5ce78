import { inspect } from 'node:util'
import { isUuid } from '../ids.ts'
import { badRequest, Refusal } from '../refusal.ts'
import type { FieldMeta, Json } from '../types.ts'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** A value as Twenty's messages show it: strings in single quotes. */
export function shown(value: Json): string {
  return inspect(value)
}

export function text(value: Json, path: string): Json {
  if (value === null) return null
  if (typeof value !== 'string') {
    throw badRequest(`Invalid string value ${JSON.stringify(value)} for text field "${path}"`)
  }
  if (value.includes('\u0000')) {
    throw new Refusal(500, 'InternalServerErrorException', 'Data validation error.', {
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    })
  }
  return value === '' ? null : value
}

export function number(value: Json, path: string): Json {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value
  throw badRequest(`Invalid number value ${shown(value)} for field "${path}"`)
}

/** Micros go through a JavaScript number: strings are read, and above 2^53 they are rounded. */
export function micros(value: Json, path: string): Json {
  return number(typeof value === 'string' ? Number(value) : value, path)
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

export function dateTime(value: Json, field: FieldMeta): Json {
  if (value === null || value === '') return null
  const time = typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) {
    throw badRequest(
      `Invalid value ${shown(value)} for date-time field "${field.name}". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
      `Invalid value: "${String(value)}"`,
    )
  }
  return new Date(time).toISOString()
}

export function date(value: Json, field: FieldMeta): Json {
  if (value === null || value === '') return null
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(value)?.[0] : undefined
  if (day === undefined || !isDay(day)) {
    throw badRequest(
      `Invalid value ${shown(value)} for date field "${field.name}". Expected format: 'YYYY-MM-DD'`,
      `Invalid value: "${String(value)}"`,
    )
  }
  return day
}

export function uuid(value: Json, path: string): Json {
  if (value === null) return null
  if (!isUuid(value)) throw badRequest(`Invalid UUID value '${String(value)}' for field "${path}"`)
  return value.toLowerCase()
}

export function array(value: Json, field: FieldMeta): Json {
  if (value === null) return null
  const list = Array.isArray(value) ? value : [value]
  if (list.every((item) => typeof item === 'string')) return list
  throw badRequest(`Invalid value ${shown(value)} for field "${field.name} - Array values need to be string"`)
}

export function rawJson(value: Json, field: FieldMeta): Json {
  if (typeof value !== 'string') return asKept(value)
  try {
    return asKept(JSON.parse(value) as Json)
  } catch {
    throw badRequest(`Invalid object value ${shown(value)} for field "${field.name}"`)
  }
}

/** Members in the order in which PostgreSQL's jsonb keeps them: short names first, names of one length by their bytes. */
function asKept(value: Json): Json {
  if (Array.isArray(value)) return value.map(asKept)
  if (typeof value !== 'object' || value === null) return value
  const bytes = (name: string): Buffer => Buffer.from(name)
  const order = (a: string, b: string): number =>
    bytes(a).length - bytes(b).length || Buffer.compare(bytes(a), bytes(b))
  return Object.fromEntries(
    Object.keys(value)
      .sort(order)
      .map((name) => [name, asKept(value[name] ?? null)]),
  )
}
