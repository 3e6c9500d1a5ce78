/** The schemes by which a webhook's sender proves itself. */
export const SCHEMES = ['twenty', 'hubspot-v1', 'hubspot-v2', 'hubspot-v3', 'standard'] as const
export type Scheme = (typeof SCHEMES)[number]

/** Headers by their names in small letters: a request's own, or a copy of some of them. */
export interface ReadableHeaders {
  get(name: string): string | null
}

/** What is checked: the raw bytes as received, never a parsed and rewritten body. */
export interface SignedRequest {
  /** The shared secret; for `standard` it may carry the prefix `whsec_`. Never logged, never in a message. */
  secret: string
  headers: ReadableHeaders
  body: Uint8Array<ArrayBuffer>
  /** HTTP method and full URL as the sender called it: HubSpot's v2 and v3 sign them. */
  method?: string | undefined
  url?: string | undefined
  /** Present time, epoch milliseconds. */
  now: number
}

export type RefusalReason = 'header-missing' | 'timestamp-invalid' | 'stale' | 'future' | 'mismatch' | 'secret-invalid'

export type Verdict = { ok: true } | { ok: false; reason: RefusalReason; message: string }

/** How far a request's timestamp may lie from the present, in milliseconds, either way. */
export const WINDOW_MS = 5 * 60 * 1000

export const refuse = (reason: RefusalReason, message: string): Verdict => ({ ok: false, reason, message })

/**
 * Checks a timestamp header against the window, both ways. Digits alone count as a number: `NaN` compares false with
 * everything, so a receiver that lets `abc` through never finds it stale.
 */
export const checkTimestamp = (value: string, unit: 'ms' | 's', now: number): Verdict => {
  const digits = unit === 'ms' ? /^\d{1,16}$/ : /^\d{1,13}$/
  if (!digits.test(value)) {
    return refuse('timestamp-invalid', `timestamp is no whole number of ${unit === 'ms' ? 'milliseconds' : 'seconds'}`)
  }
  const at = Number(value) * (unit === 'ms' ? 1 : 1000)
  const away = `${Math.round(Math.abs(now - at) / 1000)} s from the present, more than 300 s are refused`
  if (now - at > WINDOW_MS) return refuse('stale', `timestamp is too old: ${away}`)
  if (at - now > WINDOW_MS) return refuse('future', `timestamp lies in the future: ${away}`)
  return { ok: true }
}
