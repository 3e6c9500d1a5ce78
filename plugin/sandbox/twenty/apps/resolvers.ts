import { randomBytes } from 'node:crypto'
import { newId } from '../ids.ts'
import type { Node } from '../metadata/nodes.ts'
import type { Resolver } from '../metadata/resolvers.ts'
import { permissionDenied, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { checkManifest, checkServerVersion } from './check.ts'
import { applicationOf } from './manifest.ts'
import { appNode, logicFunctions, ownApplications, registrationNode } from './nodes.ts'
import { planOf } from './plan.ts'
import type { AppRecord } from './registry.ts'
import { syncManifest, uninstall } from './sync.ts'
import { readApp } from './tarball.ts'

function appRefusal(subCode: string, message: string, friendly: string): Refusal {
  return new Refusal(400, 'Error', message, {
    extensions: { subCode, userFriendlyMessage: friendly, code: 'BAD_USER_INPUT' },
  })
}

function appNamed(state: State, universalIdentifier: string): AppRecord {
  const app = state.apps.get(universalIdentifier)
  if (app) return app
  const message = `Application with universalIdentifier ${universalIdentifier} not found`
  throw appRefusal('APPLICATION_NOT_FOUND', message, 'Application not found.')
}

/** An app that is installed, by either of its names. */
function installedApp(state: State, id: unknown, universalIdentifier: unknown): AppRecord {
  const isIt = (app: AppRecord): boolean => app.id === id || app.universalIdentifier === universalIdentifier
  const app = [...state.apps.values()].find((one) => one.installedManifest !== null && isIt(one))
  if (app) return app
  const names = `id ${String(id ?? undefined)} or universalIdentifier ${String(universalIdentifier ?? undefined)}`
  throw new Refusal(404, 'Error', `Application with ${names} not found`, {
    extensions: {
      subCode: 'APPLICATION_NOT_FOUND',
      userFriendlyMessage: 'Application not found.',
      code: 'NOT_FOUND',
    },
  })
}

/** The record of an app, made when it is first heard of. */
function register(state: State, universalIdentifier: string, name: string): AppRecord {
  const known = state.apps.get(universalIdentifier)
  if (known) {
    known.name = name
    return known
  }
  const app: AppRecord = {
    id: newId(),
    registrationId: newId(),
    universalIdentifier,
    name,
    description: null,
    uploadedVersion: null,
    uploadedManifest: null,
    installedVersion: null,
    installedManifest: null,
    ownedObjects: [],
    ownedFields: [],
  }
  state.apps.set(universalIdentifier, app)
  return app
}

function upload(state: State, file: unknown): Node {
  const base64 = isObject(file as JsonObject) ? (file as JsonObject)['base64'] : null
  const { manifest, version } = readApp(Buffer.from(String(base64), 'base64'))
  const application = applicationOf(manifest)
  checkServerVersion(application['requiredServerVersionRange'])
  const app = register(state, String(application['universalIdentifier']), String(application['displayName']))
  app.uploadedVersion = version
  app.uploadedManifest = manifest
  return registrationNode(app)
}

/** Installs the uploaded version, or upgrades to it; the same version twice is an error. */
function install(state: State, universalIdentifier: string): Node {
  const app = appNamed(state, universalIdentifier)
  const { uploadedManifest, uploadedVersion, installedVersion } = app
  if (!uploadedManifest) {
    throw appRefusal(
      'APPLICATION_NOT_FOUND',
      `Application ${universalIdentifier} has no package`,
      'Application not found.',
    )
  }
  if (installedVersion !== null && installedVersion === uploadedVersion) {
    throw appRefusal(
      'APP_ALREADY_INSTALLED',
      `${universalIdentifier}@${installedVersion} is already installed in this workspace.`,
      'This version of the application is already installed in this workspace.',
    )
  }
  syncManifest(state, app, uploadedManifest)
  app.installedManifest = uploadedManifest
  app.installedVersion = uploadedVersion
  return appNode(state, app)
}

function sync(state: State, manifest: unknown, dryRun: boolean): Node {
  const given = isObject(manifest as JsonObject) ? (manifest as JsonObject) : {}
  const application = applicationOf(given)
  const universalIdentifier = String(application['universalIdentifier'])
  checkServerVersion(application['requiredServerVersionRange'])
  checkManifest(state, given)
  const actions = planOf(state, state.apps.get(universalIdentifier)?.installedManifest ?? null, given)
  if (!dryRun) {
    const app = appNamed(state, universalIdentifier)
    app.name = String(application['displayName'] ?? app.name)
    syncManifest(state, app, given)
    app.installedManifest = given
    app.installedVersion ??= '0.0.0'
  }
  return { applicationUniversalIdentifier: universalIdentifier, actions }
}

/** The life of an app: register, upload, install, upgrade, plan, apply, uninstall. */
export function appResolvers(state: State, caller: Caller, url: string): Record<string, Resolver> {
  const guard =
    (resolver: Resolver): Resolver =>
    (args) => {
      if (!caller.role.canUpdateAllSettings) throw permissionDenied(403)
      return resolver(args)
    }
  const installed = (): Node[] =>
    [...state.apps.values()].filter((app) => app.installedManifest !== null).map((app) => appNode(state, app))
  const token = (): Node => ({
    token: state.addToken(caller.key.id),
    expiresAt: new Date(state.now() + 3_600_000).toISOString(),
  })
  return {
    currentWorkspace: () => ({
      id: state.workspaceId,
      displayName: 'Sandbox',
      subdomain: 'sandbox',
      workspaceUrls: { customUrl: null, subdomainUrl: url },
      installedApplications: installed,
      workspaceCustomApplicationId: state.customApplicationId,
    }),
    findManyApplications: guard(() => [...ownApplications(state), ...installed()]),
    findOneApplication: guard(({ id, universalIdentifier }) =>
      appNode(state, installedApp(state, id, universalIdentifier)),
    ),
    findApplicationRegistrationByUniversalIdentifier: guard(({ universalIdentifier }) => {
      const app = state.apps.get(String(universalIdentifier))
      return app ? registrationNode(app) : null
    }),
    findManyApplicationRegistrations: guard(() => [...state.apps.values()].map(registrationNode)),
    findManyLogicFunctions: guard(() => logicFunctions(state)),
    createApplicationRegistration: guard(({ input }) => {
      const app = register(state, String(input['universalIdentifier'] ?? newId()), String(input['name']))
      return { applicationRegistration: registrationNode(app), clientSecret: randomBytes(32).toString('hex') }
    }),
    rotateApplicationRegistrationClientSecret: guard(() => ({ clientSecret: randomBytes(32).toString('hex') })),
    createDevelopmentApplication: guard(({ universalIdentifier, name }) => {
      const app = register(state, String(universalIdentifier), String(name))
      return { id: app.id, universalIdentifier: app.universalIdentifier }
    }),
    generateApplicationToken: guard(() => ({ applicationAccessToken: token(), applicationRefreshToken: token() })),
    uploadAppTarball: guard(({ file }) => upload(state, file)),
    uploadApplicationFile: guard(({ filePath }) => ({
      id: newId(),
      path: filePath,
      size: 0,
      createdAt: state.stamp(),
    })),
    installApplication: guard(({ universalIdentifier }) => install(state, String(universalIdentifier))),
    uninstallApplication: guard(({ universalIdentifier }) => {
      const app = installedApp(state, undefined, universalIdentifier)
      uninstall(state, app)
      app.installedManifest = null
      app.installedVersion = null
      delete app.variables
      return true
    }),
    syncApplication: guard(({ manifest, dryRun }) => sync(state, manifest, dryRun === true)),
    updateOneApplicationVariable: guard(({ key, value, applicationId }) => {
      const app = [...state.apps.values()].find((one) => one.id === applicationId)
      const variables = app?.installedManifest ? applicationOf(app.installedManifest)['applicationVariables'] : null
      const isKnown = isObject(variables ?? null) && String(key) in (variables as JsonObject)
      if (!app || !isKnown)
        throw new Refusal(404, 'Error', `Application variable with key ${String(key)} not found`, {
          extensions: {
            subCode: 'APPLICATION_VARIABLE_NOT_FOUND',
            userFriendlyMessage: 'Application variable not found.',
            code: 'NOT_FOUND',
          },
        })
      app.variables = { ...app.variables, [String(key)]: String(value ?? '') }
      return true
    }),
  }
}
