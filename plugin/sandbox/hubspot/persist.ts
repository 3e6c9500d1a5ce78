import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { newJournal } from './journal/journal.ts'
import type { Portal } from './portal.ts'
import type { State } from './state.ts'
import type { Token } from './types.ts'

interface Snapshot {
  /** Those of before have no journal. */
  portals: (Omit<Portal, 'journal'> & Partial<Portal>)[]
  tokens: Token[]
}

/** Maps and sets go into JSON as objects with one key that nothing else has. */
function packed(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...(value as Map<unknown, unknown>)] }
  if (value instanceof Set) return { $set: [...(value as Set<unknown>)] }
  return value
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$map' in value) return new Map(value.$map as [unknown, unknown][])
  if ('$set' in value) return new Set(value.$set as unknown[])
  return value
}

/** Writes all accounts and tokens into one file; it is there whole or not at all. */
export function save(state: State, file: string): void {
  const snapshot: Snapshot = { portals: [...state.portals.values()], tokens: [...state.tokens.values()] }
  writeFileSync(`${file}.part`, JSON.stringify(snapshot, packed))
  renameSync(`${file}.part`, file)
}

/** Reads what was saved; false when there is no file yet. */
export function load(state: State, file: string): boolean {
  if (!existsSync(file)) return false
  const snapshot = JSON.parse(readFileSync(file, 'utf8'), unpacked) as Snapshot
  for (const portal of snapshot.portals) state.portals.set(portal.id, { journal: newJournal(), ...portal })
  for (const token of snapshot.tokens) state.tokens.set(token.token, token)
  return true
}
