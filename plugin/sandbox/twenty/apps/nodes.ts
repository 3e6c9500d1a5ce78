import { derivedId } from '../ids.ts'
import { STANDARD_APPLICATION } from '../layout/standard.ts'
import { objectNode } from '../metadata/nodes.ts'
import type { Node } from '../metadata/nodes.ts'
import { STANDARD_APPLICATION_ID } from '../metadata/standard.ts'
import type { State } from '../state.ts'
import type { JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { applicationOf, entitiesOf } from './manifest.ts'
import type { AppRecord } from './registry.ts'

export function registrationNode(app: AppRecord): Node {
  return {
    id: app.registrationId,
    universalIdentifier: app.universalIdentifier,
    name: app.name,
    oAuthClientId: derivedId(app.registrationId, 'client'),
    latestAvailableVersion: app.uploadedVersion,
    isListed: false,
  }
}

/** A secret shows its first two letters (observed). */
const shown = (value: string, isSecret: boolean): string =>
  isSecret && value !== '' ? `${value.slice(0, 2)}********` : value

function variablesOf(app: AppRecord): Node[] {
  const variables = app.installedManifest ? applicationOf(app.installedManifest)['applicationVariables'] : null
  if (!isObject(variables ?? null)) return []
  return Object.entries(variables as JsonObject).map(([key, value]) => {
    const held = isObject(value) ? value : {}
    const { universalIdentifier, description, isSecret } = held
    return {
      id: universalIdentifier,
      key,
      value: shown(app.variables?.[key] ?? String(held['value'] ?? ''), isSecret === true),
      description: description ?? '',
      isSecret: isSecret === true,
    }
  })
}

export function appNode(state: State, app: AppRecord): Node {
  return {
    id: app.id,
    name: app.name,
    description: app.description,
    version: app.installedVersion,
    universalIdentifier: app.universalIdentifier,
    packageJsonChecksum: app.installedManifest
      ? (applicationOf(app.installedManifest)['packageJsonChecksum'] ?? null)
      : null,
    applicationRegistrationId: app.registrationId,
    canBeUninstalled: true,
    autoUpgrade: false,
    defaultRoleId: null,
    objects: () =>
      state.schema
        .list()
        .filter((object) => object.applicationId === app.id)
        .map((object) => objectNode(state, object)),
    applicationVariables: () => variablesOf(app),
  }
}

/** The two applications that every workspace has: Twenty's own, and the one of what is made by hand. */
export function ownApplications(state: State): Node[] {
  const own: Omit<AppRecord, 'id' | 'universalIdentifier' | 'name'> = {
    registrationId: '',
    description: null,
    uploadedVersion: null,
    uploadedManifest: null,
    installedVersion: '1.0.1',
    installedManifest: null,
    ownedObjects: [],
    ownedFields: [],
  }
  const [standard, custom] = [STANDARD_APPLICATION_ID, state.customApplicationId]
  return [
    { ...own, id: standard, universalIdentifier: STANDARD_APPLICATION, name: 'Standard' },
    { ...own, id: custom, universalIdentifier: custom, name: 'Custom' },
  ].map((app) => ({ ...appNode(state, app), applicationRegistrationId: null, canBeUninstalled: false }))
}

export function logicFunctions(state: State): Node[] {
  return [...state.apps.values()].flatMap((app) => {
    const entities = app.installedManifest ? entitiesOf(app.installedManifest) : []
    return entities
      .filter((entity) => entity.metadataName === 'logicFunction')
      .map(({ universalIdentifier, flat }) => ({
        id: derivedId(app.id, universalIdentifier),
        name: flat['name'],
        description: flat['description'],
        universalIdentifier,
        applicationId: app.id,
      }))
  })
}
