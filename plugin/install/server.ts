import { APP_ID } from '../twenty/ids.ts'
import type { TwentyClient } from './client.ts'
import { fail, ok, type Result } from './problem.ts'

export interface ServerField {
  universalIdentifier: string
  name: string
  type: string
  label: string
  isUnique: boolean | null
  isActive: boolean | null
  options: { value: string; label: string; position: number; color: string }[] | null
  settings: { relationType?: string; joinColumnName?: string; onDelete?: string } | null
  relation: { targetObjectMetadata: { nameSingular: string }; targetFieldMetadata: { name: string } } | null
}

export interface ServerObject {
  universalIdentifier: string
  nameSingular: string
  namePlural: string
  labelSingular: string
  isActive: boolean
  fields: ServerField[]
}

export interface ServerView {
  id: string
  universalIdentifier: string
  name: string
  type: string
  isActive: boolean
  deletedAt: string | null
  viewGroups: { fieldValue: string }[]
}

export interface ServerLayout {
  views: ServerView[]
  /** Twenty tells no universal identifier of these. */
  navigation: { type: string; name: string | null; viewId: string | null }[]
}

export interface ServerMetadata {
  objects: ServerObject[]
  /** Undefined when the server doesn't tell of views. */
  layout: ServerLayout | undefined
}

export interface InstalledApp {
  version: string
  /** Of its package.json; undefined when the server doesn't tell. */
  checksum: string | undefined
}

export interface ServerFacts {
  /** As in `2.31.0`, or `(version not told)`. */
  version: string
  workspaceName: string
  /** The Ladder app, when it is installed. */
  installed: InstalledApp | undefined
  /** The highest version of the app that was sent, installed or not. */
  published: string | undefined
}

/** The oldest server that takes the app. */
export const OLDEST = '2.31.0'

export const compareVersions = (a: string, b: string): number => {
  const parts = (text: string): number[] => (text.split('-')[0] ?? '').split('.').map(Number)
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The server's version; undefined when it doesn't tell: then its own check of `engines.twenty` decides. */
const versionOf = async (client: TwentyClient): Promise<Result<string | undefined>> => {
  const config = await client.open<{ appVersion?: string }>('/client-config')
  if (config.ok && typeof config.value.appVersion === 'string') return ok(config.value.appVersion)
  const card = await client.open<{ version?: string }>('/.well-known/mcp/server-card.json')
  if (card.ok && typeof card.value.version === 'string') return ok(card.value.version)
  if (!config.ok && config.problem.what.includes("can't be reached")) return config
  return ok(undefined)
}

/** What a server of another version may not know: undefined when it doesn't. */
const optional = <T>(read: Result<T>): Result<T | undefined> =>
  !read.ok && read.problem.what.includes('Cannot query field') ? ok(undefined) : read

const checksumOfInstalled = async (client: TwentyClient): Promise<Result<string | undefined>> => {
  const read = optional(
    await client.metadata<{ findOneApplication: { packageJsonChecksum: string | null } }>(
      'query Checksum($app: UUID!) { findOneApplication(universalIdentifier: $app) { packageJsonChecksum } }',
      { app: APP_ID },
    ),
  )
  return read.ok ? ok(read.value?.findOneApplication.packageJsonChecksum ?? undefined) : read
}

/** Whether the server can take the app, and what of it is there. Also finds out that the key lacks a permission. */
export const readFacts = async (client: TwentyClient): Promise<Result<ServerFacts>> => {
  const version = await versionOf(client)
  if (!version.ok) return version
  if (version.value !== undefined && compareVersions(version.value, OLDEST) < 0)
    return fail(
      `Twenty ${version.value} is too old: Ladder needs ${OLDEST} or newer`,
      client.url,
      'Upgrade Twenty first.',
    )
  const read = await client.metadata<{
    currentWorkspace: { id: string; displayName: string | null }
    findManyApplications: { universalIdentifier: string; version: string | null }[]
    findApplicationRegistrationByUniversalIdentifier: { latestAvailableVersion: string | null } | null
  }>(
    `query Facts($app: String!) {
      currentWorkspace { id displayName }
      findManyApplications { universalIdentifier version }
      findApplicationRegistrationByUniversalIdentifier(universalIdentifier: $app) { latestAvailableVersion }
      webhooks { id }
    }`,
    { app: APP_ID },
  )
  if (!read.ok) return read
  const { currentWorkspace, findManyApplications, findApplicationRegistrationByUniversalIdentifier } = read.value
  const app = findManyApplications.find((one) => one.universalIdentifier === APP_ID)
  const checksum = app ? await checksumOfInstalled(client) : ok(undefined)
  if (!checksum.ok) return checksum
  return ok({
    version: version.value ?? '(version not told)',
    workspaceName: currentWorkspace.displayName ?? '',
    installed: app ? { version: app.version ?? '0.0.0', checksum: checksum.value } : undefined,
    published: findApplicationRegistrationByUniversalIdentifier?.latestAvailableVersion ?? undefined,
  })
}

const METADATA = `query Metadata {
  objects(paging: { first: 500 }) { edges { node {
    universalIdentifier nameSingular namePlural labelSingular isActive
    fieldsList { universalIdentifier name type label isUnique isActive options settings
      relation { targetObjectMetadata { nameSingular } targetFieldMetadata { name } } }
  } } }
}`

const LAYOUT = `query Layout {
  getViews { id universalIdentifier name type isActive deletedAt viewGroups { fieldValue } }
  navigationMenuItems { type name viewId }
}`

/** Every object, field, view and navigation item of the workspace. */
export const readMetadata = async (client: TwentyClient): Promise<Result<ServerMetadata>> => {
  type Node = Omit<ServerObject, 'fields'> & { fieldsList: ServerField[] }
  const read = await client.metadata<{ objects: { edges: { node: Node }[] } }>(METADATA)
  if (!read.ok) return read
  const layout = optional(
    await client.metadata<{ getViews: ServerView[]; navigationMenuItems: ServerLayout['navigation'] }>(LAYOUT),
  )
  if (!layout.ok) return layout
  return ok({
    objects: read.value.objects.edges.map(({ node: { fieldsList, ...rest } }) => ({ ...rest, fields: fieldsList })),
    layout: layout.value && { views: layout.value.getViews, navigation: layout.value.navigationMenuItems },
  })
}
