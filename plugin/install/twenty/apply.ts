import { buildStep, installStep, readyStep } from './steps-app.ts'
import { isAnswered, unansweredStep } from '../connect.ts'
import { isPlainHttp, slugOf } from '../context.ts'
import { changed, failed, reportOf, type Report, type Step } from '../step.ts'
import type { Context } from './context.ts'
import { recordsStep } from './records.ts'
import { readFacts, readMetadata, type ServerFacts } from './server.ts'
import { hasAppSecret, readVariables, variablesStep } from './variables.ts'
import { markConnected, webhookStep, type WebhookOutcome } from './webhook.ts'
import { type Connection, knowsSecrets, type WorkerState } from '../worker.ts'
import { model } from '../../../schemas/model/index.ts'
import { listOf, t } from '../said/index.ts'

/** The account's name in Ladder: as asked for, else the workspace's, else the host's. */
export const accountOf = ({ options, client }: Context, facts: ServerFacts): string =>
  options.account ?? (slugOf(facts.workspaceName) || slugOf(new URL(client.url).hostname))

const checkStep = async (context: Context): Promise<{ step: Step; facts?: ServerFacts }> => {
  const name = 'Check Twenty'
  context.progress(t`Asking ${context.client.url}`)
  const facts = await readFacts(context.client)
  if (!facts.ok) return { step: failed(name, facts.problem) }
  // An installation that broke off a moment ago may still be under way in Twenty: companies aren't answered until it ends.
  const records = await readyStep(context, ['companies'], 60_000)
  if (records.state === 'failed') return { step: { ...records, name } }
  const { version, workspaceName } = facts.value
  return {
    step: { name, state: 'unchanged', lines: [t`Twenty ${version}, workspace ${workspaceName}; the key may install`] },
    facts: facts.value,
  }
}

/** Connects the Worker, and marks the webhook as connected when it has taken the secret. */
const connectStep = async (
  context: Context,
  account: string,
  state: WorkerState,
  { fresh }: WebhookOutcome,
  write: boolean,
): Promise<Step> => {
  const name = 'Connect the Worker'
  const { client, worker, options, token } = context
  if (!isAnswered(state)) return unansweredStep(context, name, state.problem)
  const isAbsent = state.kind === 'absent'
  if (!isAbsent && !fresh && (write || state.url === client.url) && knowsSecrets(state, options.corebankSecret)) {
    const lines = [t`${worker.url} has the account ${account}`]
    if (options.corebankSecret)
      lines.push('it has a secret of core banking already: --rotate-secret passes this one on')
    return { name, state: 'unchanged', lines }
  }
  const lines = [t`${isAbsent ? 'connect' : 'connect anew'} account ${account} at ${worker.url}`]
  const calls = [`PUT ${worker.url}/api/v1/accounts/${account}`, 'UpdateWebhook (metadata API)']
  if (!write) return { name, state: 'planned', lines, calls }
  if (!fresh) return { name, state: 'open', lines: ['the webhook has no fresh secret: run `ladder apply` again'] }
  const connection: Connection = {
    crm: { kind: 'twenty', url: client.url, token: options.workerToken ?? token },
    webhookSecret: fresh.secret,
    ...(options.corebankSecret ? { corebankSecret: options.corebankSecret } : {}),
    shards: state.kind === 'connected' ? (state.shards ?? options.shards) : options.shards,
  }
  const problem = (await worker.connect(account, connection)) ?? (await markConnected(client, fresh.id))
  return problem ? failed(name, problem) : { name, state: changed(write), lines, calls }
}

/**
 * Installs Ladder, or (`write: false`) says what that would do. Each step looks first at what is there, so a run that broke
 * off goes on where it was, and one more run changes nothing. Stops at the first step that fails.
 */
export const install = async (context: Context, write: boolean): Promise<Report> => {
  const steps: Step[] = []
  const notices: string[] = []
  const add = (step: Step): boolean => {
    steps.push(step)
    return step.state !== 'failed'
  }

  const { step: checked, facts } = await checkStep(context)
  if (!add(checked) || !facts) return reportOf(steps, undefined, notices)
  const account = accountOf(context, facts)
  const report = (): Report => reportOf(steps, account, notices)
  for (const url of [context.client.url, context.options.ladderUrl])
    if (isPlainHttp(url)) notices.push(t`${url} is plain http: keys and customer data go over the network readable.`)

  context.progress("Reading Twenty's objects and fields")
  const server = await readMetadata(context.client)
  if (!server.ok) {
    add(failed('Build and check the app', server.problem))
    return report()
  }
  const { step: built, app, actions } = await buildStep(context, server.value)
  if (!add(built) || !app || !actions) return report()
  const installed = await installStep(context, facts, server.value, { app, actions }, write)
  if (!add(installed)) return report()
  if (write) {
    const own = model.filter(({ kind }) => kind === 'custom').map(({ plural }) => plural)
    const plurals = installed.state === 'done' ? own : own.slice(0, 1)
    if (!add(await readyStep(context, plurals))) return report()
  }
  if (!add(await recordsStep(context, facts.installed === undefined, write))) return report()

  context.progress(t`Asking the Worker at ${context.worker.url}`)
  const state = await context.worker.state(account)
  const variables = await readVariables(context.client)
  if (!variables.ok) {
    add(failed('Set the webhook', variables.problem))
    return report()
  }
  const webhook = await webhookStep(context, account, state, { isAppTold: hasAppSecret(variables.value), write })
  if (!add(webhook.step)) return report()
  if (!add(await variablesStep(context, account, variables.value, webhook.fresh?.secret, write))) return report()
  const connected = await connectStep(context, account, state, webhook, write)
  add(connected)
  if (connected.state === 'open')
    notices.push(t`Ladder isn't connected yet. ${listOf(connected.lines, ' ')} Until then nothing is followed up.`)
  return report()
}
