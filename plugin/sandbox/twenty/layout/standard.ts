import { readFileSync } from 'node:fs'
import type { Json } from '../types.ts'

/** The universal identifier of Twenty's own application. */
export const STANDARD_APPLICATION = '20202020-64aa-4b6f-b003-9c74b97cee20'

/** A view of Twenty's own; fields are named by their universal identifiers. */
export interface StandardView {
  universalIdentifier: string
  object: string
  name: string
  type: string
  key: string | null
  icon: string
  position: number
  /** Twenty keeps it itself: the list of an object, or the fields on its page. */
  isSystemSideEffect: boolean
  groupBy?: string
  aggregate?: [operation: string, field: string]
  groups?: string[]
  filters?: [field: string, operand: string, value: Json][]
  fieldGroups?: string[]
  fields: [
    field: string,
    position: number,
    size: number,
    isVisible: 0 | 1,
    fieldGroup?: number | null,
    aggregate?: string,
  ][]
}

export interface StandardNavigation {
  nav: string
  name: string | null
  object: string | null
  icon: string | null
  color: string | null
  position: number
  /** The name of the folder that it is in. */
  folder: string | null
}

const lines = readFileSync(new URL('standard.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as StandardView | StandardNavigation)

/** The views that a workspace of Twenty 2.31 has before any app: one line each in `standard.ndjson`. */
export const STANDARD_VIEWS: readonly StandardView[] = lines.filter((line) => 'fields' in line)

/** The entries of its navigation. */
export const STANDARD_NAVIGATION: readonly StandardNavigation[] = lines.filter((line) => 'nav' in line)
