import { inspect } from 'node:util'
import { badRequest, Refusal } from '../refusal.ts'
import type { FieldMeta, Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { isUuid } from '../ids.ts'
import type { ColumnKind } from './columns.ts'
import { COMPOSITES } from './columns.ts'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const RATINGS = ['RATING_1', 'RATING_2', 'RATING_3', 'RATING_4', 'RATING_5']

const KIND_NAMES: Record<string, string> = {
  CURRENCY: 'currency',
  LINKS: 'links',
  EMAILS: 'emails',
  PHONES: 'phones',
  FULL_NAME: 'full name',
  ADDRESS: 'address',
  ACTOR: 'actor',
  RICH_TEXT: 'rich text',
}

/** A value as Twenty's messages show it: strings in single quotes. */
function shown(value: Json): string {
  return inspect(value)
}

function invalidOption(value: Json, field: FieldMeta, options: string[]): Refusal {
  return badRequest(
    `Invalid value ${JSON.stringify(value)} for field "${field.name}". Valid values are: ${options.join(', ')}`,
    `Invalid value for field "${field.name}"`,
  )
}

export function optionValues(field: FieldMeta): string[] {
  if (field.type === 'RATING' && !field.options) return RATINGS
  return (field.options ?? []).map((option) => option.value)
}

function text(value: Json, path: string): Json {
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

function number(value: Json, path: string): Json {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value
  throw badRequest(`Invalid number value ${shown(value)} for field "${path}"`)
}

/** Micros go through a JavaScript number: strings are read, and above 2^53 they are rounded. */
function micros(value: Json, path: string): Json {
  return number(typeof value === 'string' ? Number(value) : value, path)
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

function dateTime(value: Json, field: FieldMeta): Json {
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

function date(value: Json, field: FieldMeta): Json {
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

function uuid(value: Json, path: string): Json {
  if (value === null) return null
  if (!isUuid(value)) throw badRequest(`Invalid UUID value '${String(value)}' for field "${path}"`)
  return value.toLowerCase()
}

function subfield(kind: ColumnKind, value: Json, path: string): Json {
  switch (kind) {
    case 'text':
      return text(value, path)
    case 'code':
      return text(value, path)
    case 'number':
      return number(value, path)
    case 'micros':
      return micros(value, path)
    case 'uuid':
      return uuid(value, path)
    default:
      return value
  }
}

/** Twenty keeps links with the origin in small letters and without a trailing slash, where they are whole URLs. */
function tidyLink(value: Json): Json {
  if (typeof value !== 'string' || !URL.canParse(value)) return value
  const url = new URL(value)
  if (url.origin === 'null') return value
  return `${url.origin.toLowerCase()}${decodeURI(url.pathname + url.search + url.hash)}`.replace(/\/$/, '')
}

function composite(field: FieldMeta, value: Json, before: Json): Json {
  const parts = COMPOSITES[field.type] ?? {}
  if (value === null) return Object.fromEntries(Object.keys(parts).map((name) => [name, null]))
  if (!isObject(value)) throw badRequest(`Invalid object value ${shown(value)} for field "${field.name}"`)
  const stored: JsonObject = {}
  const kept = isObject(before) ? before : {}
  for (const name of Object.keys(value)) {
    if (name in parts) continue
    const named = field.type === 'RICH_TEXT' ? `'${name}'` : name
    throw badRequest(`Invalid subfield ${named} for ${KIND_NAMES[field.type] ?? ''} field "${field.name}"`)
  }
  for (const [name, kind] of Object.entries(parts)) {
    const given = value[name]
    if (name === 'primaryEmail' && given != null && typeof given !== 'string') {
      throw badRequest(`Invalid string value ${shown(given)} for email field "${field.name}.primaryEmail"`)
    }
    stored[name] = given === undefined ? (kept[name] ?? null) : subfield(kind, given, `${field.name}.${name}`)
  }
  const email = stored['primaryEmail']
  if (field.type === 'EMAILS' && typeof email === 'string') {
    if (!EMAIL.test(email)) {
      throw badRequest(
        `Invalid string value '${email}' for email field "${field.name}.primaryEmail"`,
        `Invalid value: "'${email}'"`,
      )
    }
    stored['primaryEmail'] = email.toLowerCase()
  }
  if (field.type === 'PHONES') splitPhone(stored)
  if (field.type === 'LINKS') stored['primaryLinkUrl'] = tidyLink(stored['primaryLinkUrl'] ?? null)
  if (field.type === 'RICH_TEXT') return richText(value, stored)
  return stored
}

/** Calling codes that a number is split at; the real server knows all of them. */
const CALLING_CODES: Record<string, string> = {
  '+86': 'CN',
  '+852': 'HK',
  '+853': 'MO',
  '+886': 'TW',
  '+1': 'US',
  '+44': 'GB',
  '+49': 'DE',
  '+33': 'FR',
}

/** `+8613800138000` → number `13800138000`, country CN, calling code +86. */
function splitPhone(stored: JsonObject): void {
  const given = stored['primaryPhoneNumber']
  if (typeof given !== 'string') return
  if (!/^\+?[\d ()-]{3,}$/.test(given)) {
    throw new Refusal(400, 'Error', `Provided phone number is invalid ${given}`, {
      code: 'INVALID_PHONE_NUMBER',
      extensions: {
        subCode: 'INVALID_PHONE_NUMBER',
        userFriendlyMessage: 'Invalid phone number.',
        code: 'BAD_USER_INPUT',
      },
    })
  }
  const code = [4, 3, 2].map((length) => given.slice(0, length)).find((start) => start in CALLING_CODES)
  if (code === undefined) return
  stored['primaryPhoneNumber'] = given.slice(code.length)
  stored['primaryPhoneCallingCode'] = code
  stored['primaryPhoneCountryCode'] = CALLING_CODES[code] ?? null
}

/** The server writes the other half of a rich text itself; here the markdown is kept as the text of one block. */
function richText(given: JsonObject, stored: JsonObject): JsonObject {
  if (given['markdown'] !== undefined && given['blocknote'] === undefined) {
    const markdown = stored['markdown'] ?? null
    const block = { type: 'paragraph', content: [{ type: 'text', text: markdown, styles: {} }] }
    stored['blocknote'] = markdown === null ? null : JSON.stringify([block])
  }
  return stored
}

function array(value: Json, field: FieldMeta): Json {
  if (value === null) return null
  const list = Array.isArray(value) ? value : [value]
  if (list.every((item) => typeof item === 'string')) return list
  throw badRequest(`Invalid value ${shown(value)} for field "${field.name} - Array values need to be string"`)
}

function rawJson(value: Json, field: FieldMeta): Json {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    throw badRequest(`Invalid object value ${shown(value)} for field "${field.name}"`)
  }
}

/** Checks one given value and turns it into what is stored. `before` is the stored value that a partial one changes. */
export function storeValue(field: FieldMeta, value: Json, before: Json): Json {
  if (COMPOSITES[field.type]) return composite(field, value, before)
  switch (field.type) {
    case 'TEXT':
      return text(value, field.name)
    case 'NUMBER':
    case 'NUMERIC':
      return number(value, field.name)
    case 'POSITION':
      if (typeof value === 'number') return value
      throw badRequest(`Invalid position value ${shown(value)} for field "${field.name}"`)
    case 'BOOLEAN':
      if (value === null || typeof value === 'boolean') return value
      throw badRequest(`Invalid boolean value ${shown(value)} for field "${field.name}"`)
    case 'DATE_TIME':
      return dateTime(value, field)
    case 'DATE':
      return date(value, field)
    case 'UUID':
      return uuid(value, field.name)
    case 'SELECT':
    case 'RATING':
      if (value === null || optionValues(field).includes(String(value))) return value
      throw invalidOption(value, field, optionValues(field))
    case 'MULTI_SELECT': {
      if (value === null) return null
      const values = Array.isArray(value) ? value : [value]
      const bad = values.find((item) => !optionValues(field).includes(String(item)))
      if (bad !== undefined) throw badRequest(`Invalid value ${shown(bad)} for multi select field "${field.name}"`)
      return values
    }
    case 'ARRAY':
      return array(value, field)
    case 'RAW_JSON':
      return rawJson(value, field)
    default:
      return value
  }
}
