import { randomBytes } from 'node:crypto'
import { newPortal } from './portal.ts'
import type { Portal, PortalPlan } from './portal.ts'
import type { ObjectType, RecordRow, Source, Token } from './types.ts'

/** What the store tells the webhooks after a change; the payload's own keys are in `more`. */
export interface Change {
  kind: 'creation' | 'deletion' | 'restore' | 'propertyChange' | 'merge' | 'associationChange' | 'privacyDeletion'
  type: ObjectType
  objectId: string
  more: Record<string, string | number | boolean | number[]>
  source: Source
}

export interface StateOptions {
  now: () => number
  portals: PortalPlan[]
  appId: number
  indexLagMs: number
}

/** What a batch does when some inputs are bad: tell each one's fate (207), or refuse as a whole. */
export type BatchErrors = 'multi-status' | 'whole'

/** The whole state of the stand-in: its app, its accounts, its tokens. */
export class State {
  readonly appId: number
  readonly portals = new Map<number, Portal>()
  readonly tokens = new Map<string, Token>()
  indexLagMs: number
  batchErrors: BatchErrors = 'multi-status'
  /** Refuses bodies that lack what the published specification calls required. */
  strict = false
  /** A merge makes a new record and archives both; otherwise the winner keeps its id. */
  mergeMakesNew = false
  /** Whether a merged record, asked for by its old id, is the one that took over, or isn't there. */
  mergedReads: 'winner' | 'missing' = 'winner'
  readonly #listeners: ((portal: Portal, change: Change) => void)[] = []
  #now: () => number
  #last = 0

  constructor(options: StateOptions) {
    this.#now = options.now
    this.appId = options.appId
    this.indexLagMs = options.indexLagMs
    for (const plan of options.portals) this.portals.set(plan.portalId, newPortal(plan, this.now()))
  }

  /** Webhooks and the journal hear of each change. */
  listen(listener: (portal: Portal, change: Change) => void): void {
    this.#listeners.push(listener)
  }

  changed(portal: Portal, change: Change): void {
    for (const listener of this.#listeners) listener(portal, change)
  }

  setClock(now: () => number): void {
    this.#now = now
    this.#last = 0
  }

  /** The clock of the stand-in, in ms; it never runs backwards, however the caller's does. */
  now(): number {
    this.#last = Math.max(this.#last, this.#now())
    return this.#last
  }

  /** A test that names an account that isn't there is wrong. */
  portal(id: number): Portal {
    const portal = this.portals.get(id)
    if (!portal) throw new Error(`No portal ${id} in the sandbox`)
    return portal
  }

  addToken(token: Omit<Token, 'token'> & { token?: string | undefined }): Token {
    const made = { ...token, token: token.token ?? `pat-sb1-${randomBytes(18).toString('hex')}` }
    this.tokens.set(made.token, made)
    return made
  }

  /** Keeps what search still sees of a record before it changes. */
  remember(row: RecordRow): void {
    const now = this.now()
    if (this.indexLagMs > 0) {
      row.past.push({ from: row.changedAt, archived: row.archivedAt !== null, properties: { ...row.properties } })
      const horizon = now - this.indexLagMs
      while (row.past.length > 1 && (row.past[1]?.from ?? Infinity) <= horizon) row.past.shift()
    }
    row.changedAt = now
  }
}
