import { joinColumn } from '../records/columns.ts'
import type { FieldOption, Json, ObjectMeta } from '../types.ts'
import { unquote } from '../records/columns.ts'
import type { Fault } from './refusals.ts'
import { nameFault, takenFault } from './refusals.ts'

const CODE = 'INVALID_FIELD_INPUT'
const UPPER_SNAKE = /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/

export function nameFaults(object: ObjectMeta, name: string): Fault[] {
  const taken = object.fields.some((field) => field.name === name || joinColumn(field) === name)
  return [...nameFault(name, CODE), ...(taken ? [takenFault(name)] : [])]
}

export function typeFaults(type: string): Fault[] {
  if (type !== 'NUMERIC') return []
  const message = 'Field type NUMERIC is not supported for field creation. Use NUMBER instead.'
  return [{ code: CODE, message, friendly: 'Field type NUMERIC is not supported. Use Number instead.', value: type }]
}

/** SELECT options: there, each value UPPER_SNAKE and once. Colours and positions aren't checked (observed). */
export function optionFaults(options: FieldOption[]): Fault[] {
  if (options.length === 0) return [{ code: CODE, message: 'Options are required for enum fields', value: [] }]
  const faults: Fault[] = []
  for (const option of options) {
    if (!UPPER_SNAKE.test(option.value)) {
      const message = `Value must be in UPPER_CASE and follow snake_case "${option.value}"`
      faults.push({ code: CODE, message, value: option.value })
    }
  }
  if (new Set(options.map((option) => option.value)).size < options.length) {
    faults.push({ code: CODE, message: 'Duplicated option value', value: options })
  }
  return faults
}

/** The default of a SELECT or MULTI_SELECT is one of its options, in inner quotes: `"'NEW'"`. */
export function defaultFaults(type: string, defaultValue: Json, options: FieldOption[]): Fault[] {
  if (defaultValue === null) return []
  const values =
    type === 'MULTI_SELECT' ? (Array.isArray(defaultValue) ? defaultValue : [defaultValue]) : [defaultValue]
  const faults: Fault[] = []
  for (const value of values) {
    if (typeof value !== 'string' || !/^'[\s\S]*'$/.test(value)) {
      faults.push({ code: CODE, message: 'Default value should be as quoted string', value })
    } else if (!options.some((option) => option.value === unquote(value))) {
      faults.push({ code: CODE, message: `Default value "${value}" must be one of the option values`, value })
    }
  }
  return faults
}
