import { randomUUID } from 'node:crypto'
import type { JournalAction, JournalEvent, JournalSubscription, Subscribe } from '../bodies/journal.ts'
import type { Portal } from '../portal.ts'
import type { Change, State } from '../state.ts'
import { instant } from '../time.ts'

/** A file of events, in the order in which they happened. */
export interface JournalFile {
  offset: string
  publishedAt: number
  events: JournalEvent[]
}

/** What an account's journal holds. It is kept with the account. */
export interface JournalState {
  subscriptions: JournalSubscription[]
  files: JournalFile[]
  /** Events that no file has yet. */
  open: JournalEvent[]
  nextId: number
}

export const newJournal = (): JournalState => ({ subscriptions: [], files: [], open: [], nextId: 7_000_001 })

/** History is kept so long; a file holds so many events. */
const KEPT_MS = 3 * 24 * 60 * 60_000
const MOST_EVENTS = 10_000

const ACTIONS: Record<Exclude<Change['kind'], 'associationChange'>, JournalAction> = {
  creation: 'CREATE',
  propertyChange: 'UPDATE',
  deletion: 'DELETE',
  merge: 'MERGE',
  restore: 'RESTORE',
  privacyDeletion: 'GDPR_DELETE',
}

/** The app's journal of each account: what happened to what the app has subscribed to, to be read again for three days. */
export class Journal {
  /** Most events in a file; HubSpot's own bound when not said. */
  mostEvents = MOST_EVENTS
  readonly #state: State

  constructor(state: State) {
    this.#state = state
    state.listen((portal, change) => {
      this.#hear(portal, change)
    })
  }

  /** The same subscription again changes the one that is there. */
  subscribe(portal: Portal, wish: Subscribe): JournalSubscription {
    const { journal } = portal
    const at = instant(this.#state.now())
    const { subscriptionType, objectTypeId } = wish
    const there = journal.subscriptions.find(
      (one) => one.subscriptionType === subscriptionType && one.objectTypeId === objectTypeId,
    )
    const made: JournalSubscription = {
      id: there?.id ?? journal.nextId++,
      appId: this.#state.appId,
      portalId: portal.id,
      subscriptionType,
      objectTypeId,
      actions: wish.actions,
      // what wasn't asked for isn't told either: the published answers hold lists or nothing
      ...('properties' in wish && wish.properties ? { properties: wish.properties } : {}),
      ...('objectIds' in wish && wish.objectIds ? { objectIds: wish.objectIds } : {}),
      ...('associatedObjectTypeIds' in wish && wish.associatedObjectTypeIds
        ? { associatedObjectTypeIds: wish.associatedObjectTypeIds }
        : {}),
      createdAt: there?.createdAt ?? at,
      updatedAt: at,
    }
    journal.subscriptions = [...journal.subscriptions.filter((one) => one !== there), made]
    return made
  }

  /** The newest file, or the oldest that is kept; undefined when there is none. */
  end(portal: Portal, which: 'earliest' | 'latest'): JournalFile | undefined {
    const files = this.#published(portal)
    return which === 'latest' ? files.at(-1) : files[0]
  }

  /** The file after an offset: undefined when that is the newest, null when the offset is not known (any more). */
  after(portal: Portal, offset: string): JournalFile | undefined | null {
    const files = this.#published(portal)
    const at = files.findIndex((one) => one.offset === offset)
    return at < 0 ? null : files[at + 1]
  }

  file(portal: Portal, offset: string): JournalFile | undefined {
    return this.#published(portal).find((one) => one.offset === offset)
  }

  /** All that was kept is gone, as after three days. */
  forget(portal: Portal): void {
    this.#published(portal)
    portal.journal.files = []
  }

  #published({ journal }: Portal): JournalFile[] {
    const now = this.#state.now()
    while (journal.open.length > 0) {
      const events = journal.open.splice(0, this.mostEvents)
      journal.files.push({ offset: randomUUID(), publishedAt: now, events })
    }
    journal.files = journal.files.filter(({ publishedAt }) => publishedAt > now - KEPT_MS)
    return journal.files
  }

  #hear(portal: Portal, change: Change): void {
    const events = change.kind === 'associationChange' ? associated(change) : [plain(change)]
    for (const { subscriptionType, ...event } of events) {
      const wanted = portal.journal.subscriptions.some((one) => wants(one, subscriptionType, event))
      if (!wanted) continue
      const occurredAt = new Date(Math.floor(this.#state.now())).toISOString()
      portal.journal.open.push({ ...event, portalId: portal.id, occurredAt })
    }
  }
}

type Heard = Omit<JournalEvent, 'portalId' | 'occurredAt'> & { subscriptionType: Subscribe['subscriptionType'] }

const plain = ({ kind, type, objectId, more }: Change): Heard => {
  const shared = { objectTypeId: type.id, objectId: Number(objectId) }
  if (kind === 'associationChange') throw new Error('an association has two ends')
  const action = ACTIONS[kind]
  if (kind === 'privacyDeletion')
    return { ...shared, action, type: 'gdpr_privacy_deletion', subscriptionType: 'GDPR_PRIVACY_DELETION' }
  const event: Heard = { ...shared, action, type: 'crmObject', subscriptionType: 'OBJECT' }
  if (kind === 'propertyChange')
    event.propertyChanges = { [String(more['propertyName'])]: String(more['propertyValue']) }
  if (kind === 'merge') {
    event.primaryObjectId = Number(more['primaryObjectId'])
    event.mergedObjectIds = more['mergedObjectIds'] as number[]
  }
  return event
}

/** An association is told of from the end at which it was changed. */
const associated = ({ more }: Change): Heard[] => [
  {
    type: 'association',
    subscriptionType: 'ASSOCIATION',
    objectTypeId: String(more['fromObjectTypeId']),
    objectId: Number(more['fromObjectId']),
    associatedObjectTypeId: String(more['toObjectTypeId']),
    associatedObjectId: Number(more['toObjectId']),
    action: more['associationRemoved'] === true ? 'ASSOCIATION_REMOVED' : 'ASSOCIATION_ADDED',
  },
]

const wants = (subscription: JournalSubscription, type: string, event: Omit<Heard, 'subscriptionType'>): boolean => {
  const { subscriptionType, objectTypeId, actions, properties, objectIds, associatedObjectTypeIds } = subscription
  if (subscriptionType !== type || objectTypeId !== event.objectTypeId || !actions.includes(event.action)) return false
  const only = (list: readonly (string | number)[] | undefined, one: string | number | undefined): boolean =>
    list === undefined || list.length === 0 || one === undefined || list.includes(one)
  const [property] = Object.keys(event.propertyChanges ?? {})
  return (
    only(objectIds, event.objectId) &&
    only(associatedObjectTypeIds, event.associatedObjectTypeId) &&
    (event.action !== 'UPDATE' || (properties ?? []).includes(property ?? ''))
  )
}
