import type { Field, Label, ObjectDef, Option } from '../../schemas/model/define.ts'
import { fieldId, objectId } from './ids.ts'
import type { ManifestField, ManifestOption } from './manifest.ts'
import { twentyName } from './names.ts'

/** Twenty refuses longer option labels, and labels with a comma. */
const LABEL_MAX = 63

/**
 * Twenty translates labels of objects, fields and views, but not of options: these carry both languages, Chinese first, as
 * `黄金 Gold`. A prefix that both share (`A05 …`) stands once; what is too long is cut at the English end.
 */
export const optionLabel = ({ en, zh }: Label): string => {
  const clean = (text: string): string => text.replaceAll(/\s*,\s*/g, ' · ').trim()
  const [prefix] = /^[A-Z]\d\d (?=\S)/.exec(zh) ?? ['']
  const rest = prefix && en.startsWith(prefix) ? en.slice(prefix.length) : en
  const both = zh === en ? clean(en) : `${clean(zh)} ${clean(rest)}`
  return both.length <= LABEL_MAX ? both : `${both.slice(0, LABEL_MAX - 1).trimEnd()}…`
}

const optionsOf = (options: Option[]): ManifestOption[] =>
  options.map(({ code, label, color }, position) => ({
    value: code,
    label: optionLabel(label),
    position,
    color: color ?? 'gray',
  }))

/** Type, options, default and settings of a field that is no relation. Money is CNY: fen × 10 000 = micros. */
const shapeOf = (field: Field): Pick<ManifestField, 'type' | 'options' | 'defaultValue' | 'universalSettings'> => {
  switch (field.type) {
    case 'text':
      return { type: 'TEXT' }
    case 'longText':
      return { type: 'TEXT', universalSettings: { displayedMaxRows: 5 } }
    case 'integer':
      return { type: 'NUMBER', universalSettings: { dataType: 'int', decimals: 0 } }
    case 'number':
      return { type: 'NUMBER', universalSettings: { dataType: 'float', decimals: 2 } }
    case 'money':
      return { type: 'CURRENCY', defaultValue: { amountMicros: null, currencyCode: "'CNY'" } }
    case 'date':
      return { type: 'DATE' }
    case 'dateTime':
      return { type: 'DATE_TIME' }
    case 'boolean':
      return { type: 'BOOLEAN', defaultValue: false }
    case 'select':
      return { type: 'SELECT', options: optionsOf(field.options ?? []) }
    case 'multiSelect':
      return { type: 'MULTI_SELECT', options: optionsOf(field.options ?? []) }
    case 'json':
      return { type: 'RAW_JSON' }
    case 'relation':
      return { type: 'RELATION' }
  }
}

/** A field of the model as Twenty's manifest has it, without the object that it stands on. */
export const fieldOf = (object: ObjectDef, field: Field): ManifestField => {
  const name = twentyName(field.name)
  const base: ManifestField = {
    universalIdentifier: fieldId(object.name, field.name),
    name,
    label: field.label.en,
    ...(field.description ? { description: field.description.en } : {}),
    ...shapeOf(field),
    ...(field.unique ? { isUnique: true } : {}),
    ...(field.writer === 'ladder' ? { isUIEditable: false } : {}),
  }
  if (!field.relation) return base
  const { to, inverse, onDelete } = field.relation
  return {
    ...base,
    relationTargetObjectMetadataUniversalIdentifier: objectId(to),
    relationTargetFieldMetadataUniversalIdentifier: fieldId(to, inverse.name),
    universalSettings: { relationType: 'MANY_TO_ONE', onDelete, joinColumnName: `${name}Id` },
  }
}

/** The list on the other side of a relation. */
export const inverseOf = (object: ObjectDef, field: Field): ManifestField | undefined => {
  if (!field.relation) return undefined
  const { to, inverse } = field.relation
  return {
    universalIdentifier: fieldId(to, inverse.name),
    type: 'RELATION',
    name: twentyName(inverse.name),
    label: inverse.label.en,
    relationTargetObjectMetadataUniversalIdentifier: objectId(object.name),
    relationTargetFieldMetadataUniversalIdentifier: fieldId(object.name, field.name),
    universalSettings: { relationType: 'ONE_TO_MANY' },
  }
}

/** The title that every custom object has. */
export const titleField = (object: ObjectDef): ManifestField => ({
  universalIdentifier: fieldId(object.name, 'name'),
  type: 'TEXT',
  name: 'name',
  label: 'Title',
})
