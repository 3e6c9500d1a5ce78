import { STANDARD_APPLICATION_ID } from '../metadata/standard.ts'
import { badRequest } from '../refusal.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import type { ColumnKind } from './columns.ts'
import { COMPOSITES, joinColumn } from './columns.ts'
import { optionValues, storeValue } from './values.ts'

/** SQL's three values: a comparison with NULL is neither true nor false, and `not` leaves it so. */
export type Verdict = boolean | null
export type Matcher = (row: Row) => Verdict

type Reader = (row: Row) => Json

function and(matchers: Matcher[]): Matcher {
  return (row) => {
    let verdict: Verdict = true
    for (const matcher of matchers) {
      const one = matcher(row)
      if (one === false) return false
      if (one === null) verdict = null
    }
    return verdict
  }
}

function or(matchers: Matcher[]): Matcher {
  return (row) => {
    let verdict: Verdict = false
    for (const matcher of matchers) {
      const one = matcher(row)
      if (one === true) return true
      if (one === null) verdict = null
    }
    return verdict
  }
}

function not(matcher: Matcher): Matcher {
  return (row) => {
    const verdict = matcher(row)
    return verdict === null ? null : !verdict
  }
}

function likeExpression(pattern: string, flags: string): RegExp {
  const source = pattern.replace(/\\?[\s\S]/g, (piece) => {
    if (piece === '%') return '[\\s\\S]*'
    if (piece === '_') return '[\\s\\S]'
    const letter = piece.length > 1 ? piece.slice(1) : piece
    return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, flags)
}

/** Brings an operand to the form in which the column is stored, as the database would. */
function cast(kind: string, value: Json, field: FieldMeta, table: string): Json {
  if (value === null) return null
  if (kind === 'number' || kind === 'micros' || kind === 'NUMBER' || kind === 'NUMERIC' || kind === 'POSITION') {
    const parsed = Number(value)
    if (Number.isNaN(parsed)) throw badRequest(`invalid input syntax for type numeric: "${String(value)}"`)
    return parsed
  }
  if (kind === 'BOOLEAN') return typeof value === 'boolean' ? value : String(value) === 'true'
  if (kind === 'DATE_TIME' || kind === 'DATE' || kind === 'UUID')
    return storeValue({ ...field, type: kind }, value, null)
  if ((kind === 'SELECT' || kind === 'RATING') && !optionValues(field).includes(String(value))) {
    throw badRequest(`invalid input value for enum workspace."${table}_${field.name}_enum": "${String(value)}"`)
  }
  return value
}

function compare(read: Reader, test: (value: Json) => boolean): Matcher {
  return (row) => {
    const value = read(row)
    return value === null ? null : test(value)
  }
}

function less(a: Json, b: Json): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b)
}

function same(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** A column and how to read it off a row. */
interface Column {
  table: string
  field: FieldMeta
  kind: string
  read: Reader
}

function operator(name: string, operand: Json, { table, field, kind, read }: Column): Matcher {
  const text = String(operand)
  const one = (): Json => cast(kind, operand, field, table)
  const many = (): Json[] =>
    (Array.isArray(operand) ? operand : [operand]).map((item) => cast(kind, item, field, table))
  switch (name) {
    case 'eq': {
      const wanted = one()
      if (wanted === '' || wanted === null) return (row) => read(row) === null
      return compare(read, (value) => same(value, wanted))
    }
    case 'neq': {
      const wanted = one()
      if (wanted === '' || wanted === null) return (row) => read(row) !== null
      return compare(read, (value) => !same(value, wanted))
    }
    case 'in': {
      const wanted = new Set(many())
      return compare(read, (value) => wanted.has(value))
    }
    case 'containsAny': {
      const wanted = many()
      return compare(read, (value) => Array.isArray(value) && value.some((item) => wanted.includes(item)))
    }
    case 'is':
      return text.toUpperCase() === 'NULL' ? (row) => read(row) === null : (row) => read(row) !== null
    case 'gt': {
      const wanted = one()
      return compare(read, (value) => less(wanted, value))
    }
    case 'gte': {
      const wanted = one()
      return compare(read, (value) => !less(value, wanted))
    }
    case 'lt': {
      const wanted = one()
      return compare(read, (value) => less(value, wanted))
    }
    case 'lte': {
      const wanted = one()
      return compare(read, (value) => !less(wanted, value))
    }
    case 'startsWith':
      return compare(read, (value) => String(value).startsWith(text))
    case 'endsWith':
      return compare(read, (value) => String(value).endsWith(text))
    case 'like': {
      const expression = likeExpression(text, '')
      return compare(read, (value) => expression.test(String(value)))
    }
    case 'ilike': {
      const expression = likeExpression(text, 'i')
      return compare(read, (value) => expression.test(String(value)))
    }
    default:
      throw badRequest(`Operator "${name}" is not supported for field "${field.name}"`)
  }
}

function operators(given: JsonObject, column: Column): Matcher {
  return and(Object.entries(given).map(([name, operand]) => operator(name, operand, column)))
}

function fieldMatcher(object: ObjectMeta, name: string, given: Json): Matcher {
  const field = object.fields.find((candidate) => candidate.name === name || joinColumn(candidate) === name)
  if (!field || !isObject(given)) throw badRequest(`Object ${object.nameSingular} doesn't have any "${name}" field.`)
  const parts: Record<string, ColumnKind> | undefined = COMPOSITES[field.type]
  const table = object.applicationId === STANDARD_APPLICATION_ID ? object.nameSingular : `_${object.nameSingular}`
  const plain: Reader = (row) => row[name] ?? null
  if (joinColumn(field)) return operators(given, { table, field: { ...field, name }, kind: 'UUID', read: plain })
  if (!parts) return operators(given, { table, field, kind: field.type, read: plain })
  return and(
    Object.entries(given).map(([part, inner]) => {
      const kind = parts[part]
      if (!kind || !isObject(inner)) {
        throw badRequest(`Object ${object.nameSingular} doesn't have any "${name}.${part}" field.`)
      }
      const read: Reader = (row) => {
        const value = row[name] ?? null
        return isObject(value) ? (value[part] ?? null) : null
      }
      return operators(inner, { table, field, kind, read })
    }),
  )
}

/** Compiles a filter object once; unknown fields and values that the column can't hold are refused here. */
export function compileFilter(object: ObjectMeta, filter: JsonObject): Matcher {
  const matchers = Object.entries(filter).map(([name, given]): Matcher => {
    if (name === 'and' || name === 'or') {
      const terms = (Array.isArray(given) ? given : [given]).filter(isObject)
      const inner = terms.map((one) => compileFilter(object, one))
      return name === 'and' ? and(inner) : or(inner)
    }
    if (name === 'not') return not(compileFilter(object, isObject(given) ? given : {}))
    return fieldMatcher(object, name, given)
  })
  return and(matchers)
}

/** True when a filter speaks of deletedAt anywhere: only then are soft-deleted rows looked at. */
export function mentionsDeleted(filter: Json): boolean {
  if (Array.isArray(filter)) return filter.some(mentionsDeleted)
  if (!isObject(filter)) return false
  return Object.entries(filter).some(([name, inner]) => name === 'deletedAt' || mentionsDeleted(inner))
}
