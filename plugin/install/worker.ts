import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { CrmAccess } from '../../worker/crm/port.ts'
import type { Problem } from './problem.ts'
import { t } from './said/index.ts'

/** What the Worker says about an account. */
export type WorkerState =
  | { kind: 'unreachable'; problem: Problem }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'absent'; byConsent?: boolean }
  | {
      kind: 'connected'
      url: string
      /** Whether an admin of HubSpot has agreed (OAuth): then the Worker has tokens of its own. */
      byConsent: boolean
      /** The webhook secret of Twenty, or the client secret of HubSpot's app. */
      hasSecret: boolean
      hasCorebank: boolean
      shards: number | undefined
      /** Client id of the app of this account's own, where the Worker was told. */
      appId?: unknown
      /** Where the model lies in a HubSpot account, as the Worker was told. */
      layout: unknown
    }

/** What connects an account. Holds secrets: never logged. */
export interface Connection {
  crm: CrmAccess
  webhookSecret?: string
  corebankSecret?: string
  shards: number
}

export interface WorkerClient {
  readonly url: string
  state(account: string): Promise<WorkerState>
  connect(account: string, connection: Connection): Promise<Problem | undefined>
  disconnect(account: string): Promise<Problem | undefined>
}

export interface WorkerOptions {
  url: string
  adminToken: string | undefined
  timeoutMs?: number
  fetch?: typeof fetch
}

/** Whether the Worker knows all secrets that it needs: the webhook's, and core banking's when one is given. */
export const knowsSecrets = (state: WorkerState, corebankSecret: string | undefined): boolean =>
  state.kind === 'connected' && state.hasSecret && (corebankSecret === undefined || state.hasCorebank)

type Answer = { status: number; body: Record<string, unknown> }

/** A client of the few routes of Ladder's Worker that an installation needs. */
export const workerClient = (options: WorkerOptions): WorkerClient => {
  const { url, adminToken, timeoutMs = 30_000 } = options
  const request = options.fetch ?? fetch

  const call = async (method: string, account: string, body?: unknown): Promise<Answer | Problem> => {
    const path = `/api/v1/accounts/${encodeURIComponent(account)}`
    try {
      const response = await request(url + path, {
        method,
        headers: {
          ...(adminToken ? { authorization: `Bearer ${adminToken}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      return { status: response.status, body: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {} }
    } catch {
      return {
        what: t`Ladder's Worker can't be reached at ${url}`,
        where: t`${method} ${path}`,
        todo: 'Start it (`ladder serve`, or deploy it), then run `ladder apply` again with --ladder-url.',
      }
    }
  }

  const refusal = (method: string, { status, body }: Answer): Problem => {
    const where = `${method} ${url}/api/v1/accounts/…`
    if (status === 401 || status === 403)
      return {
        what: adminToken ? 'the Worker refuses the admin token' : 'there is no admin token for the Worker',
        where,
        todo: 'Set LADDER_ADMIN_TOKEN, or put the token into .ladder/admin-token, then run `ladder apply` again.',
      }
    if (status === 422 && body.error === 'playbook') {
      const [first] = Array.isArray(body.issues)
        ? (body.issues as { path?: unknown; message?: { en?: unknown } }[])
        : []
      const issue = first ? `: ${String(first.path ?? '')}: ${String(first.message?.en ?? '')}` : ''
      return {
        what: t`the Worker refuses the playbook that comes with this command${issue}`,
        where,
        todo: 'It is of another version than this command: bring both to the same one, then run `ladder apply` again.',
      }
    }
    const error = body.message ?? body.error
    const said = typeof error === 'string' ? error : error === undefined ? '' : JSON.stringify(error)
    return { what: t`the Worker answers ${status} ${said}`.trim(), where, todo: "See the Worker's log." }
  }

  return {
    url,
    state: async (account) => {
      const answer = await call('GET', account)
      if ('what' in answer) return { kind: 'unreachable', problem: answer }
      const { status, body } = answer
      if (status === 404) return { kind: 'absent' }
      if (status !== 200) return { kind: 'refused', problem: refusal('GET', answer) }
      if (body.connected !== true) return { kind: 'absent', byConsent: body.consent != null }
      const byConsent = body.byConsent === true
      const secrets: unknown[] = Array.isArray(body.secrets) ? body.secrets : []
      return {
        kind: 'connected',
        url: String(body.url).replace(/\/+$/, ''),
        byConsent,
        // the app that several accounts use has its secret in the Worker's environment
        hasSecret: byConsent || secrets.includes(body.kind ?? 'twenty'),
        hasCorebank: secrets.includes('corebank'),
        shards: typeof body.shards === 'number' ? body.shards : undefined,
        layout: body.layout,
        appId: body.appId,
      }
    },
    // the default method travels with the installer; an account that has one keeps its own
    connect: async (account, connection) => {
      const answer = await call('PUT', account, { ...connection, playbook: defaultPlaybook })
      if ('what' in answer) return answer
      return answer.status >= 400 ? refusal('PUT', answer) : undefined
    },
    disconnect: async (account) => {
      const answer = await call('DELETE', account)
      if ('what' in answer) return answer
      return answer.status >= 400 && answer.status !== 404 ? refusal('DELETE', answer) : undefined
    },
  }
}
