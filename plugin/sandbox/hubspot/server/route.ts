import type { z } from 'zod'
import type { Portal } from '../portal.ts'
import { invalid } from '../refusal.ts'
import type { ErrorDetail } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Token } from '../types.ts'
import type { Incoming, Outgoing } from './http.ts'

/** One call, with its caller known. */
export interface Call {
  state: State
  portal: Portal
  token: Token
  params: Record<string, string>
  query: URLSearchParams
  request: Incoming
}

/** Scopes that a call needs: of each inner list, one. */
export type Scopes = string[][]

export interface Route {
  method: string
  parts: string[]
  scopes: (call: Call) => Scopes
  /** The budget that it is counted against. */
  budget: 'calls' | 'search'
  run: (call: Call) => Outgoing
}

export interface RoutePlan<Body> {
  scopes: (call: Call) => Scopes
  /** What the body must be; none: the call has no body. */
  body?: z.ZodType<Body>
  /** What the answer must be, by status; null: an empty body. */
  answers: Record<number, z.ZodType | null>
  budget?: 'calls' | 'search'
  /** Keys that the published specification calls required though HubSpot does without: `inputs.*.properties`. */
  published?: string[]
}

/** The first of the named keys that a body lacks. */
function lacking(body: unknown, keys: string[]): string | undefined {
  const has = (value: unknown, [key = '', ...rest]: string[]): boolean => {
    if (key === '*') return Array.isArray(value) && value.every((one) => has(one, rest))
    if (typeof value !== 'object' || value === null || !(key in value)) return false
    return rest.length === 0 || has((value as Record<string, unknown>)[key], rest)
  }
  return keys.find((key) => !has(body, key.split('.')))
}

function details(error: z.ZodError): ErrorDetail[] {
  return error.issues.slice(0, 10).map(({ message, path }) => ({ message, in: path.map(String).join('.') || 'body' }))
}

/** The checked body of a request; a refusal says what is wrong with it. */
export function checked<Body>(schema: z.ZodType<Body>, value: unknown): Body {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const errors = details(read.error)
  const first = errors[0]
  throw invalid(`Invalid input JSON: ${first?.in ?? 'body'}: ${first?.message ?? 'not valid'}`, { errors })
}

function json(request: Incoming): unknown {
  if (request.raw.length === 0) throw invalid('Invalid input JSON: the body is empty')
  try {
    return JSON.parse(request.raw.toString('utf8')) as unknown
  } catch {
    throw invalid('Invalid input JSON on line 1: it is not JSON')
  }
}

/** The stand-in may not say what HubSpot would not: an answer that fits no schema is a bug of the stand-in. */
function fits(line: string, answers: RoutePlan<unknown>['answers'], { status, body }: Outgoing): void {
  const schema = answers[status]
  if (schema === undefined) throw new Error(`${line}: no schema for status ${status}`)
  if (schema === null) {
    if (body !== null) throw new Error(`${line}: status ${status} has no body`)
    return
  }
  const read = schema.safeParse(body)
  if (!read.success) throw new Error(`${line}: answer ${status}: ${JSON.stringify(details(read.error))}`)
}

/** A route of the API: `POST /crm/objects/2026-09/:objectType/batch/read`, with both bodies checked. */
export function route<Body = undefined>(
  line: string,
  plan: RoutePlan<Body>,
  run: (call: Call, body: Body) => Outgoing,
): Route {
  const [method = '', path = ''] = line.split(' ')
  return {
    method,
    parts: path.split('/').slice(1),
    scopes: plan.scopes,
    budget: plan.budget ?? 'calls',
    run(call) {
      const given = plan.body ? json(call.request) : undefined
      const body = plan.body ? checked(plan.body, given) : (undefined as Body)
      const missing = call.state.strict ? lacking(given, plan.published ?? []) : undefined
      if (missing !== undefined)
        throw invalid(`Invalid input JSON: ${missing} is missing`, { errors: [{ message: 'required', in: missing }] })
      const answer = run(call, body)
      fits(line, plan.answers, answer)
      return answer
    },
  }
}

/** The parts of a path that a route names, or null when it is another route's. */
export function match(route: Route, method: string, parts: string[]): Record<string, string> | null {
  if (route.method !== method || route.parts.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [at, part] of route.parts.entries()) {
    const given = parts[at] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given)
    else if (part !== given) return null
  }
  return params
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? ''
}
