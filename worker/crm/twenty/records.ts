import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import type { Field } from '../../../schemas/model/define.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { fullName } from '../full-name.ts'
import { TASK_TARGET } from './names.ts'
import { twentyName } from './reserved.ts'
import { idOfKey } from './uuid.ts'

/** 1 fen is a hundredth of a yuan, a yuan is 1,000,000 of Twenty's micros. */
const MICROS_PER_FEN = 10_000

type Raw = Record<string, unknown>

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Fields of Twenty's own that every object may have, under Ladder's neutral names. */
const readStandard = (raw: Raw, name: string): Value => {
  const value = raw[name]
  if (name === 'name' && isRaw(value)) return fullName(value.firstName, value.lastName)
  return typeof value === 'string'
    ? textOf(value)
    : typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null
}

const readField = (raw: Raw, field: Field): Value => {
  const name = twentyName(field.name)
  if (field.type === 'relation') return textOf(raw[`${name}Id`])
  const value = raw[name]
  switch (field.type) {
    case 'money': {
      const micros = isRaw(value) ? Number(value.amountMicros ?? Number.NaN) : Number.NaN
      return Number.isFinite(micros) ? Math.round(micros / MICROS_PER_FEN) : null
    }
    case 'integer':
    case 'number':
      return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'multiSelect':
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string').sort() : []
    case 'date':
      return textOf(value)?.slice(0, 10) ?? null
    case 'json':
      return (value ?? null) as Value
    default:
      return textOf(value)
  }
}

/**
 * A Twenty record in neutral names, with those fields alone that Ladder reads: edits of others are no change to it. Undefined
 * when the object isn't followed or the record has no id or time.
 */
export const snapshotOf = (object: string, raw: Raw): RecordSnapshot | undefined => {
  const { id, updatedAt, createdAt, deletedAt } = raw
  if (typeof id !== 'string' || typeof updatedAt !== 'string') return undefined
  const base = {
    object,
    id,
    at: updatedAt,
    createdAt: typeof createdAt === 'string' ? createdAt : updatedAt,
    deleted: deletedAt != null,
  }
  if (object === TASK_TARGET) {
    return {
      ...base,
      fields: { task: textOf(raw.taskId), company: textOf(raw.targetCompanyId), person: textOf(raw.targetPersonId) },
    }
  }
  const def = objectDef(object)
  if (!def) return undefined
  const fields: Fields = {}
  for (const name of def.reads ?? ['name']) fields[name] = readStandard(raw, name)
  for (const field of def.fields) fields[field.name] = readField(raw, field)
  return { ...base, fields }
}

const writeRelation = async (value: Value): Promise<string | null> => {
  if (isRaw(value) && typeof value.key === 'string') return idOfKey(value.key)
  return typeof value === 'string' ? value : null
}

const writeField = (field: Field, value: Value): unknown => {
  switch (field.type) {
    case 'money':
      return value === null
        ? { amountMicros: null, currencyCode: 'CNY' }
        : { amountMicros: Number(value) * MICROS_PER_FEN, currencyCode: 'CNY' }
    case 'text':
    case 'longText':
      return value ?? ''
    case 'multiSelect':
      return value ?? []
    default:
      return value
  }
}

/** Neutral fields as Twenty's REST takes them. Unknown names pass as they are: the model is checked when it is made. */
export const toTwenty = async (object: string, fields: Fields): Promise<Raw> => {
  const def = objectDef(object)
  const raw: Raw = {}
  for (const [name, value] of Object.entries(fields)) {
    const field = def?.fields.find((one) => one.name === name)
    if (field?.type === 'relation') raw[`${twentyName(name)}Id`] = await writeRelation(value)
    else if (field) raw[twentyName(name)] = writeField(field, value)
    else if (name === 'body') raw.bodyV2 = { markdown: value ?? '', blocknote: null }
    else if (name === 'name' && object === 'person') raw.name = { firstName: '', lastName: value ?? '' }
    else raw[name] = isRaw(value) && typeof value.key === 'string' ? await idOfKey(value.key) : value
  }
  return raw
}
