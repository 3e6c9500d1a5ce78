import { removePart } from '../layout/parts.ts'
import type { State } from '../state.ts'
import type { FieldMeta, ObjectMeta } from '../types.ts'

/** Makes two fields the two sides of one relation. */
export function linkRelation(a: FieldMeta, b: FieldMeta): void {
  a.relationObjectId = b.objectMetadataId
  a.relationFieldId = b.id
  b.relationObjectId = a.objectMetadataId
  b.relationFieldId = a.id
}

/** Takes a field and its column away; the other side of a relation is the caller's business. */
export function removeField(state: State, object: ObjectMeta, field: FieldMeta, apiKeyId?: string): void {
  object.fields = object.fields.filter((other) => other.id !== field.id)
  removePart(state.parts, field.universalIdentifier)
  state.table(object).removeField(field)
  state.events.metadata('fieldMetadata', 'deleted', field, apiKeyId)
}
