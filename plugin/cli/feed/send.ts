import { createHash } from 'node:crypto'
import { signStandard } from '../../../worker/ingress/signatures/standard.ts'

/** What the receiver said, or why it said nothing. */
export type Sent =
  | { ok: true; accepted: number; rejected: { line: number; error: string }[] }
  | { ok: false; status: number | null; message: string }

export interface Sender {
  to: string
  secret: string
  fetch: typeof fetch
  /** Waits so many ms; told apart from the clock so that tests need not wait. */
  wait(ms: number): Promise<void>
  now(): number
  /** Told before each wait. */
  onRetry(message: string, ms: number): void
}

const TRIES = 8
const LONGEST_WAIT_MS = 30_000
const TIMEOUT_MS = 30_000

const detail = (text: string): string => {
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown }
    return [error, message].filter((part) => typeof part === 'string').join(': ')
  } catch {
    return text.slice(0, 200)
  }
}

const readReport = (text: string, count: number): Sent => {
  try {
    const report = JSON.parse(text) as { accepted?: unknown; rejected?: unknown }
    const rejected = Array.isArray(report.rejected) ? (report.rejected as { line: number; error: string }[]) : []
    return { ok: true, accepted: typeof report.accepted === 'number' ? report.accepted : count, rejected }
  } catch {
    return { ok: true, accepted: count, rejected: [] }
  }
}

/** One attempt. Says with `again` whether the same may be tried once more, and after how long at the least. */
const attempt = async (sender: Sender, lines: string[]): Promise<{ sent: Sent; again: number | null }> => {
  const body = new TextEncoder().encode(lines.join('\n') + '\n')
  // The same batch has the same id in every attempt; time and signature are the attempt's own.
  const id = `feed_${createHash('sha256').update(body).digest('hex').slice(0, 32)}`
  const signed = await signStandard(sender.secret, id, sender.now(), body)
  if (!signed) return { sent: { ok: false, status: null, message: 'the secret is not whsec_ and base64' }, again: null }
  try {
    const answer = await sender.fetch(sender.to, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', ...signed },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await answer.text()
    if (answer.ok) return { sent: readReport(text, lines.length), again: null }
    const sent: Sent = { ok: false, status: answer.status, message: `HTTP ${answer.status} ${detail(text)}`.trim() }
    if (answer.status !== 429 && answer.status < 500) return { sent, again: null }
    const told = Number(answer.headers.get('retry-after'))
    return { sent, again: Number.isFinite(told) ? told * 1000 : 0 }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    const message = `not reached: ${cause || (error instanceof Error ? error.message : 'failed')}`
    return { sent: { ok: false, status: null, message }, again: 0 }
  }
}

/**
 * Sends lines of facts, signed by Standard Webhooks. 429, 5xx and an unreachable receiver are tried again, with a wait that
 * doubles from half a second and varies by a quarter, or as long as the receiver says; what else is refused is final.
 */
export const send = async (sender: Sender, lines: string[]): Promise<Sent> => {
  for (let tried = 1; ; tried++) {
    const { sent, again } = await attempt(sender, lines)
    if (sent.ok || again === null || tried === TRIES) return sent
    const backoff = 500 * 2 ** (tried - 1) * (0.75 + Math.random() / 2)
    const ms = Math.min(LONGEST_WAIT_MS, Math.max(again, backoff))
    sender.onRetry(sent.message, ms)
    await sender.wait(ms)
  }
}
