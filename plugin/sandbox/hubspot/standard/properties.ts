import type { ObjectType, PropertyMeta, PropertyOption, PropertyType } from '../types.ts'

/** When HubSpot's own definitions were made, as far as the stand-in tells. */
const MADE_AT = Date.parse('2024-01-01T00:00:00Z')

type Extra = Partial<Pick<PropertyMeta, 'hasUniqueValue' | 'readOnly' | 'external'>>

const FIELD_TYPES: Record<PropertyType, string> = {
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  number: 'number',
  phone_number: 'phonenumber',
  string: 'text',
}

export function optionsOf(values: string[]): PropertyOption[] {
  return values.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }))
}

/** A property that HubSpot brings itself. */
export function standardProperty(
  name: string,
  type: PropertyType,
  groupName: string,
  options: string[] = [],
  extra: Extra = {},
): PropertyMeta {
  return {
    name,
    label: name.replace(/^hs_/, '').replaceAll('_', ' '),
    type,
    fieldType: FIELD_TYPES[type],
    groupName,
    description: '',
    options: type === 'bool' ? optionsOf(['true', 'false']) : optionsOf(options),
    displayOrder: -1,
    hasUniqueValue: false,
    hidden: false,
    formField: false,
    hubspotDefined: true,
    readOnly: false,
    external: null,
    dataSensitivity: 'non_sensitive',
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    archivedAt: null,
    ...extra,
  }
}

/** What every object has: its id, its times, its owner. */
export function systemProperties(type: Pick<ObjectType, 'created' | 'modified'>, group: string): PropertyMeta[] {
  const own = { readOnly: true }
  return [
    standardProperty('hs_object_id', 'number', group, [], own),
    standardProperty(type.created, 'datetime', group, [], own),
    standardProperty(type.modified, 'datetime', group, [], own),
    standardProperty('hs_merged_object_ids', 'string', group, [], own),
    standardProperty('hubspot_owner_id', 'enumeration', group, [], { external: 'OWNER' }),
  ]
}
