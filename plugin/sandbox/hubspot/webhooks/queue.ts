import type { WebhookEvent } from './events.ts'
import { signatureHeaders } from './signature.ts'
import type { SignatureVersion } from './signature.ts'

/** A delivery holds so many events; it is given up after this many retries in a day. */
const MOST_EVENTS = 100
const TIMEOUT_MS = 5_000
const MINUTE = 60_000
/** How long each retry waits after the try before it: ten in 24 hours. HubSpot's own times are random. */
const WAITS = [1, 4, 10, 30, 60, 120, 180, 240, 330, 360].map((minutes) => minutes * MINUTE)

/** One delivery as it went out, or didn't. `status` is null when nothing was sent or nobody answered. */
export interface HubspotDelivery {
  url: string
  events: WebhookEvent[]
  headers: Record<string, string>
  body: string
  attempt: number
  outcome: 'delivered' | 'failed' | 'dropped' | 'given up'
  status: number | null
  at: number
}

export interface WebhookTarget {
  /** The address that the app's project names; it is what is signed. */
  targetUrl: string
  /** Where it is sent to instead, as a tunnel does; `targetUrl` when not said. */
  deliverTo?: string
  secret: string
  signatures: SignatureVersion[]
}

/** What tests make of the way between HubSpot and a receiver. */
export interface HubspotWeather {
  drop: (event: WebhookEvent) => boolean
  duplicate: (event: WebhookEvent) => boolean
  /** Puts what waits into another order before it is sent. */
  order: (events: WebhookEvent[]) => WebhookEvent[]
}

interface Batch {
  events: WebhookEvent[]
  attempt: number
  due: number
}

/** Sends events in batches, and again when the receiver fails: ten more times in a day of the stand-in's clock. */
export class WebhookQueue {
  readonly deliveries: HubspotDelivery[] = []
  readonly weather: HubspotWeather = { drop: () => false, duplicate: () => false, order: (events) => events }
  target: WebhookTarget | null = null
  /** `hold` keeps all until it is flushed. */
  mode: 'deliver' | 'hold' = 'deliver'
  readonly #now: () => number
  #fresh: WebhookEvent[] = []
  #batches: Batch[] = []
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** Events that wait, of retries too. */
  get pending(): number {
    return this.#fresh.length + this.#batches.reduce((sum, { events }) => sum + events.length, 0)
  }

  add(events: WebhookEvent[]): void {
    if (this.target === null || events.length === 0) return
    this.#fresh.push(...events)
    if (this.mode === 'deliver') this.#wake(0)
  }

  /** Sends all that is due by the clock now; retries that are due later stay. */
  async flush(): Promise<void> {
    for (;;) {
      if (this.#running) await this.#running
      if (this.#fresh.length === 0 && !this.#batches.some(({ due }) => due <= this.#now())) return
      await this.#start()
    }
  }

  resume(mode: 'deliver' | 'hold'): void {
    this.mode = mode
    if (mode === 'deliver') this.#wake(0)
  }

  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #start(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  #wake(ms: number): void {
    if (this.#closed || (this.#timer && ms > 0)) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.mode === 'hold') return
      void this.#start().then(() => {
        const due = Math.min(...this.#batches.map((batch) => batch.due))
        if (this.#fresh.length > 0) this.#wake(0)
        else if (Number.isFinite(due)) this.#wake(Math.min(Math.max(due - this.#now(), 100), MINUTE))
      })
    }, ms)
    this.#timer.unref()
  }

  async #run(): Promise<void> {
    const events = this.weather.order(this.#fresh.splice(0)).flatMap((event) => {
      if (this.weather.drop(event)) {
        this.#log([event], '', {}, 0, 'dropped', null)
        return []
      }
      return this.weather.duplicate(event) ? [event, { ...event }] : [event]
    })
    for (let from = 0; from < events.length; from += MOST_EVENTS) {
      this.#batches.push({ events: events.slice(from, from + MOST_EVENTS), attempt: 0, due: this.#now() })
    }
    const due = this.#batches.filter((batch) => batch.due <= this.#now())
    for (const batch of due) {
      await this.#send(batch)
    }
  }

  async #send(batch: Batch): Promise<void> {
    const { target } = this
    this.#batches = this.#batches.filter((one) => one !== batch)
    if (target === null) return
    const events = batch.events.map((event) => ({ ...event, attemptNumber: batch.attempt }))
    const body = JSON.stringify(events)
    const { targetUrl: uri, secret, signatures } = target
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'HubSpot Connect 2.0',
      ...signatureHeaders(signatures, { method: 'POST', uri, body, secret, at: this.#now() }),
    }
    let status: number | null = null
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const answer = await fetch(target.deliverTo ?? uri, { method: 'POST', headers, body, signal, redirect: 'manual' })
      await answer.arrayBuffer()
      status = answer.status
    } catch {
      status = null
    }
    const ok = status !== null && status < 400
    const wait = WAITS[batch.attempt]
    const outcome = ok ? 'delivered' : wait === undefined ? 'given up' : 'failed'
    this.#log(events, body, headers, batch.attempt, outcome, status)
    if (ok || wait === undefined) return
    this.#batches.push({ events: batch.events, attempt: batch.attempt + 1, due: this.#now() + wait })
  }

  #log(
    events: WebhookEvent[],
    body: string,
    headers: Record<string, string>,
    attempt: number,
    outcome: HubspotDelivery['outcome'],
    status: number | null,
  ): void {
    const url = this.target?.targetUrl ?? ''
    this.deliveries.push({ url, events, headers, body, attempt, outcome, status, at: this.#now() })
  }
}
