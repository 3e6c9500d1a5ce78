import { badRequest } from '../refusal.ts'
import type { Json, JsonObject } from '../types.ts'

/** The comparators that REST knows, in the order in which its refusal names them. */
const COMPARATORS = [
  'eq',
  'neq',
  'in',
  'containsAny',
  'is',
  'gt',
  'gte',
  'lt',
  'lte',
  'startsWith',
  'endsWith',
  'like',
  'ilike',
]

/** Splits at commas that lie outside quotes, brackets and parentheses. */
function splitTop(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') quoted = !quoted
    else if (quoted) continue
    else if (letter === '(' || letter === '[') depth++
    else if (letter === ')' || letter === ']') depth--
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function scalar(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function operand(comparator: string, text: string): Json {
  if (comparator === 'in' || comparator === 'containsAny') {
    const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
    return splitTop(inner).map(scalar)
  }
  return scalar(text)
}

function comparison(text: string): JsonObject {
  const parts = /^([^[\]():]+)\[([^\]]*)\]:([\s\S]*)$/.exec(text)
  if (!parts) throw badRequest(`'filter' invalid for '${text}'. eg: price[gte]:10`)
  const [, path = '', comparator = '', value = ''] = parts
  if (!COMPARATORS.includes(comparator)) {
    throw badRequest(`'filter' invalid for '${text}', comparator ${comparator} not in ${COMPARATORS.join(', ')}`)
  }
  return path
    .split('.')
    .reduceRight<JsonObject>((inner, name) => ({ [name]: inner }), { [comparator]: operand(comparator, value) })
}

function term(text: string): JsonObject {
  const group = /^(and|or|not)\(([\s\S]*)\)$/.exec(text)
  if (!group) return comparison(text)
  const terms = splitTop(group[2] ?? '').map(term)
  const [first] = terms
  return group[1] === 'not' ? { not: first ?? {} } : { [group[1] ?? 'and']: terms }
}

/**
 * Reads the `filter` parameter of REST (`and(a[eq]:"x",or(b[gt]:1,c[is]:NULL))`, commas meaning and) into the filter
 * object that GraphQL takes, so that one evaluator serves both.
 */
export function parseFilter(text: string | null): JsonObject {
  if (text === null || text.trim() === '') return {}
  const terms = splitTop(text).map(term)
  return terms.length === 1 ? (terms[0] ?? {}) : { and: terms }
}
