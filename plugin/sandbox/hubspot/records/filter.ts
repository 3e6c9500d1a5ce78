import { linksOf } from '../associations/links.ts'
import type { Filter } from '../bodies/records.ts'
import type { Portal } from '../portal.ts'
import { findType } from '../portal.ts'
import { invalid } from '../refusal.ts'
import { readTime } from '../time.ts'
import type { ObjectType, PropertyMeta } from '../types.ts'

/** A record as the search index has it. */
export interface Indexed {
  id: string
  properties: Record<string, string>
}

/** What a value is compared by: numbers and times by size, text in lower case. */
export function comparable(meta: PropertyMeta, value: string): number | string {
  if (meta.type === 'date' || meta.type === 'datetime') {
    // Stored values are ISO in UTC; only what a caller wrote can be anything else.
    return value.endsWith('Z') ? Date.parse(value) : (readTime(value) ?? Number.NaN)
  }
  if (meta.type === 'number') return Number(value)
  return meta.type === 'string' || meta.type === 'phone_number' ? value.toLowerCase() : value
}

/** Below, equal or above. */
function compareValues(meta: PropertyMeta, one: string, other: string): number {
  const [left, right] = [comparable(meta, one), comparable(meta, other)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** A word of the text that fits a pattern with `*`. */
function hasToken(text: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const source = parts.map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')
  const whole = new RegExp(`^${source}$`, 'u')
  return (
    whole.test(text.toLowerCase()) ||
    text
      .toLowerCase()
      .split(/[\s,;:.@_-]+/u)
      .some((word) => whole.test(word))
  )
}

function single(filter: Filter): string {
  if (filter.value === undefined) throw invalid(`${filter.operator} of ${filter.propertyName} needs a value`)
  return filter.value
}

/** Text in a list must be in lower case to be found: the index keeps it so, and takes the list as it is. */
function inList(meta: PropertyMeta, filter: Filter, value: string): boolean {
  if (!filter.values || filter.values.length === 0) {
    throw invalid(`${filter.operator} of ${filter.propertyName} needs values`)
  }
  const held = comparable(meta, value)
  if (meta.type === 'string') return filter.values.includes(String(held))
  return filter.values.some((wanted) => compareValues(meta, value, wanted) === 0)
}

function holds(meta: PropertyMeta, filter: Filter, value: string | undefined): boolean {
  const { operator } = filter
  if (operator === 'HAS_PROPERTY') return value !== undefined
  if (operator === 'NOT_HAS_PROPERTY') return value === undefined
  if (operator === 'NEQ') return value === undefined || compareValues(meta, value, single(filter)) !== 0
  if (operator === 'NOT_IN') return value === undefined ? false : !inList(meta, filter, value)
  if (operator === 'NOT_CONTAINS_TOKEN') return value === undefined || !hasToken(value, single(filter))
  if (value === undefined) return false
  if (operator === 'IN') return inList(meta, filter, value)
  if (operator === 'CONTAINS_TOKEN') return hasToken(value, single(filter))
  const order = compareValues(meta, value, single(filter))
  if (operator === 'EQ') return order === 0
  if (operator === 'LT') return order < 0
  if (operator === 'LTE') return order <= 0
  if (operator === 'GT') return order > 0
  if (operator === 'GTE') return order >= 0
  if (filter.highValue === undefined) throw invalid(`BETWEEN of ${filter.propertyName} needs a highValue`)
  return order >= 0 && compareValues(meta, value, filter.highValue) <= 0
}

/** A test for one filter; a refusal when it names a property that isn't there. */
export function filterTest(portal: Portal, type: ObjectType, filter: Filter): (row: Indexed) => boolean {
  const { propertyName } = filter
  if (propertyName.startsWith('associations.')) {
    const other = findType(portal, propertyName.slice('associations.'.length))
    if (!other) throw invalid(`Unable to infer object type from: ${propertyName}`)
    const wanted = filter.operator === 'IN' ? (filter.values ?? []) : [single(filter)]
    return ({ id }) => wanted.some((to) => linksOf(portal, { type, id }, other).has(to))
  }
  const meta = type.properties.get(propertyName)
  if (!meta || meta.archivedAt !== null) {
    const message = `Property "${propertyName}" does not exist`
    const context = { propertyName: [propertyName] }
    throw invalid('There was a problem with the request.', {
      errors: [{ message, code: 'PROPERTY_DOESNT_EXIST', context }],
    })
  }
  return ({ properties }) => holds(meta, filter, properties[propertyName])
}
