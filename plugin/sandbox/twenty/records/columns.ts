import type { FieldMeta, Json, JsonObject, Row } from '../types.ts'
import { isObject } from '../types.ts'

/** How a subfield is kept: `text` reads as "" when empty, `list` as [], the others as null. */
export type ColumnKind = 'text' | 'code' | 'number' | 'micros' | 'list' | 'json' | 'uuid'

/** The composite types of Twenty and their subfields, in the order in which it answers them. */
export const COMPOSITES: Record<string, Record<string, ColumnKind>> = {
  CURRENCY: { amountMicros: 'micros', currencyCode: 'code' },
  LINKS: { primaryLinkLabel: 'text', primaryLinkUrl: 'text', secondaryLinks: 'list' },
  EMAILS: { primaryEmail: 'text', additionalEmails: 'list' },
  PHONES: {
    primaryPhoneNumber: 'text',
    primaryPhoneCountryCode: 'text',
    primaryPhoneCallingCode: 'text',
    additionalPhones: 'list',
  },
  FULL_NAME: { firstName: 'text', lastName: 'text' },
  ADDRESS: {
    addressStreet1: 'text',
    addressStreet2: 'text',
    addressCity: 'text',
    addressPostcode: 'text',
    addressState: 'text',
    addressCountry: 'text',
    addressLat: 'number',
    addressLng: 'number',
  },
  ACTOR: { source: 'code', workspaceMemberId: 'uuid', name: 'text', context: 'json' },
  RICH_TEXT: { blocknote: 'text', markdown: 'text' },
}

/** The subfield that a unique index of a composite field is on. */
const UNIQUE_SUBFIELD: Record<string, string> = {
  LINKS: 'primaryLinkUrl',
  EMAILS: 'primaryEmail',
  PHONES: 'primaryPhoneNumber',
}

export function isRelation(field: FieldMeta): boolean {
  return field.type === 'RELATION' || field.type === 'MORPH_RELATION'
}

export function relationType(field: FieldMeta): Json {
  return field.settings?.['relationType'] ?? null
}

/** `companyId` for a relation that holds the key, null for the side that doesn't and for other fields. */
export function joinColumn(field: FieldMeta): string | null {
  if (!isRelation(field) || relationType(field) !== 'MANY_TO_ONE') return null
  const name = field.settings?.['joinColumnName']
  return typeof name === 'string' ? name : `${field.name}Id`
}

/** The key a row has in the unique index of a field; null where the index holds nothing. */
export function uniqueKey(field: FieldMeta, row: Row): string | null {
  const column = joinColumn(field) ?? field.name
  const value = row[column] ?? null
  const subfield = UNIQUE_SUBFIELD[field.type]
  const key = subfield && isObject(value) ? (value[subfield] ?? null) : value
  return key === null || isObject(key) ? null : String(key)
}

export function uniqueLabel(field: FieldMeta): string {
  const subfield = UNIQUE_SUBFIELD[field.type]
  return subfield ? `${field.name}.${subfield}` : field.name
}

function readSubfield(kind: ColumnKind, value: Json): Json {
  // the column keeps the fraction, the answer cuts it
  if (kind === 'micros' && typeof value === 'number') return Math.trunc(value)
  if (value !== null) return value
  if (kind === 'text') return ''
  return kind === 'list' ? [] : null
}

/** A stored value as the API answers it: empty text is kept as NULL and read as "". */
export function readValue(field: FieldMeta, value: Json): Json {
  const parts = COMPOSITES[field.type]
  if (parts) {
    const stored = isObject(value) ? value : {}
    const answer: JsonObject = {}
    for (const [name, kind] of Object.entries(parts)) answer[name] = readSubfield(kind, stored[name] ?? null)
    return answer
  }
  if (value !== null) return value
  if (field.type === 'TEXT') return ''
  return field.type === 'MULTI_SELECT' || field.type === 'ARRAY' ? [] : null
}

/** Drops the inner quotes that string defaults carry: `"'NEW'"` → `NEW`. */
export function unquote(value: Json): Json {
  if (typeof value !== 'string') return value
  const inner = /^'([\s\S]*)'$/.exec(value)?.[1]
  return inner ?? value
}

/** The value a new row gets for a field that the caller left out. */
export function defaultOf(field: FieldMeta): Json {
  const parts = COMPOSITES[field.type]
  const value = field.defaultValue
  if (parts) {
    const given = isObject(value) ? value : {}
    const stored: JsonObject = {}
    for (const name of Object.keys(parts)) {
      const part = unquote(given[name] ?? null)
      stored[name] = part === '' ? null : part
    }
    return stored
  }
  if (Array.isArray(value)) return value.map(unquote)
  return unquote(value)
}
