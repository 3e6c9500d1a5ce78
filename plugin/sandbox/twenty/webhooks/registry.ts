import { randomBytes } from 'node:crypto'
import { badRequest, permissionDenied, Refusal } from '../refusal.ts'
import { isUuid, newId } from '../ids.ts'
import type { State } from '../state.ts'
import type { Caller, JsonObject, Webhook } from '../types.ts'

export function requireWebhookRight(caller: Caller): void {
  if (!caller.role.canUpdateAllSettings) throw permissionDenied(400)
}

function migrationRefusal(verb: string): Refusal {
  const message = `Multiple validation errors occurred while ${verb} webhook`
  return new Refusal(400, 'WorkspaceMigrationBuilderException', message, {
    extensions: { code: 'METADATA_VALIDATION_FAILED', userFriendlyMessage: 'Many validation errors' },
  })
}

function checkOperations(value: unknown): string[] {
  if (typeof value === 'string') throw badRequest(`malformed array literal: "${value}"`)
  return Array.isArray(value) ? value.map(String) : []
}

function isWebUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)
}

/**
 * Registers a webhook. Operation names aren't checked against anything. Made without a secret it gets one; made with an
 * empty one it will send unsigned (observed).
 */
export function createWebhook(state: State, input: JsonObject): Webhook {
  const { id, targetUrl } = input
  const operations = checkOperations(input['operations'])
  if (!isWebUrl(targetUrl)) throw migrationRefusal('creating')
  if (typeof id === 'string' && (state.webhooks.has(id) || !isUuid(id))) throw migrationRefusal('creating')
  const at = state.stamp()
  const webhook: Webhook = {
    id: typeof id === 'string' ? id : newId(),
    targetUrl,
    operations,
    description: typeof input['description'] === 'string' ? input['description'] : null,
    secret: typeof input['secret'] === 'string' ? input['secret'] : randomBytes(32).toString('hex'),
    workspaceId: state.workspaceId,
    applicationId: state.customApplicationId,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  }
  state.webhooks.set(webhook.id, webhook)
  return webhook
}

function webhookMissing(): Refusal {
  return new Refusal(400, 'Error', 'Webhook not found', {
    code: 'WEBHOOK_NOT_FOUND',
    extensions: { subCode: 'WEBHOOK_NOT_FOUND', userFriendlyMessage: 'Webhook not found.', code: 'NOT_FOUND' },
  })
}

export function updateWebhook(state: State, id: string, changes: JsonObject): Webhook {
  const webhook = state.webhooks.get(id)
  if (!webhook) throw webhookMissing()
  if (changes['targetUrl'] !== undefined && !isWebUrl(changes['targetUrl'])) throw migrationRefusal('updating')
  const changed: Webhook = { ...webhook, updatedAt: state.stamp() }
  for (const name of ['targetUrl', 'description', 'secret'] as const) {
    const value = changes[name]
    if (typeof value === 'string') changed[name] = value
  }
  if (changes['operations'] !== undefined) changed.operations = checkOperations(changes['operations'])
  state.webhooks.set(id, changed)
  return changed
}

export function deleteWebhook(state: State, id: string): Webhook {
  const webhook = state.webhooks.get(id)
  if (!webhook) throw webhookMissing()
  state.webhooks.delete(id)
  return webhook
}
