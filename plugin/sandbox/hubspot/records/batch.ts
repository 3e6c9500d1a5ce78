import type { InputError } from '../bodies/common.ts'
import * as bodies from '../bodies/records.ts'
import { invalid, Refusal } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { Outgoing } from '../server/http.ts'
import { instant } from '../time.ts'
import { archive } from './commit.ts'
import { checkIdProperty, findRow, rowNamed } from './find.ts'
import { renderAll, renderRow } from './render.ts'
import type { Shown } from './render.ts'
import { plannedChange, plannedCreate, siteOf } from './write.ts'

const ROOT = '/crm/objects/2026-09/:objectType/batch'
const reads = ofType('objects', 'read')
const writes = ofType('objects', 'write')

interface Traced {
  objectWriteTraceId?: string | undefined
}

/** The answer of a batch: 207 as soon as one input failed. */
export function batchAnswer(call: Call, status: number, results: object[], errors: InputError[]): Outgoing {
  const at = instant(call.state.now())
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at }
  if (errors.length === 0) return { status, body }
  return { status: 207, body: { ...body, numErrors: errors.length, errors } }
}

function inputError(refusal: Refusal, context: Record<string, string[]>): InputError {
  const { category, message, details } = refusal
  return { status: 'error', category, message, context, errors: details.errors ?? [], links: {} }
}

function traced<Result extends object>(result: Result, input: Traced): Result & Traced {
  return input.objectWriteTraceId === undefined ? result : { ...result, objectWriteTraceId: input.objectWriteTraceId }
}

/** Runs the inputs one by one. Bad ones are told in a 207, or the first of them refuses all where `whole` says so. */
function eachInput<Input extends Traced & { id?: string }>(
  call: Call,
  status: number,
  inputs: Input[],
  whole: boolean,
  write: (input: Input) => () => object,
): Outgoing {
  const errors: InputError[] = []
  const results: object[] = []
  // All is checked before anything is written, so that a refused batch leaves nothing behind.
  if (whole) for (const input of inputs) write(input)
  for (const input of inputs) {
    try {
      results.push(traced(write(input)(), input))
    } catch (error) {
      if (!(error instanceof Refusal) || whole) throw error
      const { objectWriteTraceId: trace } = input
      const context: Record<string, string[]> = {}
      if (error.category === 'OBJECT_NOT_FOUND' && input.id !== undefined) context['ids'] = [input.id]
      if (trace !== undefined) context['objectWriteTraceId'] = [trace]
      errors.push(inputError(error, context))
    }
  }
  return batchAnswer(call, status, results, errors)
}

function refuseTwice(keys: string[]): void {
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw invalid(`Duplicate IDs found in batch input: [${twice}]. IDs must be unique`)
}

function keyOf({ id, idProperty }: bodies.KeyedInput): string {
  return idProperty === undefined ? id : idProperty === 'email' ? id.toLowerCase() : id
}

function tracesAll(inputs: Traced[]): boolean {
  const traces = new Set(inputs.map(({ objectWriteTraceId }) => objectWriteTraceId))
  return !traces.has(undefined) && traces.size === inputs.length
}

export const batchRoutes: Route[] = [
  route(
    `POST ${ROOT}/create`,
    {
      scopes: writes,
      body: bodies.batchCreate,
      published: ['inputs.*.associations'],
      answers: { 201: bodies.batchRecords, 207: bodies.batchRecords },
    },
    (call, { inputs }) => {
      const site = siteOf(call)
      // Only inputs that can be told apart can fail one by one.
      const whole = call.state.batchErrors === 'whole' || !tracesAll(inputs)
      return eachInput(call, 201, inputs, whole, ({ properties, associations = [] }) => {
        const make = plannedCreate(site, properties, associations)
        return () => renderAll(site.type, make())
      })
    },
  ),

  route(
    `POST ${ROOT}/read`,
    {
      scopes: reads,
      body: bodies.batchRead,
      published: ['properties', 'propertiesWithHistory'],
      answers: { 200: bodies.batchRecords, 207: bodies.batchRecords },
    },
    (call, { inputs, idProperty, properties }) => {
      const { type } = siteOf(call)
      checkIdProperty(call.portal, type, idProperty)
      const archived = call.query.get('archived') === 'true'
      const results: Shown[] = []
      const missing: string[] = []
      for (const { id } of inputs) {
        const gone = archived ? type.records.get(id) : undefined
        const isBinned = gone?.archivedAt != null && gone.mergedInto === undefined
        const row = archived ? (isBinned ? gone : undefined) : findRow(type, id, idProperty)
        if (!row) missing.push(id)
        else if (!results.some((result) => result.id === row.id)) results.push(renderRow(type, row, properties ?? null))
      }
      if (missing.length === 0) return batchAnswer(call, 200, results, [])
      const what = type.singular.toUpperCase()
      const message = `Could not get some ${what} objects, they may be deleted or not exist. Check that ids are valid.`
      const error = new Refusal(404, 'OBJECT_NOT_FOUND', message)
      return batchAnswer(call, 207, results, [inputError(error, { ids: missing })])
    },
  ),

  route(
    `POST ${ROOT}/update`,
    { scopes: writes, body: bodies.batchWrite, answers: { 200: bodies.batchRecords, 207: bodies.batchRecords } },
    (call, { inputs }) => {
      const site = siteOf(call)
      for (const { idProperty } of inputs) checkIdProperty(call.portal, site.type, idProperty)
      refuseTwice(inputs.map(keyOf))
      return eachInput(call, 200, inputs, call.state.batchErrors === 'whole', ({ id, idProperty, properties }) => {
        const row = rowNamed(site.type, id, idProperty)
        const change = plannedChange(site, row, properties)
        return () => renderAll(site.type, change())
      })
    },
  ),

  route(
    `POST ${ROOT}/upsert`,
    { scopes: writes, body: bodies.batchWrite, answers: { 200: bodies.batchUpserted, 207: bodies.batchUpserted } },
    (call, { inputs }) => {
      const site = siteOf(call)
      for (const { idProperty } of inputs) checkIdProperty(call.portal, site.type, idProperty ?? 'hs_object_id')
      refuseTwice(inputs.map(keyOf))
      return eachInput(call, 200, inputs, call.state.batchErrors === 'whole', ({ id, idProperty = '', properties }) => {
        const row = findRow(site.type, id, idProperty)
        if (row) {
          const change = plannedChange(site, row, properties)
          return () => ({ ...renderAll(site.type, change()), new: false })
        }
        const make = plannedCreate(site, { ...properties, [idProperty]: properties[idProperty] ?? id }, [])
        return () => ({ ...renderAll(site.type, make()), new: true })
      })
    },
  ),

  route(
    `POST ${ROOT}/archive`,
    { scopes: writes, body: bodies.batchIds, answers: { 204: null } },
    (call, { inputs }) => {
      const site = siteOf(call)
      for (const { id } of inputs) {
        const row = findRow(site.type, id)
        if (row) archive(site, row)
      }
      return { status: 204, body: null }
    },
  ),
]
