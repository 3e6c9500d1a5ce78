import { APP_ID } from '../../twenty/ids.ts'
import { VARIABLES } from '../../twenty/functions.ts'
import { ok, type Problem, type Result } from '../problem.ts'
import { changed, failed, type Step } from '../step.ts'
import type { TwentyClient } from './client.ts'
import type { Context } from './context.ts'
import { t } from '../said/index.ts'

/** What the installed app knows of Ladder. */
export interface AppVariables {
  applicationId: string
  /** Secrets come masked: only whether there is one can be told. */
  values: ReadonlyMap<string, string>
}

/** The app's variables; undefined when it isn't installed. */
export const readVariables = async (client: TwentyClient): Promise<Result<AppVariables | undefined>> => {
  const apps = await client.metadata<{ findManyApplications: { id: string; universalIdentifier: string }[] }>(
    'query Applications { findManyApplications { id universalIdentifier } }',
  )
  if (!apps.ok) return apps
  const app = apps.value.findManyApplications.find(({ universalIdentifier }) => universalIdentifier === APP_ID)
  if (!app) return ok(undefined)
  const read = await client.metadata<{
    findOneApplication: { applicationVariables: { key: string; value: string }[] }
  }>('query Variables($id: UUID!) { findOneApplication(id: $id) { applicationVariables { key value } } }', {
    id: app.id,
  })
  if (!read.ok) return read
  const { applicationVariables } = read.value.findOneApplication
  return ok({ applicationId: app.id, values: new Map(applicationVariables.map(({ key, value }) => [key, value])) })
}

/** Whether the app has a secret to sign with: one installed by an older Ladder has none yet. */
export const hasAppSecret = (variables: AppVariables | undefined): boolean =>
  (variables?.values.get(VARIABLES.secret) ?? '') !== ''

/** What of Ladder's address the app has wrong, by the name of the variable. */
export const wrongVariables = (variables: AppVariables, ladderUrl: string, account: string): string[] => {
  const { values } = variables
  return [
    ...(values.get(VARIABLES.url) === ladderUrl ? [] : [VARIABLES.url]),
    ...(values.get(VARIABLES.account) === account ? [] : [VARIABLES.account]),
    ...(hasAppSecret(variables) ? [] : [VARIABLES.secret]),
  ]
}

/**
 * Tells the app where Ladder is, and the secret with which its functions sign: that of the webhook, whenever a fresh one was
 * set. Before the Worker is told, so that a broken-off apply sets a fresh one anew.
 */
export const variablesStep = async (
  { client, options }: Context,
  account: string,
  before: AppVariables | undefined,
  secret: string | undefined,
  write: boolean,
): Promise<Step> => {
  const name = 'Tell the app where Ladder is'
  const read = write ? await readVariables(client) : ok(before)
  if (!read.ok) return failed(name, read.problem)
  const values = read.value?.values ?? new Map<string, string>()
  const wanted: [key: string, value: string, what: string][] = [
    [VARIABLES.url, options.ladderUrl, t`address ${options.ladderUrl}`],
    [VARIABLES.account, account, t`account ${account}`],
  ]
  const changes = wanted.filter(([key, value]) => values.get(key) !== value)
  if (secret !== undefined || (!write && !hasAppSecret(before)))
    changes.push([VARIABLES.secret, secret ?? '', 'a fresh secret'])
  if (changes.length === 0)
    return { name, state: 'unchanged', lines: [t`its functions call ${options.ladderUrl} for the account ${account}`] }
  const step: Step = {
    name,
    state: changed(write),
    lines: [t`set ${changes.map(([, , what]) => what).join(', ')}`],
    calls: changes.map(() => 'UpdateApplicationVariable (metadata API)'),
  }
  if (!write) return step
  const { applicationId } = read.value ?? {}
  for (const [key, value] of changes) {
    const problem = await setVariable(client, { key, value, applicationId })
    if (problem) return failed(name, problem)
  }
  return step
}

const setVariable = async (
  client: TwentyClient,
  variables: { key: string; value: string; applicationId: string | undefined },
): Promise<Problem | undefined> => {
  const done = await client.metadata(
    `mutation UpdateApplicationVariable($key: String!, $value: String!, $applicationId: UUID!) {
      updateOneApplicationVariable(key: $key, value: $value, applicationId: $applicationId)
    }`,
    variables,
  )
  return done.ok ? undefined : done.problem
}
