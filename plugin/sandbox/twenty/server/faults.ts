import type { Json } from '../types.ts'
import type { Handler, Incoming, Outgoing } from './http.ts'

/** A failure that a test asks for. */
export interface Fault {
  /** `'POST /rest/batch/companies'`, `'/rest/companies'` (start of path), a pattern over `METHOD path`, or a test. */
  match?: string | RegExp | ((request: Incoming) => boolean)
  /** The answer instead of Twenty's. */
  status?: number
  body?: Json
  /** How many calls it hits; 1 when not said. */
  times?: number
  /** Closes the connection without an answer. */
  cut?: boolean
  /** Waits this long first, in real ms. */
  timeoutMs?: number
  /** `after`: the call is carried out, only its answer is lost. Otherwise nothing is carried out. */
  when?: 'before' | 'after'
}

/** One call that the stand-in got. */
export interface CallRecord {
  method: string
  path: string
  /** The path with ids and names of records out of it: `/rest/companies/:id`. */
  route: string
  url: string
  status: number | 'cut'
  at: number
  /** What a call for a token presented, by its OAuth name; null for every other call. */
  grant?: string | null
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

function hits(fault: Fault, request: Incoming): boolean {
  const { match } = fault
  const line = `${request.method} ${request.url}`
  if (match === undefined) return true
  if (typeof match === 'function') return match(request)
  if (match instanceof RegExp) return match.test(line)
  return match.startsWith('/') ? request.path.startsWith(match) : line.startsWith(match)
}

/** All calls that came in, and how often each route was called. */
export class CallLog {
  readonly list: CallRecord[] = []

  /** Calls of one route: `count('POST /rest/batch/companies')`; of all without one. */
  count(route?: string | RegExp): number {
    if (route === undefined) return this.list.length
    return this.list.filter((call) => {
      const line = `${call.method} ${call.route}`
      return typeof route === 'string' ? line === route : route.test(line)
    }).length
  }

  /** `{'GET /rest/companies': 3, …}` */
  byRoute(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const call of this.list) {
      const line = `${call.method} ${call.route}`
      counts[line] = (counts[line] ?? 0) + 1
    }
    return counts
  }

  clear(): void {
    this.list.length = 0
  }
}

/** Wraps the stand-in's answers with the faults that are waiting and with the log of calls. */
export class FaultGate {
  readonly calls = new CallLog()
  #faults: { fault: Fault; left: number }[] = []

  failNext(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#faults = []
  }

  wrap(handler: Handler, now: () => number): Handler {
    return async (request) => {
      const answer = await this.#answer(handler, request)
      this.calls.list.push({
        method: request.method,
        path: request.path,
        route: request.path.replace(UUID, ':id'),
        url: request.url,
        status: answer === 'cut' ? 'cut' : answer.status,
        at: now(),
      })
      return answer
    }
  }

  async #answer(handler: Handler, request: Incoming): Promise<Outgoing | 'cut'> {
    const waiting = this.#faults.find(({ fault, left }) => left > 0 && hits(fault, request))
    if (!waiting) return handler(request)
    waiting.left--
    const { fault } = waiting
    if (fault.when === 'after') await handler(request)
    if (fault.timeoutMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.timeoutMs))
    if (fault.cut === true) return 'cut'
    if (fault.status === undefined && fault.body === undefined) return handler(request)
    const status = fault.status ?? 500
    return { status, body: fault.body ?? { statusCode: status, error: 'Error', messages: ['Injected fault'] } }
  }
}
