import { randomBytes } from 'node:crypto'
import { followedObjects } from '../../../worker/crm/twenty/names.ts'
import type { TwentyClient } from './client.ts'
import { changed, failed, type Step } from '../step.ts'
import type { Context } from './context.ts'
import { ok, type Problem, type Result } from '../problem.ts'
import { knowsSecrets, type WorkerState } from '../worker.ts'
import { t } from '../said/index.ts'

export interface Webhook {
  id: string
  targetUrl: string
  operations: string[]
  description: string | null
}

/** What the webhook listens to: every change of the model's objects, and of the links between tasks and customers. */
export const OPERATIONS: readonly string[] = followedObjects.map((object) => `${object}.*`)

/**
 * Kept in the webhook's description, so that a broken-off apply is noticed without a secret on disk: only when the Worker
 * has taken the secret does the webhook count as connected.
 */
const CONNECTED = 'Ladder'
const CONNECTING = 'Ladder: not connected yet'

export const targetOf = (ladderUrl: string, account: string): string => `${ladderUrl}/hooks/twenty/${account}`

/** Ladder's webhooks for this address. More than one should not be: each change would arrive twice. */
export const findWebhooks = async (client: TwentyClient, target: string): Promise<Result<Webhook[]>> => {
  const read = await client.metadata<{ webhooks: Webhook[] }>(
    'query Webhooks { webhooks { id targetUrl operations description } }',
  )
  return read.ok ? ok(read.value.webhooks.filter(({ targetUrl }) => targetUrl === target)) : read
}

export const isComplete = ({ operations }: Webhook): boolean => OPERATIONS.every((one) => operations.includes(one))
export const isConnected = ({ description }: Webhook): boolean => description === CONNECTED

const create = async (client: TwentyClient, target: string, secret: string): Promise<Result<Webhook>> => {
  const made = await client.metadata<{ createWebhook: Webhook }>(
    `mutation CreateWebhook($input: CreateWebhookInput!) {
      createWebhook(input: $input) { id targetUrl operations description }
    }`,
    { input: { targetUrl: target, operations: OPERATIONS, description: CONNECTING, secret } },
  )
  return made.ok ? ok(made.value.createWebhook) : made
}

const update = async (client: TwentyClient, id: string, fields: object): Promise<Problem | undefined> => {
  const done = await client.metadata(
    'mutation UpdateWebhook($input: UpdateWebhookInput!) { updateWebhook(input: $input) { id } }',
    { input: { id, update: fields } },
  )
  return done.ok ? undefined : done.problem
}

export const removeWebhook = async (client: TwentyClient, id: string): Promise<Problem | undefined> => {
  const done = await client.metadata('mutation DeleteWebhook($id: UUID!) { deleteWebhook(id: $id) { id } }', { id })
  return done.ok ? undefined : done.problem
}

const newSecret = (): string => randomBytes(32).toString('hex')

/** The webhook as it is now, and the secret if a fresh one was set: then the Worker must be told. */
export interface WebhookOutcome {
  step: Step
  fresh?: { id: string; secret: string }
}

/** Makes the webhook, or completes it; sets a fresh secret where the Worker or the app doesn't have the present one. */
export const webhookStep = async (
  { client, options }: Context,
  account: string,
  state: WorkerState,
  { isAppTold, write }: { isAppTold: boolean; write: boolean },
): Promise<WebhookOutcome> => {
  const name = 'Set the webhook'
  const target = targetOf(options.ladderUrl, account)
  const found = await findWebhooks(client, target)
  if (!found.ok) return { step: failed(name, found.problem) }
  const [first, ...twice] = found.value
  const lines: string[] = []
  const calls: string[] = []
  const problems: Problem[] = []
  const attempt = async (line: string, call: string, run: () => Promise<Problem | undefined>): Promise<void> => {
    lines.push(line)
    calls.push(t`${call} (metadata API)`)
    const problem = write && problems.length === 0 ? await run() : undefined
    if (problem) problems.push(problem)
  }
  let webhook = first
  let fresh: WebhookOutcome['fresh']
  const secret = newSecret()
  if (!first)
    await attempt(t`make the webhook to ${target} for ${OPERATIONS.length} objects`, 'CreateWebhook', async () => {
      const made = await create(client, target, secret)
      if (!made.ok) return made.problem
      webhook = made.value
      fresh = { id: made.value.id, secret }
      return undefined
    })
  else {
    if (!isComplete(first))
      await attempt('complete what the webhook listens to', 'UpdateWebhook', () =>
        update(client, first.id, { operations: [...new Set([...first.operations, ...OPERATIONS])] }),
      )
    const canTell = state.kind === 'absent' || state.kind === 'connected'
    const isTold = knowsSecrets(state, options.corebankSecret)
    const isToldOf = isAppTold && state.kind === 'connected' && isConnected(first) && state.url === client.url && isTold
    if (canTell && (!isToldOf || options.rotateSecret === true))
      await attempt('set a fresh secret', 'UpdateWebhook', async () => {
        fresh = { id: first.id, secret }
        return update(client, first.id, { secret, description: CONNECTING })
      })
  }
  for (const { id } of twice)
    await attempt('remove a second webhook to the same address', 'DeleteWebhook', () => removeWebhook(client, id))
  if (problems.length > 0) return { step: failed(name, ...problems) }
  if (lines.length === 0) return { step: { name, state: 'unchanged', lines: [t`${target} is set`] } }
  const step: Step = { name, state: changed(write), lines, calls }
  return webhook && fresh ? { step, fresh } : { step }
}

/** Marks the webhook as connected: the last thing of an apply. */
export const markConnected = (client: TwentyClient, id: string): Promise<Problem | undefined> =>
  update(client, id, { description: CONNECTED })
