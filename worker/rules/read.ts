import { temporalKind, temporalPart, type Temporal } from './feel.ts'
import type { Context, Value } from './types.ts'
import { nameOf } from './parse-node.ts'
import { isRecord } from './values.ts'

/** Names that every object has; a record's own value has to be asked for. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype))

/** A reader of a field or path of a record; what is missing is null. Lists are read item by item, as FEEL does. */
export function readPath(path: readonly string[]): (context: Context) => Value {
  const [name, ...rest] = path
  if (name === undefined) return () => null
  const first = readName(name)
  if (rest.length === 0) return first
  return (context) => {
    let value = first(context)
    for (const part of rest) value = readPart(value, part)
    return value
  }
}

function readName(name: string): (context: Context) => Value {
  if (!isDirect(name)) return (context) => readOwn(context, name)
  return (context) => {
    const value = context[name]
    return value === undefined ? null : (value as Value)
  }
}

/** True when a record's own property of this very name is all there is to read. */
export function isDirect(name: string): boolean {
  return !inherited.has(name) && !isSpaced(name)
}

/** Names with operators in them parse with spaces around these: `Pre-bureau` as `Pre - bureau`. */
function isSpaced(name: string): boolean {
  return / [./\-'+*] |\*\*/.test(name)
}

function readOwn(record: Context, name: string): Value {
  if (Object.hasOwn(record, name)) return (record[name] ?? null) as Value
  if (!isSpaced(name)) return null
  const key = Object.keys(record).find((each) => nameOf(each) === name)
  return key === undefined ? null : ((record[key] ?? null) as Value)
}

/** One step of a path: a field of a record, a part of a date, or that of each item of a list. */
export function readPart(value: Value, name: string): Value {
  if (value === null || typeof value !== 'object') return null
  if (Array.isArray(value)) return value.map((item) => readPart(item, name))
  if (temporalKind(value) !== null) return temporalPart(value as Temporal, name) ?? null
  return isRecord(value) ? readOwn(value, name) : null
}
