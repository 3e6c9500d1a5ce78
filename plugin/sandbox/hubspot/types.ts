/** What the parts of the stand-in share: JSON, definitions as stored, records, callers. Times are ms since 1970. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** What the account has bought; it decides which objects, how many pipelines and how many calls there are. */
export type Edition = 'starter' | 'professional' | 'enterprise'

export type PropertyType = 'bool' | 'date' | 'datetime' | 'enumeration' | 'number' | 'phone_number' | 'string'

export interface PropertyOption {
  label: string
  value: string
  displayOrder: number
  hidden: boolean
  description?: string | undefined
}

export interface PropertyMeta {
  name: string
  label: string
  type: PropertyType
  fieldType: string
  groupName: string
  description: string
  options: PropertyOption[]
  displayOrder: number
  hasUniqueValue: boolean
  hidden: boolean
  formField: boolean
  hubspotDefined: boolean
  /** Its value is HubSpot's own and nobody writes it. */
  readOnly: boolean
  /** Its options aren't listed with it: owners, pipelines, stages. */
  external: 'OWNER' | 'PIPELINE' | 'STAGE' | null
  calculationFormula?: string | undefined
  dataSensitivity: 'non_sensitive' | 'sensitive' | 'highly_sensitive'
  createdAt: number
  updatedAt: number
  archivedAt: number | null
}

export interface GroupMeta {
  name: string
  label: string
  displayOrder: number
}

export interface StageMeta {
  id: string
  label: string
  displayOrder: number
  metadata: Record<string, string>
  createdAt: number
  updatedAt: number
}

export interface PipelineMeta {
  id: string
  label: string
  displayOrder: number
  stages: StageMeta[]
  createdAt: number
  updatedAt: number
}

/** How a record was before a change: search sees it until the index has caught up. */
export interface PastVersion {
  from: number
  archived: boolean
  properties: Record<string, string>
}

export interface RecordRow {
  id: string
  createdAt: number
  updatedAt: number
  archivedAt: number | null
  /** The record that took over, after a merge. */
  mergedInto?: string
  /** Only what has a value; all values are strings. */
  properties: Record<string, string>
  /** Since when it is as it is. */
  changedAt: number
  past: PastVersion[]
}

/** The definition of a custom object, beside its properties. */
export interface CustomSchema {
  name: string
  labels: { singular?: string | undefined; plural?: string | undefined }
  description: string | null
  primaryDisplayProperty: string | null
  secondaryDisplayProperties: string[]
  requiredProperties: string[]
  searchableProperties: string[]
  allowsSensitiveProperties: boolean
  createdAt: number
  updatedAt: number
  archivedAt: number | null
}

/** What the account's admin asks for beyond the definitions: it binds the API too since 2026-09. */
export interface AdminRules {
  /** Properties that a new record must have. */
  creator: string[]
  /** Properties that must have a value once another has one of these. */
  conditional: { property: string; values: string[]; requires: string[] }[]
}

export interface ObjectType {
  /** `0-1`, `2-123`. */
  id: string
  /** As events and refusals name it: `contact`, or the name of a custom object. */
  singular: string
  /** Every name that a path may use, in lower case. */
  names: string[]
  custom: CustomSchema | null
  /** The properties that hold the times of a record. */
  created: string
  modified: string
  /** What a read gives when it asks for no properties. */
  shown: string[]
  required: string[]
  /** No property of it can be made unique. */
  noUnique?: boolean
  rules: AdminRules
  properties: Map<string, PropertyMeta>
  groups: Map<string, GroupMeta>
  pipelines: Map<string, PipelineMeta>
  records: Map<string, RecordRow>
  /** Unique property → value → record id. */
  unique: Map<string, Map<string, string>>
  nextId: number
}

export type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED' | 'WORK'

/** One direction of a kind of link between two objects. */
export interface AssociationType {
  typeId: number
  category: AssociationCategory
  from: string
  to: string
  name: string
  label: string | null
  /** The same kind seen from the other side. */
  inverse: number
  createdAt: number
}

export interface Owner {
  id: string
  userId: number
  email: string
  firstName: string
  lastName: string
  archived: boolean
  createdAt: number
  teams: { id: string; name: string; primary: boolean }[]
}

/** Who makes a change, as webhooks tell it. */
export interface Source {
  changeSource: string
  sourceId: string
}

/** A bearer token and what it may do. */
export interface Token {
  token: string
  portalId: number
  /** `app`: of the app itself, not of an account; good for the webhooks journal alone. */
  kind: 'static' | 'access' | 'refresh' | 'app'
  scopes: string[]
  userId: number
  expiresAt: number | null
}
