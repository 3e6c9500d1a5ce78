import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { fullName } from '../full-name.ts'
import type { HubspotLayout } from './layout.ts'
import { MERGED, codeOfId, isLadderPipeline, isOwner, pipelineIdOf, propertyOf, relationsOf } from './names.ts'
import { htmlOf, instantOf, type Raw, readValue, textOf, writeValue } from './values.ts'

/** A record as HubSpot's object API shows it. */
export interface HubspotRecord {
  id: string
  properties: Record<string, string | null>
  createdAt?: string
  updatedAt?: string
  archived?: boolean
  archivedAt?: string
}

/** A relation that a write sets (`id`) or ends (null). */
export interface Link {
  relation: string
  /** The neutral object that it leads to. */
  to: string
  id: string | null
}

/** An answer's record, checked as far as Ladder reads it; undefined when it is none. */
export const rawRecord = (raw: unknown): HubspotRecord | undefined => {
  if (typeof raw !== 'object' || raw === null || !('id' in raw) || !('properties' in raw)) return undefined
  const { id, properties } = raw
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof properties !== 'object' || properties === null)
    return undefined
  // ids are numbers in some answers and texts in others
  return { ...(raw as HubspotRecord), id: String(id) }
}

/** HubSpot's states of a task and outcomes of a meeting that mean a neutral one; the first is the one that is written. */
const STATES: Partial<Record<string, Record<string, string[]>>> = {
  task: { TODO: ['NOT_STARTED', 'WAITING', 'DEFERRED'], IN_PROGRESS: ['IN_PROGRESS'], DONE: ['COMPLETED'] },
  visit: { PLANNED: ['SCHEDULED', 'RESCHEDULED'], HELD: ['COMPLETED'], CANCELLED: ['CANCELED', 'NO_SHOW'] },
}
const RICH = new Set(['hs_task_body', 'hs_meeting_body'])

const stateOf = (object: string, raw: Raw): string | null => {
  if (!raw) return null
  const found = Object.entries(STATES[object] ?? {}).find(([, theirs]) => theirs.includes(raw))
  return found ? found[0] : raw
}

const readStandard = (layout: HubspotLayout, object: string, name: string, raw: HubspotRecord): Value => {
  const text = raw.properties[propertyOf(layout.carrier, object, name)]
  if (object === 'person' && name === 'name') return fullName(raw.properties.firstname, text)
  if (name === 'status') return stateOf(object, text)
  return name === 'dueAt' ? instantOf(text) : text || null
}

const readField = (
  layout: HubspotLayout,
  object: string,
  field: { name: string; type: Parameters<typeof readValue>[0] },
  raw: HubspotRecord,
): Value => {
  const { name, type } = field
  const property = propertyOf(layout.carrier, object, name)
  const text = raw.properties[property]
  if (object === 'development' && (name === 'pipeline' || name === 'stage')) return text ? codeOfId(text) : null
  if (object === 'visit' && name === 'status') return stateOf(object, text)
  if (object === 'visit' && name === 'plannedAt') return instantOf(text || raw.properties.hs_timestamp)
  if (RICH.has(property)) return text ? textOf(text) || null : null
  return readValue(type, text)
}

/** Who was merged into a record, as the record itself says. */
const mergedIn = ({ properties }: HubspotRecord): { merged?: string[] } => {
  const merged = (properties[MERGED] ?? '').split(';').filter((id) => /^\d+$/.test(id))
  return merged.length > 0 ? { merged } : {}
}

/** Whether a deal that now stands in a pipeline of people's own was Ladder's before. */
const wasLadders = ({ properties }: HubspotRecord): boolean =>
  [properties.ladder_key, properties.ladder_stage_since, properties.ladder_pipeline_version].some(Boolean)

/**
 * A HubSpot record in neutral names, with those fields alone that Ladder reads. `relations`: what its associations say, for a
 * record that people made; without it the copies count. Undefined when the object isn't carried, when the record has no
 * time, and for a deal that never was Ladder's; one that left Ladder's pipelines is deleted.
 */
