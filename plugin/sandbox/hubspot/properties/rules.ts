import type { PropertyCreate } from '../bodies/properties.ts'
import { invalid } from '../refusal.ts'
import { optionsOf } from '../standard/properties.ts'
import type { ObjectType, PropertyMeta, PropertyOption, PropertyType } from '../types.ts'

/** Which control a value of each type may have. */
const PAIRS: Record<PropertyType, string[]> = {
  string: ['text', 'textarea', 'file', 'html', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
  phone_number: ['phonenumber'],
}

/** So many properties of an object may have unique values. */
const MOST_UNIQUE = 10

/** Names are lower case, digits and underscores, and begin with a letter. */
export function checkName(name: string): void {
  if (/^[a-z][a-z0-9_]{0,99}$/.test(name)) return
  throw invalid(
    `The name "${name}" is not allowed: lower case letters, digits and underscores, a letter first, at most 100`,
  )
}

export function checkPair(type: PropertyType, fieldType: string): void {
  if (PAIRS[type].includes(fieldType)) return
  throw invalid(
    `The fieldType "${fieldType}" does not go with the type "${type}"; these do: ${PAIRS[type].join(', ')}`,
    {
      subCategory: 'PropertyValidationError.INVALID_FIELD_TYPE',
    },
  )
}

function repeated(values: string[]): string | undefined {
  return values.find((value, at) => values.indexOf(value) !== at)
}

/** The options as they will be stored: enumerations need them, booleans have two, others none. */
export function checkOptions(type: PropertyType, options: PropertyOption[] | undefined): PropertyOption[] {
  if (type === 'bool') {
    if (!options || options.length === 0) return optionsOf(['true', 'false'])
    if (
      options
        .map(({ value }) => value)
        .sort()
        .join() === 'false,true'
    )
      return options
    throw invalid('A boolean has the options true and false and no others')
  }
  if (!options || options.length === 0) return []
  if (type !== 'enumeration') throw invalid(`A property of the type "${type}" has no options`)
  for (const { value, label } of options) {
    if (value === '' || label === '') throw invalid('An option needs a label and a value')
    if (value.trim() !== value) throw invalid(`The option "${value}" includes leading or trailing whitespace`)
    if (value.includes(';')) throw invalid(`The option "${value}" has a semicolon, which separates values`)
  }
  const value = repeated(options.map((option) => option.value))
  if (value !== undefined) throw invalid(`The option value "${value}" is there twice`)
  const label = repeated(options.map((option) => option.label.toLowerCase()))
  if (label !== undefined) throw invalid(`The option label "${label}" is there twice`)
  return options
}

/** The definition of a new property; a refusal when HubSpot would not make it. */
export function definition(type: ObjectType, body: PropertyCreate, now: number): PropertyMeta {
  checkName(body.name)
  checkPair(body.type, body.fieldType)
  if (!type.groups.has(body.groupName)) throw invalid(`There is no property group "${body.groupName}"`)
  if (body.fieldType === 'calculation_equation' && body.calculationFormula === undefined) {
    throw invalid('A calculated property needs a calculationFormula')
  }
  const owner = body.externalOptions === true && body.referencedObjectType === 'OWNER'
  const options = checkOptions(body.type, body.options)
  if (body.hasUniqueValue === true) {
    if (type.noUnique === true) throw invalid(`hasUniqueValue is not supported for properties of ${type.singular}`)
    if (body.type !== 'string' && body.type !== 'number') throw invalid('Only text and numbers can be unique')
    const unique = [...type.properties.values()].filter(
      (one) => one.hasUniqueValue && !one.hubspotDefined && !one.archivedAt,
    )
    if (unique.length >= MOST_UNIQUE)
      throw invalid(`An object has at most ${MOST_UNIQUE} properties with unique values`)
  }
  return {
    name: body.name,
    label: body.label,
    type: body.type,
    fieldType: body.fieldType,
    groupName: body.groupName,
    description: body.description ?? '',
    options,
    displayOrder: body.displayOrder ?? -1,
    hasUniqueValue: body.hasUniqueValue ?? false,
    hidden: body.hidden ?? false,
    formField: body.formField ?? false,
    hubspotDefined: false,
    readOnly: false,
    external: owner ? 'OWNER' : null,
    calculationFormula: body.calculationFormula,
    dataSensitivity: body.dataSensitivity ?? 'non_sensitive',
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
}
