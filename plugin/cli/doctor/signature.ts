import {
  verifySignature,
  type RefusalReason,
  type Scheme,
  type SignedRequest,
} from '../../../worker/ingress/signatures/index.ts'
import { bodyVariants, secretVariants, urlVariants } from './variants.ts'

/** What is known of one recorded request. `cause` and `todo` are for a person; none holds a secret. */
export interface Diagnosis {
  valid: boolean
  reason?: RefusalReason | 'body-changed' | 'wrong-secret' | 'wrong-url' | 'wrong-method'
  cause?: string
  todo?: string
}

const STAMPS: Partial<Record<Scheme, { header: string; ms: number }>> = {
  twenty: { header: 'x-twenty-webhook-timestamp', ms: 1 },
  'hubspot-v3': { header: 'x-hubspot-request-timestamp', ms: 1 },
  standard: { header: 'webhook-timestamp', ms: 1000 },
}

/** The header by which each scheme shows itself. */
const MARKS: [header: string, scheme: string][] = [
  ['x-twenty-webhook-signature', 'twenty'],
  ['x-hubspot-signature-v3', 'hubspot-v3'],
  ['x-hubspot-signature', 'hubspot-v1 or hubspot-v2 (X-HubSpot-Signature-Version tells)'],
  ['webhook-signature', 'standard'],
]

const missing = (headers: SignedRequest['headers'], message: string): Diagnosis => {
  const mark = MARKS.find(([header]) => headers.get(header) !== null)
  return {
    valid: false,
    reason: 'header-missing',
    cause: message + (mark ? `; these headers look like scheme ${mark[1]}` : ''),
    todo: mark
      ? 'Check --scheme, and that a proxy passes all headers on.'
      : 'Twenty sends unsigned when a webhook was made with an empty secret. Else a proxy may drop headers.',
  }
}

/** The time that the request says it was sent, in ms; null when it says none. */
const sentAt = (scheme: Scheme, headers: SignedRequest['headers']): number | null => {
  const stamp = STAMPS[scheme]
  const value = stamp ? headers.get(stamp.header) : null
  return stamp && value !== null && /^\d{1,16}$/.test(value) ? Number(value) * stamp.ms : null
}

/** Why does the signature not fit? Tries the changes that are seen in practice; an HMAC can't tell more. */
const explainMismatch = async (scheme: Scheme, request: SignedRequest): Promise<Diagnosis> => {
  const fits = async (changed: Partial<SignedRequest>): Promise<boolean> =>
    (await verifySignature(scheme, { ...request, ...changed })).ok
  const found = (reason: Diagnosis['reason'], cause: string, todo: string): Diagnosis => ({
    valid: false,
    reason,
    cause,
    todo,
  })
  for (const { value, story } of bodyVariants(request.body)) {
    if (await fits({ body: value })) return found('body-changed', story, 'Verify and record the raw bytes as received.')
  }
  for (const { value, story } of secretVariants(request.secret)) {
    if (await fits({ secret: value })) return found('wrong-secret', story, 'Store the secret anew, without additions.')
  }
  if (scheme === 'hubspot-v2' || scheme === 'hubspot-v3') {
    for (const { value, story } of urlVariants(request.url ?? '')) {
      if (await fits({ url: value })) return found('wrong-url', story, 'Sign and verify the URL that HubSpot calls.')
    }
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (await fits({ method })) return found('wrong-method', `the request was a ${method}`, 'Check --method.')
    }
  }
  const also = scheme === 'hubspot-v2' || scheme === 'hubspot-v3' ? ', or another URL' : ''
  return found(
    'mismatch',
    `wrong secret, or the body changed on its way${also}: no common change explains it, so the secret is the likelier`,
    'Compare the secret with the one of the sender; then record the body anew as raw bytes.',
  )
}

/** Tells whether a recorded request is validly signed at `now`, and if not, why, as far as that can be known. */
export const diagnose = async (scheme: Scheme, request: SignedRequest): Promise<Diagnosis> => {
  const verdict = await verifySignature(scheme, request)
  if (verdict.ok) return { valid: true }
  const { reason, message } = verdict
  if (reason === 'header-missing') return missing(request.headers, message)
  if (reason === 'secret-invalid') {
    const todo = scheme === 'standard' ? 'Give the secret as whsec_ and base64.' : 'Set the environment variable.'
    return { valid: false, reason, cause: message, todo }
  }
  if (reason === 'timestamp-invalid') {
    return { valid: false, reason, cause: message, todo: 'Such a request must be refused: it has no age.' }
  }
  if (reason === 'mismatch') return explainMismatch(scheme, request)
  const at = sentAt(scheme, request.headers)
  const then = at === null ? null : await diagnose(scheme, { ...request, now: at })
  const sent = at === null ? '' : ` It was sent ${new Date(Math.min(at, 8.64e15)).toISOString()}.`
  if (then && !then.valid) {
    return {
      valid: false,
      reason,
      cause: `${message}.${sent} At that time it fails too: ${then.cause ?? 'unknown'}`,
      todo: then.todo ?? '',
    }
  }
  return {
    valid: false,
    reason,
    cause: `${message}.${sent} The signature itself fits: the secret is right and the body whole.`,
    todo:
      reason === 'stale'
        ? 'If just sent: set the clocks (NTP) of both sides. If recorded: pass --now with the time when it came. Else a replay.'
        : "The sender's clock is ahead or ours is behind: set both by NTP. If recorded: pass --now.",
  }
}