export const snapshotOf = (
  layout: HubspotLayout,
  object: string,
  raw: HubspotRecord,
  relations?: Readonly<Record<string, string | null>>,
): RecordSnapshot | undefined => {
  const def = objectDef(object)
  const updatedAt = instantOf(raw.updatedAt)
  if (!def || !layout.types[object] || !updatedAt) return undefined
  const isForeign =
    object === 'development' && layout.carrier === 'deal' && !isLadderPipeline(raw.properties.pipeline ?? '')
  if (isForeign && !wasLadders(raw)) return undefined
  const fields: Fields = {}
  for (const name of def.reads ?? ['name']) fields[name] = readStandard(layout, object, name, raw)
  const carried = new Set(relationsOf(layout, object).map(({ name }) => name))
  for (const field of def.fields) {
    const { name } = field
    if (field.type === 'relation' && !isOwner(field))
      fields[name] = carried.has(name)
        ? relations
          ? (relations[name] ?? null)
          : readField(layout, object, field, raw)
        : null
    else fields[name] = readField(layout, object, field, raw)
  }
  if (object === 'visit' && fields.status === 'HELD') fields.heldAt ??= fields.plannedAt ?? null
  const archivedAt = raw.archived ? instantOf(raw.archivedAt) : null
  return {
    object,
    id: raw.id,
    // putting into the bin need not touch the time of change
    at: archivedAt && archivedAt > updatedAt ? archivedAt : updatedAt,
    createdAt: instantOf(raw.createdAt) ?? updatedAt,
    deleted: raw.archived === true || isForeign,
    fields,
    ...mergedIn(raw),
  }
}

/** Whether a write gives a record its title, as one does that makes it. */
export const isMaking = (fields: Fields): boolean => 'name' in fields || 'title' in fields

const isKeyed = (value: Value): value is { key: string } =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'

/** The ladder keys that the fields of a write point to. */
export const keysIn = (fields: Fields): string[] =>
  Object.values(fields).flatMap((value) => (isKeyed(value) ? [value.key] : []))

const writeOne = (layout: HubspotLayout, object: string, name: string, value: Value): Record<string, string> => {
  const property = propertyOf(layout.carrier, object, name)
  const type = objectDef(object)?.fields.find((one) => one.name === name)?.type ?? 'text'
  const text = writeValue(type === 'relation' ? 'text' : type, value)
  if (object === 'person' && name === 'name') return { firstname: '', lastname: text }
  if (object === 'development' && (name === 'pipeline' || name === 'stage'))
    return { [property]: text && pipelineIdOf(text) }
  if (name === 'status') return { [property]: STATES[object]?.[text]?.[0] ?? text }
  if (object === 'visit' && name === 'plannedAt' && text) return { [property]: text, hs_timestamp: text }
  return { [property]: RICH.has(property) ? htmlOf(text) : text }
}

/**
 * Neutral fields as HubSpot takes them: properties as texts, and the relations apart, because they are associations as well.
 * `idOf`: the record id of a ladder key; a relation to a record that this account doesn't carry is left out. Unknown names
 * get Ladder's prefix: HubSpot refuses what was never made.
 */
export const toHubspot = (
  layout: HubspotLayout,
  object: string,
  fields: Fields,
  idOf: (key: string) => string | undefined = () => undefined,
): { properties: Record<string, string>; links: Link[] } => {
  const properties: Record<string, string> = {}
  const links: Link[] = []
  const carried = new Map(relationsOf(layout, object).map((field) => [field.name, field.relation.to]))
  const def = objectDef(object)
  for (const [name, value] of Object.entries(fields)) {
    const plain = isKeyed(value) ? (idOf(value.key) ?? null) : value
    const field = def?.fields.find((one) => one.name === name)
    if (field?.relation && !isOwner(field)) {
      const to = carried.get(name)
      if (!to) continue
      links.push({ relation: name, to, id: typeof plain === 'string' && plain !== '' ? plain : null })
    }
    Object.assign(properties, writeOne(layout, object, name, plain))
  }
  return { properties, links }
}
