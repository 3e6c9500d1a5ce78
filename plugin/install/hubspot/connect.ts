import { isDeepStrictEqual } from 'node:util'
import type { HubspotLayout } from '../../../worker/crm/hubspot/layout.ts'
import { isAnswered, unansweredStep } from '../connect.ts'
import { failed, type Step } from '../step.ts'
import type { Connection, WorkerState } from '../worker.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import { t } from '../said/index.ts'

/** Where the model lies in the account, as Ladder is told. */
export const layoutOf = (
  facts: Facts,
  shape: Shape,
  labels: HubspotLayout['labels'],
  plainKeys: string[],
  marketingEvents: boolean,
): HubspotLayout => ({
  portalId: facts.portalId,
  carrier: shape.carrier,
  types: shape.types,
  labels,
  ...(plainKeys.length > 0 ? { plainKeys } : {}),
  ...(marketingEvents ? { marketingEvents } : {}),
  ...(facts.edition ? { edition: facts.edition } : {}),
  ...(facts.timeZone ? { timeZone: facts.timeZone } : {}),
})

/** What of the connection differs from what it should be; empty: nothing. */
export const connectionDifferences = (
  { client, options }: Context,
  state: Extract<WorkerState, { kind: 'connected' }>,
  layout: HubspotLayout,
): string[] => [
  ...(state.url === client.url ? [] : [t`it is connected to ${state.url}`]),
  ...(isDeepStrictEqual(state.layout, layout) ? [] : ['it has another layout of the account']),
  ...(options.clientId && options.clientSecret && state.appId !== options.clientId
    ? ["it doesn't know the app's client id"]
    : []),
  ...(options.clientSecret && !state.hasSecret ? ["it doesn't have the app's client secret"] : []),
  ...(options.corebankSecret && !state.hasCorebank ? ["it doesn't have the secret of core banking"] : []),
]

/** Whether the Worker can check what HubSpot sends: with a secret of the account's own, or with that of an app of several. */
export const hasClientSecret = (state: WorkerState): boolean =>
  (state.kind === 'connected' && state.hasSecret) || (state.kind === 'absent' && state.byConsent === true)

/** What a person misses while the Worker doesn't know the app's client secret. */
export const NO_SECRET =
  "Ladder doesn't have the client secret of the app, so it refuses HubSpot's webhooks and workflow actions: pass --client-secret-env (apps → Auth). Until then it only sweeps."

/** Whose token the Worker uses, where it has one by an admin's consent. */
export const consentLines = ({ options }: Context, state: WorkerState): string[] => {
  const byConsent = (state.kind === 'connected' || state.kind === 'absent') && state.byConsent === true
  if (!byConsent) return []
  return options.workerToken === undefined
    ? ["it uses the consent of HubSpot's admin (OAuth): this command's token stays here"]
    : ["the token of --worker-token-env takes the place of the consent of HubSpot's admin, which is taken back"]
}

/** Tells the Worker how to reach the account and where the model lies in it. */
export const connectStep = async (
  context: Context,
  account: string,
  state: WorkerState,
  layout: HubspotLayout,
  write: boolean,
): Promise<Step> => {
  const name = 'Connect the Worker'
  const { worker, client, options, token } = context
  if (!isAnswered(state)) return unansweredStep(context, name, state.problem)
  const differences =
    state.kind === 'connected' ? connectionDifferences(context, state, layout) : ["it isn't connected"]
  if (differences.length === 0 && options.rotateSecret !== true)
    return {
      name,
      state: 'unchanged',
      lines: [
        t`${worker.url} has the account ${account}`,
        ...(options.workerToken === undefined ? consentLines(context, state) : []),
        // a secret is never given back, so whether it is this one can't be told
        ...(options.clientSecret || options.corebankSecret
          ? ['it has the secrets already: --rotate-secret passes these on']
          : []),
      ],
    }
  const lines = [t`connect account ${account} at ${worker.url}`, ...differences, ...consentLines(context, state)]
  const calls = [`PUT ${worker.url}/api/v1/accounts/${account}`]
  if (!write) return { name, state: 'planned', lines, calls }
  // where an admin has agreed, the installer's own token stays with the installer
  const workerToken = options.workerToken ?? (state.byConsent ? undefined : token)
  const { clientId, clientSecret } = options
  const app = clientId && clientSecret ? { app: { clientId, clientSecret } } : {}
  const crm = { kind: 'hubspot' as const, url: client.url, layout, ...app }
  const connection: Connection = {
    crm: workerToken === undefined ? crm : { ...crm, token: workerToken },
    ...(options.clientSecret ? { webhookSecret: options.clientSecret } : {}),
    ...(options.corebankSecret ? { corebankSecret: options.corebankSecret } : {}),
    shards: state.kind === 'connected' ? (state.shards ?? options.shards) : options.shards,
  }
  const problem = await worker.connect(account, connection)
  return problem ? failed(name, problem) : { name, state: 'done', lines, calls }
}
