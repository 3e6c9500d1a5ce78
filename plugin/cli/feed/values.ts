import { Temporal } from 'temporal-polyfill'
import type { ValueMapping, When } from './mapping.ts'

/** A row of the table: text by column. */
export type Row = Record<string, string>

/** A value, or why the row has none. `undefined` means: left out. */
export type Got<T> = { ok: true; value: T | undefined } | { ok: false; error: string }

const got = <T>(value: T | undefined): Got<T> => ({ ok: true, value })
const lacks = (error: string): Got<never> => ({ ok: false, error })

/** Fills columns into a template. */
export const fill = (template: string, row: Row): string =>
  template.replace(/\{([^{}]+)\}/g, (_, column: string) => (row[column] ?? '').trim())

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** A decimal text as whole number and count of decimals; null when it is none. `9.34E-05` is one. */
const parseDecimal = (text: string): { digits: bigint; scale: number } | null => {
  const match = DECIMAL.exec(text.trim())
  if (!match || !((match[2] ?? '') + (match[3] ?? ''))) return null
  const decimals = match[3] ?? ''
  const digits = BigInt((match[2] ?? '') + decimals) * (match[1] === '-' ? -1n : 1n)
  const scale = decimals.length - Number(match[4] ?? 0)
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
}

export const isNumber = (text: string): boolean => parseDecimal(text) !== null

/** `text × times` yuan, as decimal text with two decimals, rounded half away from zero; null when `text` is no number. */
export const yuan = (text: string, times: number): string | null => {
  const [amount, factor] = [parseDecimal(text), parseDecimal(String(times))]
  if (!amount || !factor) return null
  const product = amount.digits * factor.digits * 100n
  const unit = 10n ** BigInt(amount.scale + factor.scale)
  const size = product < 0n ? -product : product
  const fen = (size * 2n + unit) / (unit * 2n)
  const sign = product < 0n && fen > 0n ? '-' : ''
  return `${sign}${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

/** Yuan of a fact, as decimal text. */
export const amountOf = (mapping: Exclude<ValueMapping, boolean>, row: Row): Got<string> => {
  const text = typeof mapping === 'string' ? fill(mapping, row) : 'column' in mapping ? (row[mapping.column] ?? '') : ''
  const times = typeof mapping === 'object' && 'times' in mapping ? mapping.times : 1
  if (text.trim() === '') return got<string>(undefined)
  const amount = yuan(text, times)
  return amount === null ? lacks(`"${text}" is no number`) : got(amount)
}

/** A day, maybe moved back. */
const dayOf = (
  mapping: { date: string } & { [by in 'minusYears' | 'minusMonths' | 'minusDays']?: string | number | undefined },
  row: Row,
): Got<string> => {
  const back = (by: string | number | undefined): string => (by === undefined ? '0' : fill(String(by), row))
  const text = fill(mapping.date, row)
  const steps = [back(mapping.minusYears), back(mapping.minusMonths), back(mapping.minusDays)]
  if (text === '' || steps.includes('')) return got<string>(undefined)
  const [years = NaN, months = NaN, days = NaN] = steps.map(Number)
  if (![years, months, days].every(Number.isInteger)) return lacks('years, months and days must be whole numbers')
  try {
    return got(Temporal.PlainDate.from(text).subtract({ years, months, days }).toString())
  } catch {
    return lacks(`"${text}" is no date`)
  }
}

/** A field's value. Empty text means that the field is left out. */
export const valueOf = (mapping: ValueMapping, row: Row): Got<string | boolean> => {
  if (typeof mapping === 'boolean') return got(mapping)
  if (typeof mapping === 'string') return got(fill(mapping, row) || undefined)
  if ('date' in mapping) return dayOf(mapping, row)
  if ('times' in mapping) return amountOf(mapping, row)
  const text = (row[mapping.column] ?? '').trim()
  if (!mapping.map) return got(text || undefined)
  return got(Object.hasOwn(mapping.map, text) ? mapping.map[text] : mapping.else)
}

/** The instant of a fact: a day is taken at 00:00 of the mapping's offset. */
export const timeOf = (mapping: ValueMapping, row: Row, offset: string): Got<string> => {
  const value = valueOf(mapping, row)
  if (!value.ok) return value
  if (typeof value.value !== 'string') return lacks('the time is empty')
  const text = value.value.replace(' ', 'T')
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return got(`${text}T00:00:00${offset}`)
  return got(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text + offset)
}

/** Whether a row gives a fact. Comparisons read the column as a number. */
export const holds = (when: When | undefined, row: Row): boolean => {
  if (when === undefined) return true
  if (typeof when === 'string') return (row[when] ?? '').trim() !== ''
  const text = (row[when.column] ?? '').trim()
  if (when.is && !when.is.includes(text)) return false
  if (when.isNot?.includes(text)) return false
  if (when.atLeast === undefined && when.below === undefined) return text !== '' || when.is !== undefined
  if (!isNumber(text)) return false
  return Number(text) >= (when.atLeast ?? -Infinity) && Number(text) < (when.below ?? Infinity)
}
