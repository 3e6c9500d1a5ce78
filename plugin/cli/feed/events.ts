import { createHash } from 'node:crypto'
import { factSchema } from '../../../schemas/events/cloudevents.ts'
import type { FactMapping, Mapping } from './mapping.ts'
import { amountOf, fill, holds, isNumber, timeOf, valueOf, type Row } from './values.ts'

/** A CloudEvent as sent. */
export type CloudEvent = Record<string, unknown>

/** What a row gives: facts, and what could not be made of it. `skipped`: the row isn't data. */
export interface RowFacts {
  events: CloudEvent[]
  errors: string[]
  skipped: boolean
}

/**
 * The id of a fact comes from what it says, so feeding a file twice, renaming it or sorting it doubles nothing, while a
 * corrected figure is a new fact.
 */
const idOf = (row: string, type: string, time: string, data: unknown): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([row, type, time, data]))
    .digest('hex')
  return `${row.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 64)}/${type}/${digest.slice(0, 16)}`
}

/** Checks an event as the receiver will; null when it is sound. */
const wrong = (event: CloudEvent): string | null => {
  const parsed = factSchema.safeParse(event)
  if (parsed.success) return null
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`).join('; ')
}

/** `attributes.income` stands inside of `attributes`. */
const put = (data: CloudEvent, name: string, value: unknown): void => {
  const at = name.indexOf('.')
  if (at < 0) data[name] = value
  else put((data[name.slice(0, at)] ??= {}) as CloudEvent, name.slice(at + 1), value)
}

const eventOf = (mapping: Mapping, fact: FactMapping, row: Row): CloudEvent | string => {
  const time = timeOf(fact.time, row, mapping.offset)
  if (!time.ok) return time.error
  const data: CloudEvent = {}
  if (fact.amount !== undefined) {
    const amount = amountOf(fact.amount, row)
    if (!amount.ok) return `amount: ${amount.error}`
    Object.assign(data, { amount: amount.value, currency: 'CNY' })
  }
  for (const [name, value] of Object.entries(fact.data)) {
    const field = valueOf(value, row)
    if (!field.ok) return `${name}: ${field.error}`
    if (field.value !== undefined) put(data, name, field.value)
  }
  const subject = fill(mapping.customerNo, row)
  const id = idOf(mapping.row === undefined ? subject : fill(mapping.row, row), fact.type, time.value ?? '', data)
  const event = { specversion: '1.0', id, source: mapping.source, type: fact.type, time: time.value, subject, data }
  return wrong(event) ?? event
}

/** The facts of one row. */
export const factsOf = (mapping: Mapping, row: Row): RowFacts => {
  if (mapping.numeric !== undefined && !isNumber(row[mapping.numeric] ?? '')) {
    return { events: [], errors: [], skipped: true }
  }
  const made = mapping.facts
    .filter((fact) => holds(fact.when, row))
    .map((fact) => [fact, eventOf(mapping, fact, row)] as const)
  return {
    events: made.flatMap(([, event]) => (typeof event === 'string' ? [] : [event])),
    errors: made.flatMap(([fact, event]) => (typeof event === 'string' ? [`${fact.type}: ${event}`] : [])),
    skipped: false,
  }
}

/** A line that already is a CloudEvent. */
export const readyFact = (event: CloudEvent): RowFacts => {
  const error = wrong(event)
  return { events: error === null ? [event] : [], errors: error === null ? [] : [error], skipped: false }
}
