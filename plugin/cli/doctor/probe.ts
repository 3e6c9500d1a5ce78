import { t } from '../../install/said/index.ts'
/** One HTTP call of the doctor: no retries, since what goes wrong is what it is after. */
export type Probe =
  | { ok: true; status: number; body: unknown; headers: Headers; at: number }
  | { ok: false; message: string; todo: string }

const TIMEOUT_MS = 15_000

const CAUSES: Record<string, [message: string, todo: string]> = {
  ENOTFOUND: ['its name is not known', 'Check the host name and the DNS of this machine.'],
  EAI_AGAIN: ['its name could not be looked up', 'Check the DNS of this machine.'],
  ECONNREFUSED: ['nothing listens there', 'Check the port, and that the server runs.'],
  ECONNRESET: ['the connection was cut', 'Check for a proxy or firewall, and http against https.'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['it does not speak TLS', 'Write http instead of https.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is self-signed', 'Set NODE_EXTRA_CA_CERTS to the CA of the bank.'],
  SELF_SIGNED_CERT_IN_CHAIN: ['its CA is not known here', 'Set NODE_EXTRA_CA_CERTS to the CA of the bank.'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its CA is not known here', 'Set NODE_EXTRA_CA_CERTS to the CA of the bank.'],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'Renew the certificate.'],
}

const reasonOf = (error: unknown): [message: string, todo: string] => {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return [t`no answer within ${TIMEOUT_MS / 1000} s`, 'Check for a firewall, and that the server is not overloaded.']
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const said = cause instanceof Error ? cause.message : error instanceof Error ? error.message : 'failed'
  return CAUSES[code] ?? [code || said, 'Check the URL.']
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export interface Call {
  method?: string
  token?: string
  headers?: Record<string, string>
  json?: unknown
  body?: Uint8Array<ArrayBuffer>
}

export const probe = async (url: string, call: Call = {}): Promise<Probe> => {
  const { method = 'GET', token, json } = call
  const headers: Record<string, string> = { ...call.headers }
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`
  if (json !== undefined) headers['content-type'] = 'application/json'
  const body = call.body ?? (json === undefined ? null : JSON.stringify(json))
  try {
    const init: RequestInit = { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) }
    const answer = await fetch(url, init)
    return {
      ok: true,
      status: answer.status,
      body: parsed(await answer.text()),
      headers: answer.headers,
      at: Date.now(),
    }
  } catch (error) {
    const [message, todo] = reasonOf(error)
    return { ok: false, message, todo }
  }
}

/** A property of whatever a server answered. */
export const get = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  )

/** The server's clock less ours, in seconds, by its Date header (whole seconds); null when it has none. */
export const skewOf = (answer: Probe): number | null => {
  if (!answer.ok) return null
  const at = Date.parse(answer.headers.get('date') ?? '')
  return Number.isNaN(at) ? null : Math.round((at - answer.at) / 1000)
}
