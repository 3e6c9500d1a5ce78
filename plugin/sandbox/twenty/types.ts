/** What the parts of the stand-in share: JSON, metadata as stored, rows, callers. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** One stored record. Composite fields are nested objects, relations are held under their join column. */
export type Row = JsonObject & { id: string; createdAt: string; updatedAt: string; deletedAt: string | null }

export type Operation = 'created' | 'updated' | 'deleted' | 'restored' | 'destroyed'

export interface FieldOption {
  [key: string]: Json
  id: string
  color: Json
  label: Json
  value: string
}

export interface FieldMeta {
  id: string
  universalIdentifier: string
  applicationId: string
  objectMetadataId: string
  type: string
  name: string
  label: string
  description: string | null
  icon: string | null
  isActive: boolean
  isSystem: boolean
  isUIEditable: boolean
  isNullable: boolean
  isUnique: boolean
  isLabelSyncedWithName: boolean
  defaultValue: Json
  options: FieldOption[] | null
  settings: JsonObject | null
  morphId: string | null
  /** The other side of a relation. */
  relationObjectId: string | null
  relationFieldId: string | null
  createdAt: string
  updatedAt: string
}

export interface ObjectMeta {
  id: string
  universalIdentifier: string
  applicationId: string
  nameSingular: string
  namePlural: string
  labelSingular: string
  labelPlural: string
  description: string | null
  icon: string | null
  shortcut: string | null
  color: string | null
  duplicateCriteria: string[][] | null
  isRemote: boolean
  isActive: boolean
  isSystem: boolean
  isUIEditable: boolean
  isUICreatable: boolean
  isSearchable: boolean
  openRecordIn: string
  isLabelSyncedWithName: boolean
  labelIdentifierFieldMetadataId: string | null
  imageIdentifierFieldMetadataId: string | null
  createdAt: string
  updatedAt: string
  fields: FieldMeta[]
}

export interface Role {
  id: string
  universalIdentifier: string
  isEditable: boolean
  label: string
  description: string | null
  icon: string | null
  canUpdateAllSettings: boolean
  canAccessAllTools: boolean
  canReadAllObjectRecords: boolean
  canUpdateAllObjectRecords: boolean
  canSoftDeleteAllObjectRecords: boolean
  canDestroyAllObjectRecords: boolean
  canBeAssignedToUsers: boolean
  canBeAssignedToAgents: boolean
  canBeAssignedToApiKeys: boolean
}

export interface ApiKey {
  id: string
  name: string
  expiresAt: string
  roleId: string
  createdAt: string
  updatedAt: string
}

/** Who calls: the API key behind the bearer token, and what its role may do. */
export interface Caller {
  key: ApiKey
  role: Role
  /** The person who edits by hand, where it isn't the key. */
  member?: Member
}

/** A person of the workspace. */
export interface Member {
  id: string
  userId: string
  name: string
}

export interface Webhook {
  [key: string]: Json
  id: string
  targetUrl: string
  operations: string[]
  description: string | null
  secret: string
  workspaceId: string
  applicationId: string
  createdAt: string
  updatedAt: string
  deletedAt: string | null
}

export interface RecordChange {
  before: Row | null
  after: Row | null
  updatedFields?: string[]
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
