import * as bodies from '../bodies/actions.ts'
import { notFound } from '../refusal.ts'
import type { Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'

/** A blocked action that was let go on, or one that waits. */
export interface Completion {
  callbackId: string
  outputFields: Record<string, string>
  at: number
}

/** The actions that wait for a call back, and those that got one. Only what is blocked can be completed. */
export class Callbacks {
  readonly completions: Completion[] = []
  /** Callback id → portal and when it runs out, in ms since 1970. */
  readonly #blocked = new Map<string, { portalId: number; until: number }>()

  block(callbackId: string, portalId: number, until: number): void {
    this.#blocked.set(callbackId, { portalId, until })
  }

  /** Ids that wait at a time. */
  waiting(now: number): string[] {
    return [...this.#blocked].filter(([, { until }]) => until > now).map(([id]) => id)
  }

  complete(callbackId: string, portalId: number, outputFields: Record<string, string>, now: number): void {
    const held = this.#blocked.get(callbackId)
    if (held?.portalId !== portalId || held.until <= now) throw notFound(`No blocked action ${callbackId}`)
    this.#blocked.delete(callbackId)
    this.completions.push({ callbackId, outputFields, at: now })
  }
}

const ROOT = '/automation/actions/callbacks/2026-09'

export function callbackRoutes(callbacks: Callbacks): Route[] {
  const scopes = fixed('automation')
  return [
    route(
      `POST ${ROOT}/complete`,
      { scopes, body: bodies.batchComplete, published: ['inputs.*.typedOutputs'], answers: { 204: null } },
      (call, { inputs }) => {
        for (const { callbackId, outputFields } of inputs) {
          callbacks.complete(callbackId, call.portal.id, outputFields, call.state.now())
        }
        return { status: 204, body: null }
      },
    ),

    route(
      `POST ${ROOT}/:callbackId/complete`,
      { scopes, body: bodies.complete, published: ['typedOutputs'], answers: { 204: null } },
      (call, { outputFields }) => {
        callbacks.complete(param(call, 'callbackId'), call.portal.id, outputFields, call.state.now())
        return { status: 204, body: null }
      },
    ),
  ]
}
