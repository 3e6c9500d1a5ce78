import { appSource } from '../../twenty/generate.ts'
import { twentyApp } from '../../twenty/app.ts'
import { failed, lookedAt, reportOf, type Report, type Step } from '../step.ts'
import { accountOf } from './apply.ts'
import { checksumOf } from './build.ts'
import { clashesOf } from './clash.ts'
import { differencesOf } from './compare.ts'
import type { Context } from './context.ts'
import type { Problem } from '../problem.ts'
import { missingRecords } from './records.ts'
import { readFacts, readMetadata } from './server.ts'
import { readVariables, wrongVariables } from './variables.ts'
import { findWebhooks, isComplete, isConnected, OPERATIONS, targetOf } from './webhook.ts'
import { t } from '../said/index.ts'

const TODO = 'Run `ladder apply`.'

const webhookProblems = async (context: Context, account: string): Promise<Problem[]> => {
  const target = targetOf(context.options.ladderUrl, account)
  const where = t`webhook to ${target}`
  const found = await findWebhooks(context.client, target)
  if (!found.ok) return [found.problem]
  const [webhook, ...twice] = found.value
  if (!webhook) return [{ what: 'it is missing', where, todo: TODO }]
  const missing = OPERATIONS.filter((one) => !webhook.operations.includes(one))
  return [
    ...(isComplete(webhook) ? [] : [{ what: t`it doesn't listen to ${missing.join(', ')}`, where, todo: TODO }]),
    ...(twice.length > 0 ? [{ what: t`it is there ${twice.length + 1} times`, where, todo: TODO }] : []),
  ]
}

/** What of Ladder's address the app doesn't know. */
const variableProblems = async ({ client, options }: Context, account: string): Promise<Problem[]> => {
  const read = await readVariables(client)
  if (!read.ok) return [read.problem]
  const wrong = read.value ? wrongVariables(read.value, options.ladderUrl, account) : []
  return wrong.map((key) => ({
    what: t`its variable ${key} isn't set to this Ladder`,
    where: 'app Ladder',
    todo: TODO,
  }))
}

/** What of the Worker is wrong. When it wasn't named and isn't there, that is only a notice. */
const workerProblems = async (
  context: Context,
  account: string,
  notices: string[],
): Promise<{ isKnown: boolean; problems: Problem[] }> => {
  const { worker, client, options } = context
  const where = t`account ${account} at ${worker.url}`
  const state = await worker.state(account)
  if (state.kind === 'unreachable' || state.kind === 'refused') {
    if (options.isLadderUrlGiven) return { isKnown: false, problems: [state.problem] }
    notices.push(t`${state.problem.what}: whether it is connected isn't known. Name it with --ladder-url.`)
    return { isKnown: false, problems: [] }
  }
  const problem = (what: string): { isKnown: boolean; problems: Problem[] } => ({
    isKnown: true,
    problems: [{ what, where, todo: TODO }],
  })
  if (state.kind === 'absent') return problem("it isn't connected")
  if (state.url !== client.url) return problem(t`it is connected to ${state.url}`)
  const found = await findWebhooks(client, targetOf(options.ladderUrl, account))
  const marked = !found.ok || found.value.length === 0 || found.value.some(isConnected)
  return state.hasSecret && marked ? { isKnown: true, problems: [] } : problem("it doesn't have the webhook's secret")
}

/** Compares the CRM with the model, field by field, and changes nothing. Every difference is a problem. */
export const verify = async (context: Context): Promise<Report> => {
  const { client, progress, options } = context
  const notices: string[] = []
  progress(t`Asking ${client.url}`)
  const facts = await readFacts(client)
  if (!facts.ok) return reportOf([failed('Check Twenty', facts.problem)], undefined, notices)
  const { version, workspaceName, installed } = facts.value
  const account = accountOf(context, facts.value)
  const steps: Step[] = [
    { name: 'Check Twenty', state: 'unchanged', lines: [t`Twenty ${version}, workspace ${workspaceName}`] },
  ]
  if (!installed) {
    const problem = { what: 'the app is not installed', where: client.url, todo: TODO }
    return reportOf([...steps, failed('The app', problem)], account, notices)
  }
  const manifest = twentyApp()
  const { content } = appSource()
  const isSame = installed.checksum === checksumOf({ content }, installed.version)
  steps.push(
    lookedAt(
      'The app',
      t`version ${installed.version}`,
      isSame
        ? []
        : [{ what: t`version ${installed.version} was made from another model`, where: 'app Ladder', todo: TODO }],
    ),
  )
  const name = 'Objects, fields, relations, views'
  progress("Reading Twenty's objects and fields")
  const server = await readMetadata(client)
  if (!server.ok) return reportOf([...steps, failed(name, server.problem)], account, notices)
  const differences = differencesOf(manifest, server.value).map((one) => ({ ...one, todo: TODO }))
  const fields = manifest.objects.reduce((sum, object) => sum + object.fields.length, manifest.fields.length)
  const fine = t`${manifest.objects.length} objects, ${fields} fields, ${manifest.views.length} views are as in the model`
  steps.push(lookedAt(name, fine, [...clashesOf(manifest, server.value), ...differences]))

  progress("Looking which of the method's records are there")
  const missing = await missingRecords(client)
  const absent = missing.ok
    ? [...missing.value].flatMap(([plural, records]) =>
        records.map(({ key }) => ({ what: 'it is missing', where: t`${plural} ${key}`, todo: TODO })),
      )
    : [missing.problem]
  steps.push(lookedAt("The method's records", 'all are there', absent))
  steps.push(lookedAt('The webhook', 'it is set', await webhookProblems(context, account)))
  if (options.isLadderUrlGiven)
    steps.push(lookedAt("The app's variables", 'it knows this Ladder', await variableProblems(context, account)))
  const worker = await workerProblems(context, account, notices)
  steps.push(lookedAt('The Worker', worker.isKnown ? t`it has the account ${account}` : 'not known', worker.problems))
  return reportOf(steps, account, notices)
}
