import { appResolvers } from '../apps/resolvers.ts'
import { uploadFile } from '../files/files.ts'
import { removePart } from '../layout/parts.ts'
import { layoutResolvers } from '../layout/resolvers.ts'
import { permissionDenied, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { ApiKey, Caller, JsonObject, Role } from '../types.ts'
import { createWebhook, deleteWebhook, requireWebhookRight, updateWebhook } from '../webhooks/registry.ts'
import { createField, deleteField, fieldMissing, updateField } from './fields.ts'
import type { Node, Paging } from './nodes.ts'
import { fieldNode, nodesPage, objectNode, passes } from './nodes.ts'
import { createObject, deleteObject, objectDraft, objectMissing, updateObject } from './objects.ts'
import { alone } from './race.ts'

/** GraphQL's arguments, checked against the schema before they come here. */
export type Args = JsonObject & { input: JsonObject & { update: JsonObject }; paging: Paging; filter: JsonObject }
export type Resolver = (args: Args) => unknown

function requireSettings(caller: Caller): void {
  if (!caller.role.canUpdateAllSettings) throw permissionDenied(403)
}

function objectById(state: State, id: unknown): Parameters<typeof objectNode>[1] {
  const object = state.schema.object(String(id))
  if (!object) throw objectMissing()
  return object
}

function fieldById(state: State, id: unknown, verb: string): Parameters<typeof fieldNode>[1] {
  const field = state.schema.field(String(id))
  if (!field) throw fieldMissing(verb)
  return field
}

function roleNode(role: Role): Node {
  return { ...role }
}

function roleById(state: State, id: unknown): Role {
  const role = state.roles.get(String(id))
  if (role) return role
  throw new Refusal(404, 'Error', 'Role not found', {
    extensions: {
      subCode: 'ROLE_NOT_FOUND',
      userFriendlyMessage:
        'The role you are looking for could not be found. It may have been deleted or you may not have access to it.',
      code: 'NOT_FOUND',
    },
  })
}

function keyNode(state: State, key: ApiKey): Node {
  const role = state.roles.get(key.roleId)
  return { ...key, revokedAt: null, role: role ? roleNode(role) : null }
}

function schemaResolvers(state: State, caller: Caller): Record<string, Resolver> {
  const by = caller.key.id
  return {
    objects: ({ paging, filter }) => {
      const all = state.schema.list().filter((object) => passes({ ...object }, filter))
      return nodesPage(all, paging, (object) => objectNode(state, object))
    },
    object: ({ id }) => objectNode(state, objectById(state, id)),
    fields: ({ paging, filter }) => {
      const all = state.schema.list().flatMap((object) => object.fields.filter((field) => passes({ ...field }, filter)))
      all.sort((a, b) => (a.id < b.id ? 1 : -1))
      return nodesPage(all, paging, (field) => fieldNode(state, field))
    },
    field: ({ id }) => fieldNode(state, fieldById(state, id, 'get')),
    createOneObject: async ({ input }) => {
      requireSettings(caller)
      const draft = objectDraft(input['object'] as JsonObject)
      const made = await alone(state, 'objectMetadata', draft.nameSingular, () => createObject(state, draft, by))
      return objectNode(state, made)
    },
    updateOneObject: ({ input }) => {
      requireSettings(caller)
      return objectNode(state, updateObject(state, objectById(state, input['id']), input.update, by))
    },
    deleteOneObject: ({ input }) => {
      requireSettings(caller)
      return objectNode(state, deleteObject(state, objectById(state, input['id']), by))
    },
    createOneField: async ({ input }) => {
      requireSettings(caller)
      const field = input['field'] as JsonObject
      const name = `${String(field['objectMetadataId'])}.${String(field['name'])}`
      return fieldNode(state, await alone(state, 'fieldMetadata', name, () => createField(state, field, by)))
    },
    updateOneField: ({ input }) => {
      requireSettings(caller)
      return fieldNode(state, updateField(state, fieldById(state, input['id'], 'update'), input.update, by))
    },
    deleteOneField: ({ input }) => {
      requireSettings(caller)
      return fieldNode(state, deleteField(state, fieldById(state, input['id'], 'delete'), by))
    },
  }
}

function accessResolvers(state: State, caller: Caller): Record<string, Resolver> {
  return {
    webhooks: () => {
      requireWebhookRight(caller)
      return [...state.webhooks.values()]
    },
    webhook: ({ id }) => {
      requireWebhookRight(caller)
      return state.webhooks.get(String(id)) ?? null
    },
    createWebhook: ({ input }) => {
      requireWebhookRight(caller)
      return createWebhook(state, input)
    },
    updateWebhook: ({ input }) => {
      requireWebhookRight(caller)
      return updateWebhook(state, String(input['id']), input.update)
    },
    deleteWebhook: ({ id }) => {
      requireWebhookRight(caller)
      return deleteWebhook(state, String(id))
    },
    getRoles: () => {
      requireSettings(caller)
      return [...state.roles.values()].map(roleNode)
    },
    apiKeys: () => {
      requireSettings(caller)
      return [...state.apiKeys.values()].map((key) => keyNode(state, key))
    },
    createOneRole: ({ createRoleInput }) => {
      requireSettings(caller)
      return roleNode(state.addRole(createRoleInput as unknown as Partial<Role> & { label: string }))
    },
    updateOneRole: ({ updateRoleInput }) => {
      requireSettings(caller)
      const { id, update } = updateRoleInput as { id: string; update: JsonObject }
      const role = roleById(state, id)
      Object.assign(role, update)
      Object.assign(state.parts.get(role.universalIdentifier)?.flat ?? {}, update)
      return roleNode(role)
    },
    deleteOneRole: ({ roleId }) => {
      requireSettings(caller)
      const role = roleById(state, roleId)
      state.roles.delete(role.id)
      removePart(state.parts, role.universalIdentifier)
      return role.id
    },
    createApiKey: ({ input }) => {
      requireSettings(caller)
      const roleId = String(input['roleId'])
      if (!state.roles.has(roleId)) {
        throw new Refusal(400, 'Error', 'Role not found', {
          extensions: { subCode: 'ROLE_NOT_FOUND', userFriendlyMessage: 'An error occurred.', code: 'NOT_FOUND' },
        })
      }
      return keyNode(state, state.addApiKey(String(input['name']), roleId, String(input['expiresAt'])))
    },
    generateApiKeyToken: ({ apiKeyId }) => {
      requireSettings(caller)
      return { token: state.addToken(String(apiKeyId)) }
    },
  }
}

/** Everything that `/metadata` answers for one caller. */
export function metadataResolvers(state: State, caller: Caller, url: string): Record<string, Resolver> {
  const guard =
    (resolver: Resolver): Resolver =>
    (args) => {
      requireSettings(caller)
      return resolver(args)
    }
  return {
    ...schemaResolvers(state, caller),
    ...layoutResolvers(state, guard),
    ...accessResolvers(state, caller),
    ...appResolvers(state, caller, url),
    uploadFilesFieldFileByUniversalIdentifier: ({ file, fieldMetadataUniversalIdentifier }) =>
      uploadFile(state, file, fieldMetadataUniversalIdentifier),
  }
}
