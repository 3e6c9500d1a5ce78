import type { Portal } from '../portal.ts'
import type { BadValue } from '../refusal.ts'
import { instant, readTime } from '../time.ts'
import type { ObjectType, PropertyMeta } from '../types.ts'

/** A text property holds so many characters. */
const MOST_CHARACTERS = 65_536
const DAY_MS = 86_400_000

type Checked = { value: string } | { error: string; message: string }

function oneOf(meta: PropertyMeta, allowed: string[], value: string): Checked {
  const values = meta.fieldType === 'checkbox' ? value.split(';').filter((part) => part !== '') : [value]
  const bad = values.find((part) => !allowed.includes(part))
  if (bad === undefined) return { value: values.join(';') }
  return { error: 'INVALID_OPTION', message: `${bad} was not one of the allowed options: [${allowed.join(', ')}]` }
}

function external(portal: Portal, type: ObjectType, meta: PropertyMeta, value: string): Checked {
  if (meta.external === 'OWNER') {
    const owner = portal.owners.get(value)
    if (owner) return { value }
    return { error: 'INVALID_OWNER_ID', message: `The owner ${value} does not exist.` }
  }
  const pipelines = [...type.pipelines.values()]
  const stages = meta.external === 'STAGE'
  return oneOf(
    meta,
    stages ? pipelines.flatMap((one) => one.stages.map(({ id }) => id)) : pipelines.map(({ id }) => id),
    value,
  )
}

function timeValue(meta: PropertyMeta, value: string): Checked {
  const ms = readTime(value)
  if (meta.type === 'datetime') {
    if (ms !== null) return { value: instant(ms) }
    return { error: 'INVALID_LONG', message: `${value} was not a valid long.` }
  }
  if (ms === null) return { error: 'INVALID_DATE', message: `${value} was not a valid date.` }
  if (ms % DAY_MS === 0) return { value: new Date(ms).toISOString().slice(0, 10) }
  return {
    error: 'INVALID_DATE',
    message: `${value} is at ${new Date(ms).toISOString().slice(11, 23)} UTC, not midnight!`,
  }
}

function typed(portal: Portal, type: ObjectType, meta: PropertyMeta, value: string): Checked {
  if (meta.external !== null) return external(portal, type, meta, value)
  if (meta.type === 'number') {
    // Exponents are refused too.
    if (/^-?\d+(\.\d+)?$/.test(value)) return { value }
    return { error: 'INVALID_INTEGER', message: `${value} was not a valid number.` }
  }
  if (meta.type === 'bool') {
    if (value === 'true' || value === 'false') return { value }
    return { error: 'INVALID_BOOLEAN', message: `${value} was not a valid boolean.` }
  }
  if (meta.type === 'date' || meta.type === 'datetime') return timeValue(meta, value)
  const allowed = meta.options.map((option) => option.value)
  return oneOf(meta, allowed, value)
}

/** One value as it will be stored, or why it can't be: what type it has decides. */
export function checkValue(portal: Portal, type: ObjectType, meta: PropertyMeta, value: string): Checked {
  if (value === '') return { value }
  if (meta.type === 'string' || meta.type === 'phone_number') {
    if (meta.name === 'email' && type.singular === 'contact' && !/^[^@\s]+@[^@\s]+$/.test(value)) {
      return { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` }
    }
    if (value.length <= MOST_CHARACTERS) return { value }
    return { error: 'VALUE_TOO_LONG', message: `The value is longer than ${MOST_CHARACTERS} characters.` }
  }
  if (value.trim() !== value) {
    const message = `"${value}" includes leading or trailing whitespace.`
    return { error: 'LEADING_TRAILING_WHITESPACE', message }
  }
  return typed(portal, type, meta, value)
}

/** All values of one write, checked; `''` takes a value away. */
export function checkValues(
  portal: Portal,
  type: ObjectType,
  given: Record<string, string>,
): { values: Record<string, string>; bad: BadValue[] } {
  const values: Record<string, string> = {}
  const bad: BadValue[] = []
  for (const [name, value] of Object.entries(given)) {
    const meta = type.properties.get(name)
    if (!meta || meta.archivedAt !== null) {
      bad.push({ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist`, value })
      continue
    }
    if (meta.readOnly || meta.calculationFormula !== undefined) {
      const message = `"${name}" is a read only property; its value cannot be set.`
      bad.push({ name, error: 'READ_ONLY_VALUE', message, value })
      continue
    }
    const read = checkValue(portal, type, meta, value)
    if ('value' in read) values[name] = read.value
    else bad.push({ name, ...read, value })
  }
  return { values, bad }
}

/** The names of the two properties that say where in a pipeline a record is. */
export function stageProperties(type: ObjectType): { pipeline: string; stage: string } {
  if (type.custom) return { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' }
  return { pipeline: 'pipeline', stage: 'dealstage' }
}

/** A stage must be one of its pipeline; this finds the pair that isn't. */
export function checkStage(type: ObjectType, all: Record<string, string>): BadValue[] {
  const { pipeline, stage } = stageProperties(type)
  const value = all[stage]
  if (value === undefined || value === '') return []
  const stages = type.pipelines.get(all[pipeline] ?? '')?.stages ?? []
  if (stages.some(({ id }) => id === value)) return []
  const message = `${value} was not one of the allowed options: [${stages.map(({ id }) => id).join(', ')}]`
  return [{ name: stage, error: 'INVALID_OPTION', message, value }]
}
