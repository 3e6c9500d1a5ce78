import { defaultFaults, optionFaults } from '../metadata/field-faults.ts'
import { withIds } from '../metadata/options.ts'
import { objectFaults } from '../metadata/object-refusals.ts'
import { failed, metadataRefusal, nameFault } from '../metadata/refusals.ts'
import type { Fault, FaultGroups } from '../metadata/refusals.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { JsonObject, ObjectMeta } from '../types.ts'
import { entitiesOf } from './manifest.ts'
import type { Entity } from './manifest.ts'

const SERVER_VERSION = [2, 31, 0]

/** Refuses an app whose `engines.twenty` asks for a newer server: `>=2.32.0`. */
export function checkServerVersion(range: unknown): void {
  const least = typeof range === 'string' ? /^\s*(?:>=|\^|~)?\s*(\d+)\.(\d+)\.(\d+)/.exec(range) : null
  if (!least) return
  for (const [at, have] of SERVER_VERSION.entries()) {
    const wanted = Number(least[at + 1])
    if (wanted < have) return
    if (wanted > have) {
      const message = `This application requires server version ${String(range)}, but the server runs ${SERVER_VERSION.join('.')}.`
      throw new Refusal(400, 'Error', message, {
        extensions: { subCode: 'SERVER_VERSION_INCOMPATIBLE', userFriendlyMessage: message, code: 'BAD_USER_INPUT' },
      })
    }
  }
}

function knownObject(state: State, entities: Entity[], id: string): { name: string; object: ObjectMeta | null } | null {
  const object = state.schema.byUniversalIdentifier(id)
  if (object) return { name: object.nameSingular, object }
  const made = entities.find((entity) => entity.metadataName === 'objectMetadata' && entity.universalIdentifier === id)
  return made ? { name: String(made.flat['nameSingular']), object: null } : null
}

function fieldFaults(state: State, entities: Entity[], { flat }: Entity): Fault[] {
  const faults = nameFault(String(flat['name']), 'INVALID_FIELD_INPUT')
  if (!knownObject(state, entities, String(flat['objectUniversalIdentifier']))) {
    faults.push({ code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' })
  }
  const type = String(flat['type'])
  if (type === 'SELECT' || type === 'MULTI_SELECT') {
    const options = withIds(flat['options'])
    faults.push(...optionFaults(options), ...defaultFaults(type, flat['defaultValue'] ?? null, options))
  }
  if (type === 'RELATION' || type === 'MORPH_RELATION') {
    if (!knownObject(state, entities, String(flat['relationTargetObjectMetadataUniversalIdentifier']))) {
      faults.push({ code: 'OBJECT_METADATA_NOT_FOUND', message: 'Relation target object metadata not found' })
    }
    const target = String(flat['relationTargetFieldMetadataUniversalIdentifier'])
    const declared = entities.some((one) => one.metadataName === 'fieldMetadata' && one.universalIdentifier === target)
    const known = state.schema.list().some((one) => one.fields.some((field) => field.universalIdentifier === target))
    if (!declared && !known) {
      faults.push({ code: 'FIELD_METADATA_NOT_FOUND', message: 'Relation field target metadata not found' })
    }
  }
  return faults
}

function draftNames(flat: JsonObject): Parameters<typeof objectFaults>[1] {
  return {
    nameSingular: String(flat['nameSingular']),
    namePlural: String(flat['namePlural']),
    labelSingular: String(flat['labelSingular']),
    labelPlural: String(flat['labelPlural']),
  }
}

/** Finds what in a manifest can't be made, before anything is made: all of it in one refusal. */
export function checkManifest(state: State, manifest: JsonObject): void {
  const entities = entitiesOf(manifest)
  const groups: FaultGroups = {}
  for (const entity of entities) {
    const { metadataName, universalIdentifier, flat } = entity
    let faults: Fault[] = []
    if (metadataName === 'objectMetadata' && !state.schema.byUniversalIdentifier(universalIdentifier)) {
      faults = objectFaults(state.schema, draftNames(flat))
    }
    if (metadataName === 'fieldMetadata') faults = fieldFaults(state, entities, entity)
    if (faults.length === 0) continue
    const info: JsonObject = { universalIdentifier, name: flat['name'] ?? flat['nameSingular'] ?? null }
    groups[metadataName] = [...(groups[metadataName] ?? []), failed(metadataName, 'create', faults, info)]
  }
  if (Object.keys(groups).length > 0) throw metadataRefusal('syncing application metadata', groups)
}

/**
 * A new field of the name of one that is already there. The plan doesn't see it; only the database does, when the app
 * is really applied (observed).
 */
export function checkColumns(state: State, manifest: JsonObject): void {
  for (const { metadataName, universalIdentifier, flat } of entitiesOf(manifest)) {
    if (metadataName !== 'fieldMetadata') continue
    const object = state.schema.byUniversalIdentifier(String(flat['objectUniversalIdentifier']))
    const taken = object?.fields.find((field) => field.name === flat['name'])
    if (!object || !taken || taken.universalIdentifier === universalIdentifier) continue
    const enumType = `type "${object.nameSingular}_${taken.name}_enum" already exists`
    const column = `column "${taken.name}" of relation "${object.nameSingular}" already exists`
    const reason = flat['type'] === 'SELECT' || flat['type'] === 'MULTI_SELECT' ? enumType : column
    const message = `Migration action 'create' for 'fieldMetadata' (universalIdentifier: ${universalIdentifier}) failed: [workspaceSchema] ${reason}`
    throw new Refusal(500, 'Error', message, {
      extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' },
    })
  }
}
