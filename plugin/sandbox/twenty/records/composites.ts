import { badRequest, Refusal } from '../refusal.ts'
import type { FieldMeta, Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import type { ColumnKind } from './columns.ts'
import { COMPOSITES } from './columns.ts'
import { micros, number, shown, text, uuid } from './scalars.ts'

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

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
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

/** Checks a composite value; subfields that aren't given keep what `before` holds. */
export function composite(field: FieldMeta, value: Json, before: Json): Json {
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
