import { badRequest } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import type { FieldMeta, Json } from '../types.ts'
import { COMPOSITES } from './columns.ts'
import { composite } from './composites.ts'
import { array, date, dateTime, number, rawJson, shown, text, uuid } from './scalars.ts'

const RATINGS = ['RATING_1', 'RATING_2', 'RATING_3', 'RATING_4', 'RATING_5']

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
