import type { JsonObject } from '../types.ts'

/** An application known to the workspace: uploaded (registered), and maybe installed. */
export interface AppRecord {
  id: string
  registrationId: string
  universalIdentifier: string
  name: string
  description: string | null
  /** The version of the last upload. */
  uploadedVersion: string | null
  uploadedManifest: JsonObject | null
  installedVersion: string | null
  installedManifest: JsonObject | null
  /** Values of its variables that were set: they outlive upgrades. */
  variables?: Record<string, string>
  /** Ids of metadata the app owns, in the order in which it was made. */
  ownedObjects: string[]
  ownedFields: string[]
}
