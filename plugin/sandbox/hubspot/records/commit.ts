import type { Portal } from '../portal.ts'
import { badValues, conflict, invalid } from '../refusal.ts'
import type { BadValue } from '../refusal.ts'
import type { State } from '../state.ts'
import { instant } from '../time.ts'
import type { ObjectType, RecordRow, Source } from '../types.ts'
import { checkRules } from './rules.ts'
import { checkStage, checkValues, stageProperties } from './values.ts'

/** Where a change happens and who makes it. */
export interface Site {
  state: State
  portal: Portal
  type: ObjectType
  source: Source
}

/** Emails are kept in lower case. */
function tidy(type: ObjectType, values: Record<string, string>): Record<string, string> {
  if (type.singular !== 'contact' || values['email'] === undefined) return values
  return { ...values, email: values['email'].toLowerCase() }
}

function takenBy({ type }: Site, values: Record<string, string>, self: string | null): [string, string, string] | null {
  for (const [name, value] of Object.entries(values)) {
    if (value === '' || !type.properties.get(name)?.hasUniqueValue) continue
    const holder = type.unique.get(name)?.get(value)
    if (holder !== undefined && holder !== self) return [name, value, holder]
  }
  return null
}

/** A unique value that another record has: 409 for a contact's email, 400 for any other. */
function refuseTaken(site: Site, values: Record<string, string>, self: string | null): void {
  const taken = takenBy(site, values, self)
  if (!taken) return
  const [name, value, holder] = taken
  if (name === 'email') throw conflict(`Contact already exists. Existing ID: ${holder}`)
  const message = `Cannot set ${name} to ${value} on ${self ?? 'a new record'}: ${holder} already has that value.`
  throw badValues([{ name, error: 'CONFLICTING_UNIQUE_VALUE', message, value }], site.portal.id)
}

/** Values that are fit to be stored; a refusal names all that aren't. */
function accepted(site: Site, given: Record<string, string>, before: Record<string, string>): Record<string, string> {
  const { values, bad } = checkValues(site.portal, site.type, given)
  const stage: BadValue[] = bad.length > 0 ? [] : checkStage(site.type, { ...before, ...values })
  const all = [...bad, ...stage]
  if (all.length > 0) throw badValues(all, site.portal.id)
  return tidy(site.type, values)
}

function index(type: ObjectType, row: RecordRow, name: string, value: string): void {
  if (!type.properties.get(name)?.hasUniqueValue) return
  const held = type.unique.get(name) ?? new Map<string, string>()
  type.unique.set(name, held)
  const old = row.properties[name]
  if (old !== undefined && held.get(old) === row.id) held.delete(old)
  if (value !== '') held.set(value, row.id)
}

function put(site: Site, row: RecordRow, values: Record<string, string>): void {
  const { state, portal, type, source } = site
  for (const [name, value] of Object.entries(values)) {
    index(type, row, name, value)
    if (value === '') Reflect.deleteProperty(row.properties, name)
    else row.properties[name] = value
    const more = { propertyName: name, propertyValue: value }
    state.changed(portal, { kind: 'propertyChange', type, objectId: row.id, more, source })
  }
}

function withDefaults(site: Site, values: Record<string, string>): Record<string, string> {
  const { type } = site
  const { pipeline, stage } = stageProperties(type)
  const first = [...type.pipelines.values()].sort((one, two) => one.displayOrder - two.displayOrder)[0]
  if (!type.properties.has(pipeline) || !first) return values
  if (values[stage] === undefined || values[stage] === '') return values
  return { [pipeline]: first.id, ...values }
}

/** Checks what a new record would hold, writing nothing; a refusal says why it can't be made. */
export function prepareCreate(site: Site, given: Record<string, string>): Record<string, string> {
  const values = accepted(site, withDefaults(site, given), {})
  const missing = site.type.required.filter((name) => (values[name] ?? '') === '')
  if (missing.length > 0) {
    const what = site.type.singular.toUpperCase()
    throw invalid(`Error creating ${what}. Some required properties were not set.`, {
      context: { properties: missing },
    })
  }
  checkRules(site.type, values, true)
  refuseTaken(site, values, null)
  return values
}

/** Makes a record of values that were checked. */
export function create(site: Site, values: Record<string, string>): RecordRow {
  const { state, portal, type, source } = site
  const now = state.now()
  const row: RecordRow = {
    id: String(type.nextId++),
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    properties: {},
    changedAt: now,
    past: [],
  }
  type.records.set(row.id, row)
  row.properties = { hs_object_id: row.id, [type.created]: instant(now), [type.modified]: instant(now) }
  state.changed(portal, { kind: 'creation', type, objectId: row.id, more: { changeFlag: 'NEW' }, source })
  const set = Object.entries(values).filter(([, value]) => value !== '')
  put(site, row, Object.fromEntries(set))
  return row
}

/** Checks what a change would write, writing nothing; a refusal says why it can't be made. */
export function prepareUpdate(site: Site, row: RecordRow, given: Record<string, string>): Record<string, string> {
  const values = accepted(site, given, row.properties)
  checkRules(site.type, { ...row.properties, ...values }, false)
  refuseTaken(site, values, row.id)
  return values
}

/** Changes a record to values that were checked; what is as it was is no change, and moves no time. */
export function update(site: Site, row: RecordRow, values: Record<string, string>): void {
  const fresh = Object.entries(values).filter(([name, value]) => (row.properties[name] ?? '') !== value)
  if (fresh.length === 0) return
  touch(site, row)
  put(site, row, Object.fromEntries(fresh))
}

/** Moves the time of a record's last change to now. */
export function touch({ state, type }: Site, row: RecordRow): void {
  state.remember(row)
  row.updatedAt = state.now()
  row.properties[type.modified] = instant(row.updatedAt)
}

/** Archives a record; its unique values are free again. */
export function archive(site: Site, row: RecordRow): void {
  const { state, portal, type, source } = site
  if (row.archivedAt !== null) return
  state.remember(row)
  row.archivedAt = state.now()
  for (const [name, held] of type.unique) {
    const value = row.properties[name]
    if (value !== undefined && held.get(value) === row.id) held.delete(value)
  }
  state.changed(portal, { kind: 'deletion', type, objectId: row.id, more: { changeFlag: 'DELETED' }, source })
}

/** Brings an archived record back, as a person does; refused when its unique values have another holder now. */
export function restore(site: Site, row: RecordRow): void {
  const { state, portal, type, source } = site
  if (row.archivedAt === null) return
  refuseTaken(site, row.properties, row.id)
  touch(site, row)
  row.archivedAt = null
  for (const [name, value] of Object.entries(row.properties)) index(type, row, name, value)
  state.changed(portal, { kind: 'restore', type, objectId: row.id, more: { changeFlag: 'RESTORED' }, source })
}
