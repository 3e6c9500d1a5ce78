import { STANDARD_IDS } from '../../twenty/ids.ts'
import type { Manifest, ManifestField, ManifestNavigation, ManifestView } from '../../twenty/manifest.ts'
import type { ServerField, ServerLayout, ServerMetadata, ServerObject } from './server.ts'
import { t } from '../said/index.ts'

/** One way in which the CRM differs from the model. */
export interface Difference {
  what: string
  where: string
}

/** An object of the model with all its fields, whether the app makes the object or extends it. */
export interface Expected {
  id: string
  name: string
  isOwn: boolean
  fields: ManifestField[]
}

/** The app's objects and extended standard objects, each with its fields. */
export const expectedObjects = (manifest: Manifest): Expected[] => {
  const own = manifest.objects.map((object) => ({
    id: object.universalIdentifier,
    name: object.nameSingular,
    isOwn: true,
    fields: object.fields,
  }))
  const extended = Object.entries(STANDARD_IDS).map(([name, id]) => ({
    id,
    name,
    isOwn: false,
    fields: manifest.fields.filter((field) => field.objectUniversalIdentifier === id),
  }))
  return [...own, ...extended.filter(({ fields }) => fields.length > 0)]
}

const optionsText = (options: readonly { value: string; label: string }[] | null | undefined): string =>
  (options ?? []).map(({ value, label }) => `${value}=${label}`).join(', ')

const fieldDifferences = (
  expected: ManifestField,
  found: ServerField,
  where: string,
  nameOf: (id: string | undefined) => string | undefined,
): Difference[] => {
  const differences: Difference[] = []
  const differ = (what: string, is: unknown, wanted: unknown): void => {
    if (is !== wanted) differences.push({ where, what: t`${what} is ${String(is)}, the model says ${String(wanted)}` })
  }
  differ('its name', found.name, expected.name)
  differ('its type', found.type, expected.type)
  differ('its label', found.label, expected.label)
  differ('unique', found.isUnique ?? false, expected.isUnique ?? false)
  if (found.isActive === false) differences.push({ where, what: 'it is switched off' })
  const sorted = [...(found.options ?? [])].sort((a, b) => a.position - b.position)
  const [is, wanted] = [optionsText(sorted), optionsText(expected.options)]
  if (is !== wanted) {
    const codes = new Set(sorted.map(({ value }) => value))
    const missing = (expected.options ?? []).filter(({ value }) => !codes.has(value)).map(({ value }) => value)
    differences.push({
      where,
      what: missing.length > 0 ? t`options are missing: ${missing.join(', ')}` : 'its options differ in label or order',
    })
  }
  if (expected.type === 'RELATION') {
    differ(
      'its target',
      found.relation?.targetObjectMetadata.nameSingular,
      nameOf(expected.relationTargetObjectMetadataUniversalIdentifier),
    )
    differ('its relation', found.settings?.relationType, expected.universalSettings?.relationType)
  }
  return differences
}

const viewDifferences = (view: ManifestView, server: ServerLayout): Difference[] => {
  const where = t`view ${view.name}`
  const found = server.views.find(({ universalIdentifier }) => universalIdentifier === view.universalIdentifier)
  if (!found) return [{ where, what: 'it is missing' }]
  const differences: Difference[] = []
  if (!found.isActive || found.deletedAt !== null) differences.push({ where, what: 'it was taken away' })
  if (found.type !== view.type) differences.push({ where, what: t`it is a ${found.type}, the model says ${view.type}` })
  const groups = new Set(found.viewGroups.map(({ fieldValue }) => fieldValue))
  const missing = (view.groups ?? []).filter(({ fieldValue }) => !groups.has(fieldValue))
  if (missing.length > 0)
    differences.push({ where, what: t`columns are missing: ${missing.map(({ fieldValue }) => fieldValue).join(', ')}` })
  return differences
}

const layoutDifferences = (manifest: Manifest, layout: ServerLayout): Difference[] => {
  const shown = new Set(layout.navigation.map(({ viewId }) => viewId))
  const viewIds = new Map(layout.views.map((view) => [view.universalIdentifier, view.id]))
  const isShown = ({ type, name, viewUniversalIdentifier: view }: ManifestNavigation): boolean =>
    view === undefined
      ? layout.navigation.some((item) => item.type === type && item.name === name)
      : shown.has(viewIds.get(view) ?? '')
  return [
    ...manifest.views.flatMap((view) => viewDifferences(view, layout)),
    ...manifest.navigationMenuItems
      .filter((item) => !isShown(item))
      .map(({ name }) => ({ where: t`navigation item ${name}`, what: 'it is missing' })),
  ]
}

/** Tabs, charts, components, functions and commands that somebody took away. */
const insideDifferences = (manifest: Manifest, { inside, commands, objectIds }: ServerLayout): Difference[] => {
  const pages = manifest.pageLayouts.flatMap((page) => page.tabs)
  const tabs = [...manifest.pageLayoutTabs, ...pages]
  const named = (kind: string, parts: readonly { universalIdentifier: string; name: string }[]): Difference[] =>
    parts
      .filter(({ universalIdentifier }) => !inside.has(universalIdentifier))
      .map(({ name }) => ({ where: `${kind} ${name}`, what: 'it is missing' }))
  const titled = <T extends { title: string }>(list: readonly T[]): (T & { name: string })[] =>
    list.map((one) => ({ ...one, name: one.title }))
  const isThere = (command: Manifest['commandMenuItems'][number]): boolean =>
    commands.some(
      ({ component, objectMetadataId }) =>
        component === command.frontComponentUniversalIdentifier &&
        objectIds.get(objectMetadataId ?? '') === command.availabilityObjectUniversalIdentifier,
    )
  return [
    ...named('front component', manifest.frontComponents),
    ...named('logic function', manifest.logicFunctions),
    ...named('page', manifest.pageLayouts),
    ...named('tab', titled(tabs)),
    ...named('widget', titled(tabs.flatMap(({ widgets }) => widgets))),
    ...manifest.commandMenuItems
      .filter((command) => !isThere(command))
      .map(({ label }) => ({ where: t`command ${label}`, what: 'it is missing' })),
  ]
}

/** Everything in which the CRM's objects, fields, relations, views, navigation and pages differ from the app. */
export const differencesOf = (manifest: Manifest, server: ServerMetadata): Difference[] => {
  const byId = new Map<string, ServerObject>(server.objects.map((object) => [object.universalIdentifier, object]))
  const expected = expectedObjects(manifest)
  const names = new Map(expected.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | undefined): string | undefined =>
    names.get(id ?? '') ?? Object.keys(STANDARD_IDS).find((name) => STANDARD_IDS[name] === id)
  const differences = expected.flatMap(({ id, name, fields }): Difference[] => {
    const object = byId.get(id)
    if (!object) return [{ where: t`object ${name}`, what: 'it is missing' }]
    const found = new Map(object.fields.map((field) => [field.universalIdentifier, field]))
    const off = object.isActive ? [] : [{ where: t`object ${name}`, what: 'it is switched off' }]
    return [
      ...off,
      ...fields.flatMap((field) => {
        const where = t`field ${name}.${field.name}`
        const there = found.get(field.universalIdentifier)
        return there ? fieldDifferences(field, there, where, nameOf) : [{ where, what: 'it is missing' }]
      }),
    ]
  })
  return [...differences, ...layoutDifferences(manifest, server.layout), ...insideDifferences(manifest, server.layout)]
}
