import { APP_ID } from '../../twenty/ids.ts'
import { failed, reportOf, type Step } from '../step.ts'
import { accountOf } from './apply.ts'
import type { Context } from './context.ts'
import { disconnectStep } from '../connect.ts'
import type { UninstallReport } from '../installer.ts'
import { freshDir } from '../files.ts'
import { exportRecords } from './export.ts'
import { readFacts } from './server.ts'
import { findWebhooks, removeWebhook, targetOf } from './webhook.ts'
import { t } from '../said/index.ts'

export interface UninstallOptions {
  exportDir: string
  /** Takes the app away too: Twenty then drops its objects and fields with all their data. */
  removeApp: boolean
  now: Date
}

const webhookStep = async ({ client, options }: Context, account: string): Promise<Step> => {
  const name = 'Remove the webhook'
  const found = await findWebhooks(client, targetOf(options.ladderUrl, account))
  if (!found.ok) return failed(name, found.problem)
  for (const { id } of found.value) {
    const problem = await removeWebhook(client, id)
    if (problem) return failed(name, problem)
  }
  const none = found.value.length === 0
  return { name, state: none ? 'unchanged' : 'done', lines: [none ? 'there is none' : `${found.value.length} removed`] }
}

const appStep = async ({ client }: Context, removeApp: boolean): Promise<Step> => {
  const name = 'Remove the app'
  if (!removeApp) return { name, state: 'unchanged', lines: ['kept, with all its objects, fields and records'] }
  const done = await client.metadata(
    `mutation UninstallApplication($universalIdentifier: String!) {
      uninstallApplication(universalIdentifier: $universalIdentifier)
    }`,
    { universalIdentifier: APP_ID },
  )
  return done.ok
    ? { name, state: 'done', lines: ['its objects, fields and their data are gone'] }
    : failed(name, done.problem)
}

/**
 * Exports first, then takes away the webhook and the connection; the app and its data only when asked. Stops where a step
 * fails: nothing is taken away that isn't exported.
 */
export const uninstall = async (
  context: Context,
  { exportDir, removeApp, now }: UninstallOptions,
): Promise<UninstallReport> => {
  context.progress(t`Asking ${context.client.url}`)
  const facts = await readFacts(context.client)
  if (!facts.ok) return reportOf([failed('Check Twenty', facts.problem)], undefined, [])
  const account = accountOf(context, facts.value)
  const notices: string[] = []
  const steps: Step[] = []
  const result = (): UninstallReport => reportOf(steps, account, notices)
  if (!facts.value.installed) {
    steps.push({ name: 'Export', state: 'unchanged', lines: ['the app is not installed: nothing to export'] })
    steps.push(await webhookStep(context, account), await disconnectStep(context, account))
    return result()
  }
  const dir = freshDir(exportDir)
  const files = await exportRecords(context, facts.value, dir, now)
  if (!files.ok) {
    steps.push(failed('Export', files.problem))
    return result()
  }
  const records = files.value.reduce((sum, file) => sum + file.records, 0)
  steps.push({
    name: 'Export',
    state: 'done',
    lines: [`${records} records of ${files.value.length} objects in ${dir}`],
  })
  for (const run of [
    () => webhookStep(context, account),
    () => disconnectStep(context, account),
    () => appStep(context, removeApp),
  ]) {
    const step = await run()
    steps.push(step)
    if (step.state === 'failed') break
    if (step.state === 'open') notices.push(step.lines.join(' '))
  }
  return { ...result(), exportDir: dir }
}

/** What stays and what goes, for a person to read before. */
export const uninstallNotice = (removeApp: boolean): string[] =>
  removeApp
    ? [
        'Goes: the webhook, the connection in Ladder, the app with its objects, fields, views and ALL THEIR RECORDS.',
        'Stays: companies, people and tasks without their Ladder fields; the export.',
      ]
    : [
        'Goes: the webhook, the connection in Ladder.',
        'Stays: the app with its objects, fields, views and records (--remove-app takes them away); the export.',
      ]
