import { factSchema } from '../../schemas/events/cloudevents.ts'
import type { Fact } from '../../schemas/events/index.ts'
import { decodeUtf8, parseJson } from './json.ts'

/** What is wrong with one event: which one of a batch (from 0), where in it, and what. */
export interface FactError {
  index: number
  path: string
  message: string
}

/** A line of a bulk delivery (from 1) that was left out, and why. */
export interface RejectedLine {
  line: number
  error: string
}

export type FactsParsed =
  | { ok: true; facts: Fact[]; rejected: RejectedLine[] }
  /** Nothing is taken. `status` is the HTTP answer: 415 for another content type, else 400. */
  | { ok: false; status: 400 | 415; errors: FactError[]; rejected?: RejectedLine[] }

/** More than this many reasons tell nobody more. */
const MOST_ERRORS = 50
/** Events in one request; 1 MiB holds some 4,000. */
const MOST_EVENTS = 20_000

const TYPES: Record<string, 'one' | 'batch' | 'either' | 'lines'> = {
  'application/cloudevents+json': 'one',
  'application/cloudevents-batch+json': 'batch',
  'application/json': 'either',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
}

/** The media type of a content-type header, without parameters, in lower case. */
export const mediaType = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()

export const isFactsType = (contentType: string): boolean => Object.hasOwn(TYPES, mediaType(contentType))

const wrong = (message: string, status: 400 | 415 = 400): FactsParsed => ({
  ok: false,
  status,
  errors: [{ index: 0, path: '', message }],
})

/** Clocks differ a little; what is told of a later day would stand before all that comes until then. */
const AHEAD_MS = 86_400_000

const errorsOf = (index: number, event: unknown, now: number): { fact?: Fact; errors: FactError[] } => {
  const parsed = factSchema.safeParse(event)
  if (parsed.success && Date.parse(parsed.data.at) > now + AHEAD_MS)
    return { errors: [{ index, path: 'time', message: 'lies more than a day ahead' }] }
  if (parsed.success) return { fact: parsed.data, errors: [] }
  return {
    errors: parsed.error.issues.map(({ path, message }) => ({ index, path: path.map(String).join('.'), message })),
  }
}

/** A single event or a batch: all or nothing. */
const parseAll = (events: unknown[], now: number): FactsParsed => {
  const facts: Fact[] = []
  const errors: FactError[] = []
  for (const [index, event] of events.entries()) {
    const one = errorsOf(index, event, now)
    if (one.fact) facts.push(one.fact)
    errors.push(...one.errors)
    if (errors.length >= MOST_ERRORS) break
  }
  return errors.length > 0
    ? { ok: false, status: 400, errors: errors.slice(0, MOST_ERRORS) }
    : { ok: true, facts, rejected: [] }
}

/** Bulk: one event a line. Bad lines are left out and told; only when no line is good is the whole refused. */
const parseLines = (text: string, now: number): FactsParsed => {
  const facts: Fact[] = []
  const rejected: RejectedLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const json = parseJson(line)
    const one = json.ok ? errorsOf(index, json.value, now) : { errors: [{ index, path: '', message: json.reason }] }
    if (one.fact) facts.push(one.fact)
    else
      rejected.push({ line: index + 1, error: one.errors.map(({ path, message }) => `${path}: ${message}`).join('; ') })
    if (facts.length + rejected.length > MOST_EVENTS) return wrong(`more than ${MOST_EVENTS} lines`)
  }
  if (facts.length > 0) return { ok: true, facts, rejected }
  return { ok: false, status: 400, errors: [{ index: 0, path: '', message: 'no line is a sound event' }], rejected }
}

/**
 * Reads core-banking facts: CloudEvents 1.0 in JSON, one (`application/cloudevents+json`), a batch
 * (`application/cloudevents-batch+json`), either (`application/json`), or one a line (`application/x-ndjson`). One event and
 * a batch are all or nothing, with a list of what is wrong; of lines the good ones are taken and the others reported. `now`:
 * when they came, epoch ms.
 */
export const parseFacts = (contentType: string, bytes: Uint8Array, now: number): FactsParsed => {
  const type = mediaType(contentType)
  const form = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!form) return wrong(`content type must be one of ${Object.keys(TYPES).join(', ')}`, 415)
  const text = decodeUtf8(bytes)
  if (text === null) return wrong('not UTF-8')
  if (form === 'lines') return parseLines(text, now)
  const json = parseJson(text)
  if (!json.ok) return wrong(json.reason)
  const isBatch = Array.isArray(json.value)
  if (form === 'one' && isBatch) return wrong('one event expected; send an array as application/cloudevents-batch+json')
  if (form === 'batch' && !isBatch) return wrong('an array of events expected')
  const events: unknown[] = Array.isArray(json.value) ? json.value : [json.value]
  if (events.length === 0) return wrong('no event')
  if (events.length > MOST_EVENTS) return wrong(`more than ${MOST_EVENTS} events`)
  return parseAll(events, now)
}

/**
 * The facts of a stored request, whose content type isn't kept: a document that is one JSON value is an event or a batch,
 * else it was lines. It was checked before it was stored, so the form can't be mistaken. `at`: when it came, epoch ms.
 */
export const unpackFacts = (body: ArrayBuffer | Uint8Array, at: number): Fact[] => {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array(body)
  const whole = parseFacts('application/json', bytes, at)
  if (whole.ok) return whole.facts
  const lines = parseFacts('application/x-ndjson', bytes, at)
  return lines.ok ? lines.facts : []
}
