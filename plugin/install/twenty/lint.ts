import { STANDARD_FIELD_IDS, STANDARD_IDS } from '../../twenty/ids.ts'
import type { Manifest, ManifestField } from '../../twenty/manifest.ts'
import { RESERVED_NAMES, SYSTEM_FIELDS } from '../../twenty/names.ts'
import { clashesOf } from './clash.ts'
import { expectedObjects } from './compare.ts'
import type { Problem } from '../problem.ts'
import type { ServerMetadata } from './server.ts'
import { t } from '../said/index.ts'

const NAME = /^[a-z][a-zA-Z0-9]*$/
const VALUE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/
const MAX = 63
const EVENTS = new Set(['created', 'updated', 'deleted', 'restored', 'destroyed', 'upserted'])

const STANDARD_OBJECTS = new Set(Object.keys(STANDARD_IDS))

const checkName = (name: string, where: string): Problem[] => {
  if (!NAME.test(name) || name.length > MAX)
    return [
      {
        what: `"${name}" is no name that Twenty takes`,
        where,
        todo: `Use letters and digits, first a small letter, at most ${MAX}.`,
      },
    ]
  if (RESERVED_NAMES.has(name))
    return [{ what: `"${name}" is reserved by Twenty`, where, todo: `Call it otherwise, such as ladder${name}.` }]
  return []
}

const checkOptions = (field: ManifestField, where: string): Problem[] => {
  if (field.type !== 'SELECT' && field.type !== 'MULTI_SELECT') return []
  const options = field.options ?? []
  const problems: Problem[] =
    options.length === 0 ? [{ what: 'a select without options', where, todo: 'Give it at least one option.' }] : []
  for (const { value, label } of options) {
    if (!VALUE.test(value) || value.length > MAX)
      problems.push({ what: `option value "${value}"`, where, todo: 'Write it in UPPER_SNAKE, such as HIGH_END.' })
    if (label.includes(',') || label.trim() === '' || label.length > MAX)
      problems.push({ what: `option label "${label}"`, where, todo: `Use 1 to ${MAX} characters and no comma.` })
  }
  for (const key of ['value', 'label'] as const)
    if (new Set(options.map((option) => option[key])).size < options.length)
      problems.push({ what: `two options have the same ${key}`, where, todo: 'Make each one different.' })
  return problems
}

/** Both sides of each relation are there and point to each other: twenty-sdk builds without, and the server refuses. */
const checkRelations = (fields: Map<string, { field: ManifestField; object: string }>): Problem[] =>
  [...fields.values()].flatMap(({ field, object }) => {
    const target = field.relationTargetFieldMetadataUniversalIdentifier
    if (field.type !== 'RELATION') return []
    const where = t`field ${object}.${field.name}`
    const other = fields.get(target ?? '')
    if (!other)
      return [{ what: 'the field on the other side is missing', where, todo: 'Declare the inverse of the relation.' }]
    if (other.field.relationTargetFieldMetadataUniversalIdentifier !== field.universalIdentifier)
      return [
        { what: `${other.object}.${other.field.name} points elsewhere`, where, todo: 'Point both at each other.' },
      ]
    return []
  })

const checkViews = (manifest: Manifest, fields: Map<string, { field: ManifestField; object: string }>): Problem[] => {
  const known = new Set([...fields.keys(), ...Object.values(STANDARD_FIELD_IDS)])
  return manifest.views.flatMap((view) => {
    const where = t`view ${view.name}`
    const problems: Problem[] = []
    const uses = [...view.fields, ...(view.filters ?? []), ...(view.sorts ?? [])]
    if (uses.some((use) => !known.has(use.fieldMetadataUniversalIdentifier)))
      problems.push({ what: 'it shows a field that is not in the app', where, todo: 'Take the field out of the view.' })
    if (view.type !== 'KANBAN') return problems
    const group = fields.get(view.mainGroupByFieldMetadataUniversalIdentifier ?? '')?.field
    const columns = new Set((view.groups ?? []).map(({ fieldValue }) => fieldValue))
    const missing = (group?.options ?? []).filter(({ value }) => !columns.has(value)).map(({ value }) => value)
    if (group?.type !== 'SELECT')
      problems.push({ what: 'a kanban without a select field', where, todo: 'Group it by a select field.' })
    else if (missing.length > 0)
      problems.push({ what: `no column for ${missing.join(', ')}`, where, todo: 'Give each option a column.' })
    return problems
  })
}

const checkEvents = (manifest: Manifest): Problem[] =>
  manifest.logicFunctions.flatMap(({ name, databaseEventTriggerSettings }) => {
    const event = databaseEventTriggerSettings?.eventName
    const [object, operation] = event?.split('.') ?? []
    if (event === undefined || (object && operation && EVENTS.has(operation))) return []
    return [
      {
        what: `"${event}" is no event`,
        where: `function ${name}`,
        todo: 'Write object.operation, such as company.updated.',
      },
    ]
  })

/**
 * What twenty-sdk's build lets through and the server refuses (or, worse, takes): names, options, relations, views, events,
 * and, with `server`, names that its owner already uses. Empty: nothing found.
 */
export const lint = (manifest: Manifest, server?: ServerMetadata): Problem[] => {
  const fields = new Map<string, { field: ManifestField; object: string }>()
  const problems: Problem[] = []
  for (const { name: object, isOwn, fields: list } of expectedObjects(manifest)) {
    const names = new Set<string>()
    for (const field of list) {
      const where = t`field ${object}.${field.name}`
      fields.set(field.universalIdentifier, { field, object })
      problems.push(...checkName(field.name, where), ...checkOptions(field, where))
      for (const name of [field.name, field.universalSettings?.joinColumnName])
        if (name !== undefined && (names.has(name) || SYSTEM_FIELDS.has(name)))
          problems.push({ what: `the name ${name} is taken on ${object}`, where, todo: 'Call it otherwise.' })
        else if (name !== undefined) names.add(name)
    }
    if (isOwn && STANDARD_OBJECTS.has(object))
      problems.push({
        what: `${object} is Twenty's own object`,
        where: t`object ${object}`,
        todo: 'Call it otherwise.',
      })
  }
  for (const { nameSingular, namePlural } of manifest.objects) {
    const where = t`object ${nameSingular}`
    problems.push(...checkName(nameSingular, where), ...checkName(namePlural, where))
    if (nameSingular.toLowerCase() === namePlural.toLowerCase())
      problems.push({ what: 'singular and plural are the same', where, todo: 'Make the plural different.' })
  }
  problems.push(...checkRelations(fields), ...checkViews(manifest, fields), ...checkEvents(manifest))
  return server ? [...problems, ...clashesOf(manifest, server)] : problems
}
