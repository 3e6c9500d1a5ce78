import type { Refused } from '../port.ts'
import { listIn } from './client.ts'
import type { HubspotRecord } from './records.ts'
import { rawRecords } from './read.ts'

/** One input of a batch, as its answer may name it. */
export interface Asked {
  /** The write's id, sent along as `objectWriteTraceId`. */
  id: string
  recordId?: string | undefined
  /** By a unique property. */
  key?: { property: string; value: string } | undefined
}

/** What an answer says of one input. */
export interface Answered {
  asked: Asked
  record: HubspotRecord & { new?: boolean }
}

/** An answer to a batch of records, in parts: 200 when all went well, 207 when some didn't. */
export interface BatchAnswer {
  done: Answered[]
  gone: Asked[]
  refused: Refused[]
  /** There are errors, and none says whom it is about. */
  isObscure: boolean
}

interface BatchError {
  message: string
  category: string
  /** All that an error says of whom it is about: trace ids, record ids, keys. */
  about: Set<string>
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number'
    ? [String(value)]
    : Array.isArray(value)
      ? value.flatMap(textsIn)
      : []

const errorOf = (raw: Record<string, unknown>): BatchError => {
  const { message, category, context, id } = raw
  const inContext = typeof context === 'object' && context !== null ? Object.values(context).flatMap(textsIn) : []
  return {
    message: typeof message === 'string' ? message : 'refused without a reason',
    category: typeof category === 'string' ? category : '',
    about: new Set([...inContext, ...textsIn(id)]),
  }
}

export const errorsIn = (body: unknown): BatchError[] => (listIn(body, 'errors') ?? []).map(errorOf)

const traceOf = (record: HubspotRecord): string | undefined =>
  'objectWriteTraceId' in record && typeof record.objectWriteTraceId === 'string'
    ? record.objectWriteTraceId
    : undefined

const isAnswerTo = ({ id, recordId, key }: Asked, record: HubspotRecord): boolean => {
  const trace = traceOf(record)
  if (trace !== undefined) return trace === id
  return key ? record.properties[key.property] === key.value : record.id === recordId
}

const isAbout = ({ id, recordId, key }: Asked, { about }: BatchError): boolean =>
  about.has(id) || (recordId !== undefined && about.has(recordId)) || (key !== undefined && about.has(key.value))

/** Errors of the moment: what they are about is sent again. */
const PASSING = /^(RATE_LIMITS?|INTERNAL_ERROR|SERVICE_UNAVAILABLE|TIMEOUT|LOCKED)$/
/** A record that isn't there. */
export const GONE = 'OBJECT_NOT_FOUND'

/** Sorts a batch's answer by its inputs. Undefined when it is no answer to a batch. */
export const batchAnswer = (body: unknown, asked: Asked[]): BatchAnswer | undefined => {
  const list = listIn(body, 'results')
  if (!list) return undefined
  const records = rawRecords(list)
  const errors = errorsIn(body)
  const answer: BatchAnswer = { done: [], gone: [], refused: [], isObscure: false }
  const left: Asked[] = []
  for (const one of asked) {
    const record = records.find((candidate) => isAnswerTo(one, candidate))
    if (record) answer.done.push({ asked: one, record })
    else left.push(one)
  }
  for (const one of left) {
    const error = errors.find((candidate) => isAbout(one, candidate)) ?? (left.length === 1 ? errors[0] : undefined)
    if (!error || PASSING.test(error.category)) continue
    if (error.category === GONE && one.recordId !== undefined) answer.gone.push(one)
    else answer.refused.push({ id: one.id, reason: `${error.category}: ${error.message}`.slice(0, 500) })
  }
  answer.isObscure =
    answer.done.length === 0 &&
    errors.some(({ category }) => !PASSING.test(category)) &&
    answer.gone.length + answer.refused.length === 0
  return answer
}
