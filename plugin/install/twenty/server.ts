import { APP_ID } from '../../twenty/ids.ts'
import type { TwentyClient } from './client.ts'
import { fail, ok, type Result } from '../problem.ts'
import { t } from '../said/index.ts'

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
  /** Universal identifiers of what runs and what shows it: tabs, widgets, components, functions. */
  inside: ReadonlySet<string>
  /** Commands: Twenty tells none's universal identifier, but what each one runs, and for which object (by its own id). */
  commands: { component: string | undefined; objectMetadataId: string | null }[]
  /** Universal identifiers of objects by their id in this workspace. */
  objectIds: ReadonlyMap<string, string>
}

export interface ServerMetadata {
  objects: ServerObject[]
  layout: ServerLayout
}

export interface InstalledApp {
  version: string
  /** Of its package.json, as its manifest says; null when it says none. */
  checksum: string | null
}

export interface ServerFacts {
  /** As in `2.31.0`. */
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

const versionOf = async (client: TwentyClient): Promise<Result<string>> => {
  const config = await client.open<{ appVersion?: string }>('/client-config')
  if (!config.ok && !/refuses/.test(config.problem.what)) return config
  return config.ok && typeof config.value.appVersion === 'string'
    ? ok(config.value.appVersion)
    : fail(t`what answers at ${client.url} is no Twenty`, client.url, 'Check --url: it is the address of Twenty.')
}

/** Whether the server can take the app, and what of it is there. Also finds out that the key lacks a permission. */
export const readFacts = async (client: TwentyClient): Promise<Result<ServerFacts>> => {
  const version = await versionOf(client)
  if (!version.ok) return version
  if (compareVersions(version.value, OLDEST) < 0)
    return fail(
      t`Twenty ${version.value} is too old: Ladder needs ${OLDEST} or newer`,
      client.url,
      'Upgrade Twenty first.',
    )
  const read = await client.metadata<{
    currentWorkspace: { id: string; displayName: string | null }
    findManyApplications: { universalIdentifier: string; version: string | null; packageJsonChecksum: string | null }[]
    findApplicationRegistrationByUniversalIdentifier: { latestAvailableVersion: string | null } | null
  }>(
    `query Facts($app: String!) {
      currentWorkspace { id displayName }
      findManyApplications { universalIdentifier version packageJsonChecksum }
      findApplicationRegistrationByUniversalIdentifier(universalIdentifier: $app) { latestAvailableVersion }
      webhooks { id }
    }`,
    { app: APP_ID },
  )
  if (!read.ok) return read
  const { currentWorkspace, findManyApplications, findApplicationRegistrationByUniversalIdentifier } = read.value
  const app = findManyApplications.find((one) => one.universalIdentifier === APP_ID)
  return ok({
    version: version.value,
    workspaceName: currentWorkspace.displayName ?? '',
    installed: app ? { version: app.version ?? '0.0.0', checksum: app.packageJsonChecksum } : undefined,
    published: findApplicationRegistrationByUniversalIdentifier?.latestAvailableVersion ?? undefined,
  })
}

const METADATA = `query Metadata {
  objects(paging: { first: 500 }) { edges { node {
    id universalIdentifier nameSingular namePlural labelSingular isActive
    fieldsList { universalIdentifier name type label isUnique isActive options settings
      relation { targetObjectMetadata { nameSingular } targetFieldMetadata { name } } }
  } } }
}`

const LAYOUT = `query Layout {
  getViews { id universalIdentifier name type isActive deletedAt viewGroups { fieldValue } }
  navigationMenuItems { type name viewId }
}`

const INSIDE = `query Inside {
  getPageLayouts { universalIdentifier tabs { universalIdentifier isActive widgets { universalIdentifier isActive } } }
  frontComponents { id universalIdentifier }
  findManyLogicFunctions { universalIdentifier }
  commandMenuItems { frontComponentId availabilityObjectMetadataId isActive }
}`

interface Part {
  universalIdentifier: string
  isActive?: boolean
}

interface Inside {
  getPageLayouts: (Part & { tabs: (Part & { widgets: Part[] | null })[] | null })[]
  frontComponents: (Part & { id: string })[]
  findManyLogicFunctions: Part[]
  commandMenuItems: {
    frontComponentId: string | null
    availabilityObjectMetadataId: string | null
    isActive: boolean
  }[]
}

const insideOf = ({
  getPageLayouts,
  frontComponents,
  findManyLogicFunctions,
  commandMenuItems,
}: Inside): Pick<ServerLayout, 'inside' | 'commands'> => {
  const tabs = getPageLayouts.flatMap((page) => page.tabs ?? []).filter((tab) => tab.isActive !== false)
  const widgets = tabs.flatMap((tab) => tab.widgets ?? []).filter((widget) => widget.isActive !== false)
  const parts = [...getPageLayouts, ...tabs, ...widgets, ...frontComponents, ...findManyLogicFunctions]
  const components = new Map(frontComponents.map(({ id, universalIdentifier }) => [id, universalIdentifier]))
  return {
    inside: new Set(parts.map(({ universalIdentifier }) => universalIdentifier)),
    commands: commandMenuItems
      .filter(({ isActive }) => isActive)
      .map((item) => ({
        component: components.get(item.frontComponentId ?? ''),
        objectMetadataId: item.availabilityObjectMetadataId,
      })),
  }
}

/** Every object, field, view and navigation item of the workspace. */
export const readMetadata = async (client: TwentyClient): Promise<Result<ServerMetadata>> => {
  type Node = Omit<ServerObject, 'fields'> & { id: string; fieldsList: ServerField[] }
  const read = await client.metadata<{ objects: { edges: { node: Node }[] } }>(METADATA)
  if (!read.ok) return read
  const layout = await client.metadata<{ getViews: ServerView[]; navigationMenuItems: ServerLayout['navigation'] }>(
    LAYOUT,
  )
  if (!layout.ok) return layout
  const inside = await client.metadata<Inside>(INSIDE)
  if (!inside.ok) return inside
  const nodes = read.value.objects.edges.map(({ node }) => node)
  return ok({
    objects: nodes.map(({ fieldsList, ...rest }) => ({ ...rest, fields: fieldsList })),
    layout: {
      views: layout.value.getViews,
      navigation: layout.value.navigationMenuItems,
      ...insideOf(inside.value),
      objectIds: new Map(nodes.map(({ id, universalIdentifier }) => [id, universalIdentifier])),
    },
  })
}
