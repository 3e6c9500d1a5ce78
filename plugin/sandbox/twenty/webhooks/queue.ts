import { createHmac, randomBytes } from 'node:crypto'
import type { JsonObject, Webhook } from '../types.ts'

/** Twenty sends one job of up to 20 calls at a time; a slow receiver holds up the jobs behind it. */
const CALLS_IN_FLIGHT = 20
const TIMEOUT_MS = 5_000

/** A call that waits to be sent. What is known only when sending is put between head and tail. */
export interface PendingCall {
  webhook: Webhook
  eventName: string
  head: JsonObject
  tail: JsonObject
}

/** One call as it went out, or didn't. `status` is null when nothing was sent or nobody answered. */
export interface Delivery {
  eventName: string
  targetUrl: string
  webhookId: string
  headers: Record<string, string>
  body: string
  outcome: 'delivered' | 'failed' | 'dropped' | 'blocked'
  status: number | null
  error?: string
}

/** What tests make of the way between Twenty and a receiver. */
export interface Weather {
  drop: (call: PendingCall) => boolean
  duplicate: (call: PendingCall) => boolean
  delayMs: (call: PendingCall) => number
  /** Takes this many calls at a time and sends them in the other order; 1 keeps the order. */
  reorder: number
}

/** `deliver` sends; `hold` waits as when the worker is down; `guard` loses all, as the outbound guard does. */
export type WebhookMode = 'deliver' | 'hold' | 'guard'

export function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}:${body}`).digest('hex')
}

/** Sends webhook calls after the commit, at most once each, never again: as Twenty does, until a test says otherwise. */
export class WebhookQueue {
  readonly deliveries: Delivery[] = []
  readonly weather: Weather = { drop: () => false, duplicate: () => false, delayMs: () => 0, reorder: 1 }
  mode: WebhookMode
  readonly #now: () => number
  #jobs: PendingCall[][] = []
  #running = false
  #idle: (() => void)[] = []

  constructor(mode: WebhookMode, now: () => number) {
    this.mode = mode
    this.#now = now
  }

  get pending(): number {
    return this.#jobs.reduce((sum, job) => sum + job.length, 0)
  }

  add(calls: PendingCall[]): void {
    for (let from = 0; from < calls.length; from += CALLS_IN_FLIGHT) {
      this.#jobs.push(calls.slice(from, from + CALLS_IN_FLIGHT))
    }
    this.#start()
  }

  /** Resolves when everything that was queued has been sent; also sends what `hold` or `reorder` kept back. */
  async flush(): Promise<void> {
    const { mode } = this
    if (mode === 'hold') this.mode = 'deliver'
    this.#start(true)
    if (this.#running) await new Promise<void>((resolve) => this.#idle.push(resolve))
    this.mode = mode
  }

  resume(mode: WebhookMode): void {
    this.mode = mode
    this.#start()
  }

  #start(all = false): void {
    if (this.#running || this.mode === 'hold') return
    if (!all && this.pending < this.weather.reorder) return
    this.#running = true
    setImmediate(() => {
      this.#run(all)
        .catch(() => undefined)
        .finally(() => {
          this.#running = false
          for (const resolve of this.#idle.splice(0)) resolve()
          if (this.#jobs.length > 0) this.#start()
        })
    })
  }

  async #run(all: boolean): Promise<void> {
    while (this.#jobs.length > 0 && this.mode !== 'hold') {
      if (this.weather.reorder > 1) {
        if (!all && this.pending < this.weather.reorder) return
        const calls = this.#jobs.splice(0).flat()
        const turned = calls.splice(0, this.weather.reorder).reverse()
        if (calls.length > 0) this.#jobs.unshift(calls)
        for (const call of turned) await this.#send(call)
      } else {
        await Promise.all((this.#jobs.shift() ?? []).map((call) => this.#send(call)))
      }
    }
  }

  async #send(call: PendingCall): Promise<void> {
    const delay = this.weather.delayMs(call)
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    const { webhook } = call
    const body = JSON.stringify({
      targetUrl: webhook.targetUrl,
      eventName: call.eventName,
      ...call.head,
      workspaceId: webhook.workspaceId,
      webhookId: webhook.id,
      eventDate: new Date(this.#now()).toISOString(),
      ...call.tail,
    })
    const times = this.weather.duplicate(call) ? 2 : 1
    if (this.mode === 'guard') this.#log(call, body, {}, 'blocked', null)
    else if (this.weather.drop(call)) this.#log(call, body, {}, 'dropped', null)
    else for (let time = 0; time < times; time++) await this.#post(call, body)
  }

  async #post(call: PendingCall, body: string): Promise<void> {
    const { webhook } = call
    const headers: Record<string, string> = {
      Accept: 'application/json, text/plain, */*',
      'Content-Type': 'application/json',
    }
    if (webhook.secret !== '') {
      const timestamp = String(this.#now())
      headers['X-Twenty-Webhook-Timestamp'] = timestamp
      headers['X-Twenty-Webhook-Signature'] = signature(webhook.secret, timestamp, body)
      headers['X-Twenty-Webhook-Nonce'] = randomBytes(16).toString('hex')
    }
    headers['User-Agent'] = 'axios/1.19.0'
    try {
      const answer = await fetch(webhook.targetUrl, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await answer.arrayBuffer()
      this.#log(call, body, headers, answer.ok ? 'delivered' : 'failed', answer.status)
    } catch (error) {
      this.#log(call, body, headers, 'failed', null, error instanceof Error ? error.message : String(error))
    }
  }

  #log(
    call: PendingCall,
    body: string,
    headers: Record<string, string>,
    outcome: Delivery['outcome'],
    status: number | null,
    error?: string,
  ): void {
    const { id, targetUrl } = call.webhook
    const delivery: Delivery = { eventName: call.eventName, targetUrl, webhookId: id, headers, body, outcome, status }
    if (error !== undefined) delivery.error = error
    this.deliveries.push(delivery)
  }
}
