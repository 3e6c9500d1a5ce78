import { renderRow } from '../records/render.ts'
import type { Events } from '../state.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject, Webhook } from '../types.ts'
import type { WebhookQueue } from './queue.ts'

/** True when a webhook listens to `company.updated`, in one of the four ways to say so. */
function listens(webhook: Webhook, name: string, operation: string): boolean {
  const wanted = [`${name}.${operation}`, `*.${operation}`, `${name}.*`, '*.*']
  return webhook.operations.some((one) => wanted.includes(one))
}

function listensToMetadata(webhook: Webhook, name: string, operation: string): boolean {
  const wanted = [
    `metadata.${name}.${operation}`,
    `metadata.${name}.*`,
    `metadata.*.${operation}`,
    'metadata.*.*',
    '*.*',
  ]
  return webhook.operations.some((one) => wanted.includes(one))
}

/**
 * Turns commits into webhook calls, one a record. The state before is not in the body, and the actor only where it is a
 * person; a metadata event has `event` in place of `record`.
 */
export function webhookEvents(state: State, queue: WebhookQueue): Events {
  return {
    records(object, operation, changes, member) {
      const hooks = [...state.webhooks.values()].filter((hook) => listens(hook, object.nameSingular, operation))
      if (hooks.length === 0) return
      const records = changes.map((change): JsonObject => {
        const row = change.after ?? change.before
        const actor: JsonObject = member ? { userId: member.userId, workspaceMemberId: member.id } : {}
        const body: JsonObject = { ...actor, record: row ? renderRow(object, row) : null }
        if (change.updatedFields) body['updatedFields'] = change.updatedFields
        return body
      })
      const objectMetadata = { id: object.id, nameSingular: object.nameSingular }
      queue.add(
        records.flatMap((record) =>
          hooks.map((webhook) => ({
            webhook,
            eventName: `${object.nameSingular}.${operation}`,
            head: { objectMetadata },
            tail: record,
          })),
        ),
      )
    },
    metadata(name, operation, entity, apiKeyId) {
      const hooks = [...state.webhooks.values()].filter((hook) => listensToMetadata(hook, name, operation))
      if (hooks.length === 0) return
      const recordId = 'id' in entity ? (entity.id as Json) : null
      const held = JSON.parse(JSON.stringify(entity)) as Json
      const properties: Json = operation === 'deleted' ? { before: held } : { after: held }
      const event: Json = { type: operation, recordId, metadataName: name, properties }
      const tail: JsonObject = apiKeyId === undefined ? { event } : { apiKeyId, event }
      const eventName = `metadata.${name}.${operation}`
      queue.add(hooks.map((webhook) => ({ webhook, eventName, head: {}, tail })))
    },
  }
}
