import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { AppRecord } from './apps/registry.ts'
import type { StoredFile } from './files/files.ts'
import type { Part } from './layout/parts.ts'
import { Table } from './records/table.ts'
import type { State } from './state.ts'
import type { ApiKey, JsonObject, ObjectMeta, Role, Row, Webhook } from './types.ts'

interface Snapshot {
  apiKey: string
  objects: ObjectMeta[]
  rows: Record<string, Row[]>
  webhooks: Webhook[]
  roles: Role[]
  apiKeys: ApiKey[]
  tokens: [string, string][]
  apps: AppRecord[]
  files: [string, StoredFile][]
  parts: Part[]
  viewChanges: [string, { isActive: boolean; overrides: JsonObject | null }][]
}

/** Writes the whole state into one file; it is there whole or not at all. */
export function save(state: State, file: string, apiKey: string): void {
  const rows: Record<string, Row[]> = {}
  for (const [id, table] of state.tables) rows[id] = [...table.rows.values()]
  const snapshot: Snapshot = {
    apiKey,
    objects: state.schema.list(),
    rows,
    webhooks: [...state.webhooks.values()],
    roles: [...state.roles.values()],
    apiKeys: [...state.apiKeys.values()],
    tokens: [...state.tokens],
    apps: [...state.apps.values()],
    files: [...state.files],
    parts: [...state.parts.values()],
    viewChanges: [...state.viewChanges],
  }
  writeFileSync(`${file}.part`, JSON.stringify(snapshot))
  renameSync(`${file}.part`, file)
}

/** Reads a state that was saved, and gives its API key; null when there is no file yet. */
export function load(state: State, file: string): string | null {
  if (!existsSync(file)) return null
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot
  for (const object of state.schema.list()) state.schema.remove(object)
  state.tables.clear()
  for (const object of snapshot.objects) {
    state.schema.add(object)
    const table = new Table(object)
    state.tables.set(object.id, table)
    for (const row of snapshot.rows[object.id] ?? []) table.insert(row)
  }
  for (const webhook of snapshot.webhooks) state.webhooks.set(webhook.id, webhook)
  for (const role of snapshot.roles) state.roles.set(role.id, role)
  for (const key of snapshot.apiKeys) state.apiKeys.set(key.id, key)
  for (const [token, key] of snapshot.tokens) state.tokens.set(token, key)
  for (const app of snapshot.apps) state.apps.set(app.universalIdentifier, app)
  for (const [id, file] of snapshot.files) state.files.set(id, file)
  state.parts.clear()
  for (const part of snapshot.parts) state.parts.set(part.universalIdentifier, part)
  for (const [view, change] of snapshot.viewChanges) state.viewChanges.set(view, change)
  return snapshot.apiKey
}
