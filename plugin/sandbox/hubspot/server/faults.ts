import { randomUUID } from 'node:crypto'
import { CallLog } from '../../twenty/server/faults.ts'
import type { JsonObject } from '../types.ts'
import type { Handler, Incoming, Outgoing } from './http.ts'

/** A failure that a test asks for. */
export interface HubspotFault {
  /** `'POST /crm/objects'` or `'/crm/owners'` (start of it), a pattern over `METHOD url`, or a test. */
  match?: string | RegExp | ((request: Incoming) => boolean)
  /** The answer instead of HubSpot's. */
  status?: number
  body?: JsonObject
  headers?: Record<string, string>
  /** How many calls it hits; 1 when not said. */
  times?: number
  /** Closes the connection without an answer. */
  cut?: boolean
  /** Waits this long first, in real ms. */
  timeoutMs?: number
  /** `after`: the call is carried out, only its answer is lost. Otherwise nothing is carried out. */
  when?: 'before' | 'after'
  /**
   * Of a batch, the inputs that fail: by their place, or by a test. The others are carried out and the answer is 207, with
   * `status` and `category` in the errors of those that failed.
   */
  partial207?: number[] | ((input: JsonObject, at: number) => boolean)
  category?: string
  /** Of 429: which limit; TEN_SECONDLY_ROLLING when not said. */
  policyName?: 'TEN_SECONDLY_ROLLING' | 'DAILY' | 'SECONDLY'
}

const NUMBER = /(?<=\/)\d{4,}(?=\/|$)/g

function hits(fault: HubspotFault, request: Incoming): boolean {
  const { match } = fault
  const line = `${request.method} ${request.url}`
  if (match === undefined) return true
  if (typeof match === 'function') return match(request)
  if (match instanceof RegExp) return match.test(line)
  return match.startsWith('/') ? request.path.startsWith(match) : line.startsWith(match)
}

/** Wraps the stand-in's answers with the faults that are waiting and with the log of calls. */
export class FaultGate {
  readonly calls = new CallLog()
  #faults: { fault: HubspotFault; left: number }[] = []

  failNext(fault: HubspotFault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#faults = []
  }

  wrap(handler: Handler, now: () => number): Handler {
    return async (request) => {
      const at = now()
      const answer = await this.#answer(handler, request)
      const { method, path, url, raw } = request
      const grant = path.startsWith('/oauth/') ? new URLSearchParams(raw.toString('utf8')).get('grant_type') : null
      const route = path.replace(NUMBER, ':id')
      this.calls.list.push({ method, path, route, url, status: answer === 'cut' ? 'cut' : answer.status, at, grant })
      return answer
    }
  }

  async #answer(handler: Handler, request: Incoming): Promise<Outgoing | 'cut'> {
    const waiting = this.#faults.find(({ fault, left }) => left > 0 && hits(fault, request))
    if (!waiting) return handler(request)
    waiting.left--
    const { fault } = waiting
    if (fault.partial207 !== undefined) return partial(handler, request, fault)
    if (fault.when === 'after') await handler(request)
    if (fault.timeoutMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.timeoutMs))
    if (fault.cut === true) return 'cut'
    if (fault.status === undefined && fault.body === undefined) return handler(request)
    const headers = fault.headers ?? {}
    return { status: fault.status ?? 500, body: fault.body ?? errorOf(fault), headers }
  }
}

const CATEGORIES: Partial<Record<number, string>> = {
  400: 'VALIDATION_ERROR',
  401: 'INVALID_AUTHENTICATION',
  403: 'MISSING_SCOPES',
  409: 'CONFLICT',
  429: 'RATE_LIMITS',
}

/** What HubSpot says with a status; a 404 is nobody's word that a record is gone unless the fault's category says so. */
function errorOf(fault: HubspotFault): JsonObject {
  const category = fault.category ?? CATEGORIES[fault.status ?? 500] ?? 'INTERNAL_ERROR'
  const body = { status: 'error', message: 'Injected fault', correlationId: randomUUID(), category }
  if (fault.status !== 429) return body
  const { policyName = 'TEN_SECONDLY_ROLLING' } = fault
  const message = `You have reached your ${policyName.toLowerCase()} limit.`
  return { ...body, message, errorType: 'RATE_LIMIT', policyName, requestId: randomUUID() }
}

/** Carries out the inputs that don't fail, and adds an error for each of the others. */
async function partial(handler: Handler, request: Incoming, fault: HubspotFault): Promise<Outgoing | 'cut'> {
  const body = JSON.parse(request.raw.toString('utf8')) as { inputs: JsonObject[] }
  const { partial207 } = fault
  const fails = (input: JsonObject, at: number): boolean =>
    typeof partial207 === 'function' ? partial207(input, at) : (partial207 ?? []).includes(at)
  const bad = body.inputs.filter(fails)
  const inputs = body.inputs.filter((input, at) => !fails(input, at))
  const raw = Buffer.from(JSON.stringify({ ...body, inputs }))
  const done = {
    status: 'COMPLETE',
    results: [],
    startedAt: '2026-01-01T00:00:00Z',
    completedAt: '2026-01-01T00:00:00Z',
  }
  const answer = inputs.length === 0 ? { status: 200, body: done } : await handler({ ...request, raw })
  if (answer === 'cut' || answer.status >= 300) return answer
  const errors = bad.map((input) => {
    const trace = input['objectWriteTraceId']
    const context = typeof trace === 'string' ? { objectWriteTraceId: [trace] } : { ids: [String(input['id'])] }
    const category = fault.category ?? 'INTERNAL_ERROR'
    return { status: 'error', category, message: 'Injected fault', context, errors: [], links: {} }
  })
  const known = (answer.body ?? {}) as { errors?: object[] }
  const all = [...(known.errors ?? []), ...errors]
  return { ...answer, status: 207, body: { ...answer.body, numErrors: all.length, errors: all } }
}
