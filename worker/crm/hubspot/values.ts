import type { Value } from '../../../schemas/events/index.ts'
import type { FieldType } from '../../../schemas/model/define.ts'

/** What HubSpot keeps of every property: a text, or nothing. */
export type Raw = string | null | undefined

/** Fen as yuan with two decimals, without passing through a fraction: 1234567 → `12345.67`. */
const yuanOf = (fen: number): string => {
  const digits = String(Math.abs(Math.round(fen))).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Yuan as HubSpot shows a number (`12345.67`, `12345`, `1.2E7`) in fen; null for what isn't a number. */
const fenOf = (yuan: string): number | null => {
  const [, sign, whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(yuan) ?? []
  if (sign === undefined) {
    const number = Number(yuan)
    return Number.isFinite(number) ? Math.round(number * 100) : null
  }
  const cents = Number(`${part}00`.slice(0, 2)) + (Number(part[2] ?? 0) >= 5 ? 1 : 0)
  const fen = Number(whole) * 100 + cents
  return sign === '-' && fen !== 0 ? -fen : fen
}

const numberOf = (raw: string): number | null => {
  const number = Number(raw)
  return Number.isFinite(number) ? number : null
}

/** An instant: HubSpot shows ISO texts, and epoch milliseconds in webhooks. */
export const instantOf = (raw: Raw): string | null => {
  if (!raw) return null
  const time = /^-?\d+$/.test(raw) ? Number(raw) : Date.parse(raw)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

const parsed = (raw: string): Value => {
  try {
    return JSON.parse(raw) as Value
  } catch {
    // a person's edit that is no JSON any more: the method says so on the record
    return raw
  }
}

/** A property's text as the neutral value of a field. */
export const readValue = (type: FieldType, raw: Raw): Value => {
  if (raw === null || raw === undefined || raw === '') return type === 'multiSelect' ? [] : null
  switch (type) {
    case 'money':
      return fenOf(raw)
    case 'integer':
    case 'number':
      return numberOf(raw)
    case 'boolean':
      return raw === 'true' ? true : raw === 'false' ? false : null
    case 'multiSelect':
      return raw
        .split(';')
        .filter((code) => code !== '')
        .sort()
    case 'date':
      return /^\d{4}-/.test(raw) ? raw.slice(0, 10) : (instantOf(raw)?.slice(0, 10) ?? null)
    case 'dateTime':
      return instantOf(raw)
    case 'json':
      return parsed(raw)
    default:
      return raw
  }
}

/** A neutral value as the text that HubSpot keeps. Nothing is the empty text. */
export const writeValue = (type: FieldType, value: Value): string => {
  if (value === null) return ''
  if (type === 'money' && typeof value === 'number') return yuanOf(value)
  if (type === 'multiSelect' && Array.isArray(value)) return value.join(';')
  if (type === 'json' || typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

const ESCAPES: [RegExp, string][] = [
  [/&/g, '&amp;'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
  [/\n/g, '<br>'],
]
const UNESCAPES: [RegExp, string][] = [
  [/<br\s*\/?>|<\/(?:p|div|li|h\d)>(?=.)/gi, '\n'],
  [/<[^>]*>/g, ''],
  [/&nbsp;/g, ' '],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&quot;/g, '"'],
  [/&#39;/g, "'"],
  [/&amp;/g, '&'],
]
const replaced = (text: string, pairs: [RegExp, string][]): string =>
  pairs.reduce((rest, [what, by]) => rest.replace(what, by), text)

/** Plain text as the rich text of a task's or meeting's body. */
export const htmlOf = (text: string): string => replaced(text, ESCAPES)

/** The plain text of a body that people wrote in HubSpot's editor. */
export const textOf = (html: string): string => replaced(html, UNESCAPES).trimEnd()
