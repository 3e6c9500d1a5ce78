import { isDenied, isLimit, summaryOf, type GraphqlError } from './errors.ts'
import { fail, ok, type Result } from '../problem.ts'
import { t } from '../said/index.ts'

export interface TwentyClient {
  readonly url: string
  /** A query or mutation of the metadata API. */
  metadata<T>(query: string, variables?: object): Promise<Result<T>>
  /** A REST call; `path` begins with `/rest`. */
  rest<T>(method: string, path: string, body?: unknown): Promise<Result<T>>
  /** A public page, without the key. */
  open<T>(path: string): Promise<Result<T>>
  /** Sends an app's tarball. */
  upload(tarball: Uint8Array<ArrayBuffer>): Promise<Result<{ id: string }>>
}

export interface ClientOptions {
  url: string
  /** The API key: sent in the header only. */
  token: string
  /** Told while the client waits for Twenty's rate limit. */
  onWait?: (message: string) => void
  timeoutMs?: number
  /** First wait after a 429; doubled each time, up to 30 s. Twenty says nothing about how long. */
  waitMs?: number
  fetch?: typeof fetch
}

const UPLOAD = `mutation UploadAppTarball($file: Upload!, $universalIdentifier: String) {
  uploadAppTarball(file: $file, universalIdentifier: $universalIdentifier) { id }
}`

const MAX_WAITS = 12

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

type Answer = { status: number; body: unknown }
interface Envelope {
  data?: unknown
  errors?: GraphqlError[]
  messages?: string[]
  message?: string
}

const envelopeOf = (body: unknown): Envelope => (typeof body === 'object' && body !== null ? body : {})

const isLimited = ({ status, body }: Answer): boolean =>
  status === 429 || isLimit((Array.isArray(envelopeOf(body).errors) && envelopeOf(body).errors) || [])

/** A small client of one Twenty server: timeouts on every call, waits at the rate limit, errors that say what to do. */
export const twentyClient = (options: ClientOptions): TwentyClient => {
  const { token, onWait, timeoutMs = 180_000, waitMs = 4000 } = options
  const url = options.url.replace(/\/+$/, '')
  const request = options.fetch ?? fetch

  const once = async (method: string, path: string, init: RequestInit): Promise<Result<Answer>> => {
    try {
      const response = await request(url + path, { method, ...init, signal: AbortSignal.timeout(timeoutMs) })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      return ok({ status: response.status, body: isJson ? JSON.parse(text) : text })
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError'
      const reason = late ? t`no answer within ${timeoutMs / 1000} s` : 'no connection'
      return fail(
        t`${url} can't be reached: ${reason}`,
        `${method} ${path}`,
        'Check --url, and that Twenty is running.',
      )
    }
  }

  const patient = async (method: string, path: string, init: () => RequestInit): Promise<Result<Answer>> => {
    for (let waits = 0; ; waits++) {
      const answer = await once(method, path, init())
      if (!answer.ok || !isLimited(answer.value) || waits >= MAX_WAITS) return answer
      const ms = Math.min(waitMs * 2 ** waits, 30_000)
      onWait?.(t`Twenty's rate limit is reached: going on in ${Math.ceil(ms / 1000)} s`)
      await pause(ms)
    }
  }

  const headers = { authorization: `Bearer ${token}` }

  const refusal = (
    where: string,
    { status, body }: Answer,
  ): { ok: false; problem: { what: string; where: string; todo: string } } => {
    const { errors, messages, message } = envelopeOf(body)
    const summary = Array.isArray(errors) ? summaryOf(errors) : (messages?.join('; ') ?? message ?? `HTTP ${status}`)
    if (status === 401 || /token invalid|unauthenticated/i.test(summary))
      return fail(
        t`Twenty refuses the API key: ${summary}`,
        where,
        'Make a new API key in Settings → APIs, and pass it.',
      )
    if (status === 403 || isDenied(Array.isArray(errors) ? errors : []) || /permission/i.test(summary))
      return fail(
        t`The API key lacks a permission: ${summary}`,
        where,
        'Give the key the Admin role (Settings → Roles) while installing, or one with the permission.',
      )
    return fail(t`Twenty refuses: ${summary}`, where, 'See the message; `ladder plan` lists what stands in the way.')
  }

  const graphql = async <T>(where: string, init: () => RequestInit): Promise<Result<T>> => {
    const answer = await patient('POST', '/metadata', init)
    if (!answer.ok) return { ok: false, problem: { ...answer.problem, where } }
    const { data, errors } = envelopeOf(answer.value.body)
    if (answer.value.status >= 400 || (errors && errors.length > 0) || data == null) return refusal(where, answer.value)
    return ok(data as T)
  }

  return {
    url,
    metadata: (query, variables) => {
      const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? 'query'
      return graphql(t`${name} (metadata API)`, () => ({
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      }))
    },
    rest: async <T>(method: string, path: string, body?: unknown) => {
      const where = `${method} ${path.replace(/\?.*/, '')}`
      const answer = await patient(method, path, () => ({
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }))
      if (!answer.ok) return answer
      return answer.value.status >= 400 ? refusal(where, answer.value) : ok(answer.value.body as T)
    },
    open: async <T>(path: string) => {
      const answer = await patient('GET', path, () => ({}))
      if (!answer.ok) return answer
      return answer.value.status >= 400 ? refusal(`GET ${path}`, answer.value) : ok(answer.value.body as T)
    },
    upload: async (tarball) => {
      const sent = await graphql<{ uploadAppTarball: { id: string } }>('UploadAppTarball (metadata API)', () => {
        const form = new FormData()
        form.set('operations', JSON.stringify({ query: UPLOAD, variables: { file: null, universalIdentifier: null } }))
        form.set('map', JSON.stringify({ 0: ['variables.file'] }))
        form.set('0', new Blob([tarball], { type: 'application/gzip' }), 'app.tar.gz')
        return { headers, body: form }
      })
      return sent.ok ? ok(sent.value.uploadAppTarball) : sent
    },
  }
}
