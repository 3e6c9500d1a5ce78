import { randomBytes } from 'node:crypto'
import { derivedId, newId, WORKSPACE_ID } from './ids.ts'
import { Schema } from './metadata/schema.ts'
import { standardNavigation } from './layout/parts.ts'
import type { Part } from './layout/parts.ts'
import { STANDARD_APPLICATION } from './layout/standard.ts'
import { STANDARD_APPLICATION_ID, standardObjects } from './metadata/standard.ts'
import { Table } from './records/table.ts'
import type { ApiKey, JsonObject, Member, ObjectMeta, Operation, RecordChange, Role, Webhook } from './types.ts'
import type { AppRecord } from './apps/registry.ts'
import type { StoredFile } from './files/files.ts'

/** What the store tells the webhooks after a commit. */
export interface Events {
  records(object: ObjectMeta, operation: Operation, changes: RecordChange[], member?: Member): void
  metadata(name: string, operation: 'created' | 'updated' | 'deleted', entity: object, apiKeyId?: string): void
}

/** The whole state of one stand-in workspace. */
export class State {
  readonly workspaceId = WORKSPACE_ID
  /** The application that owns what is made by hand through the API. */
  readonly customApplicationId = derivedId(WORKSPACE_ID, 'application', 'custom')
  readonly schema: Schema
  readonly tables = new Map<string, Table>()
  readonly webhooks = new Map<string, Webhook>()
  readonly roles = new Map<string, Role>()
  readonly apiKeys = new Map<string, ApiKey>()
  /** Bearer token → id of its key. */
  readonly tokens = new Map<string, string>()
  readonly apps = new Map<string, AppRecord>()
  /** Uploaded files by id. */
  readonly files = new Map<string, StoredFile>()
  /** Views, navigation, roles and permissions of apps, and Twenty's own navigation, by universal identifier. */
  readonly parts = new Map<string, Part>()
  /** What people changed of the views that Twenty keeps itself. */
  readonly viewChanges = new Map<string, { isActive: boolean; overrides: JsonObject | null }>()
  /** When the workspace began. */
  readonly startedAt: string
  readonly maxRecords: number
  /**
   * How long a write that looks first waits before it writes, in real ms. What comes in meanwhile has looked too: so
   * writes of one key at once race, as they do in Twenty.
   */
  raceWindowMs = 15
  /** Names of fields and objects that are being made right now: two at once clash in the database. */
  readonly inFlight = new Set<string>()
  events: Events = { records: () => undefined, metadata: () => undefined }
  #now: () => number
  #last = 0

  constructor(options: { now: () => number; maxRecords: number }) {
    this.#now = options.now
    this.maxRecords = options.maxRecords
    this.startedAt = this.stamp()
    this.schema = new Schema(standardObjects(this.startedAt))
    const objectId = (name: string): string | null => this.schema.singular(name)?.universalIdentifier ?? null
    for (const part of standardNavigation(objectId, this.startedAt)) this.parts.set(part.universalIdentifier, part)
    for (const object of this.schema.list()) this.tables.set(object.id, new Table(object))
  }

  setClock(now: () => number): void {
    this.#now = now
    this.#last = 0
  }

  /** The clock of the workspace, in ms; it never runs backwards, however the caller's does. */
  now(): number {
    this.#last = Math.max(this.#last, this.#now())
    return this.#last
  }

  stamp(): string {
    return new Date(this.now()).toISOString()
  }

  table(object: ObjectMeta): Table {
    const known = this.tables.get(object.id)
    if (known) return known
    const made = new Table(object)
    this.tables.set(object.id, made)
    return made
  }

  /** The universal identifier of an application of the workspace. */
  applicationOf(applicationId: string): string {
    if (applicationId === STANDARD_APPLICATION_ID) return STANDARD_APPLICATION
    return [...this.apps.values()].find(({ id }) => id === applicationId)?.universalIdentifier ?? applicationId
  }

  addRole(role: Partial<Role> & { label: string }): Role {
    const made: Role = {
      id: role.id ?? newId(),
      universalIdentifier: role.universalIdentifier ?? newId(),
      isEditable: role.isEditable ?? true,
      label: role.label,
      description: role.description ?? null,
      icon: role.icon ?? null,
      canUpdateAllSettings: role.canUpdateAllSettings ?? false,
      canAccessAllTools: role.canAccessAllTools ?? false,
      canReadAllObjectRecords: role.canReadAllObjectRecords ?? false,
      canUpdateAllObjectRecords: role.canUpdateAllObjectRecords ?? false,
      canSoftDeleteAllObjectRecords: role.canSoftDeleteAllObjectRecords ?? false,
      canDestroyAllObjectRecords: role.canDestroyAllObjectRecords ?? false,
      canBeAssignedToUsers: role.canBeAssignedToUsers ?? true,
      canBeAssignedToAgents: role.canBeAssignedToAgents ?? true,
      canBeAssignedToApiKeys: role.canBeAssignedToApiKeys ?? true,
    }
    this.roles.set(made.id, made)
    return made
  }

  addApiKey(name: string, roleId: string, expiresAt: string): ApiKey {
    const at = this.stamp()
    const key: ApiKey = { id: newId(), name, expiresAt, roleId, createdAt: at, updatedAt: at }
    this.apiKeys.set(key.id, key)
    return key
  }

  /** A bearer token for a key, of the outward form of Twenty's own. */
  addToken(keyId: string, token?: string): string {
    const made = token ?? this.#jwt(keyId)
    this.tokens.set(made, keyId)
    return made
  }

  #jwt(keyId: string): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { sub: this.workspaceId, type: 'API_KEY', workspaceId: this.workspaceId, jti: keyId }
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`
  }
}
