import { associationTypes } from './standard/associations.ts'
import { standardObjects } from './standard/objects.ts'
import { type JournalState, newJournal } from './journal/journal.ts'
import { invalid } from './refusal.ts'
import type { AssociationType, Edition, ObjectType, Owner } from './types.ts'
import type { StoredFile } from './files/rest.ts'
import type { MarketingEvent } from './marketing/events.ts'

/** One account of the stand-in: all that it holds. */
export interface Portal {
  id: number
  edition: Edition
  timeZone: string
  customObjectLimit: number
  types: Map<string, ObjectType>
  owners: Map<string, Owner>
  associationTypes: AssociationType[]
  /** `<from type>/<from id>/<to type>` → id of the other record → kinds of link, seen from here. */
  links: Map<string, Map<string, Set<number>>>
  marketingEvents: Map<string, MarketingEvent>
  journal: JournalState
  /** The file manager: files by id. */
  files: Map<string, StoredFile>
  nextTypeId: number
  nextAssociationTypeId: number
}

export interface PortalPlan {
  portalId: number
  edition?: Edition
  timeZone?: string
  /** How many custom objects may be defined; 10 in Enterprise, none below, when not said. */
  customObjectLimit?: number
  /** Whether properties of tasks and meetings can be made unique; they can when not said. */
  uniqueActivities?: boolean
  owners?: { email: string; firstName?: string; lastName?: string; archived?: boolean }[]
}

const DEFAULT_OWNERS: NonNullable<PortalPlan['owners']> = [
  { email: 'lin@bank.example', firstName: 'Lin', lastName: 'Wei' },
  { email: 'zhao@bank.example', firstName: 'Zhao', lastName: 'Min' },
]

const ACTIVITIES = new Set(['0-27', '0-46', '0-47'])

/** A new account with HubSpot's own objects and its owners. */
export function newPortal(plan: PortalPlan, now: number): Portal {
  const edition = plan.edition ?? 'enterprise'
  const owners = (plan.owners ?? DEFAULT_OWNERS).map((owner, at): Owner => {
    const { email, firstName = '', lastName = '', archived = false } = owner
    const id = String(70_001 + at)
    return { id, userId: 9_000_001 + at, email, firstName, lastName, archived, createdAt: now, teams: [] }
  })
  const types = standardObjects(now)
  if (plan.uniqueActivities === false) for (const type of types) if (ACTIVITIES.has(type.id)) type.noUnique = true
  return {
    id: plan.portalId,
    edition,
    timeZone: plan.timeZone ?? 'Asia/Shanghai',
    customObjectLimit: edition === 'enterprise' ? (plan.customObjectLimit ?? 10) : 0,
    types: new Map(types.map((type) => [type.id, type])),
    owners: new Map(owners.map((owner) => [owner.id, owner])),
    associationTypes: associationTypes(now),
    links: new Map(),
    marketingEvents: new Map(),
    journal: newJournal(),
    files: new Map(),
    nextTypeId: 35_000_001,
    nextAssociationTypeId: 501,
  }
}

/** The object that a path, an event or a definition names; undefined when there is none. */
export function findType(portal: Portal, name: string): ObjectType | undefined {
  const wanted = name.toLowerCase()
  const direct = portal.types.get(wanted)
  if (direct) return direct.custom?.archivedAt != null ? undefined : direct
  for (const type of portal.types.values()) {
    if (type.custom?.archivedAt == null && type.names.includes(wanted)) return type
  }
  return undefined
}

/** The object that a path names; a refusal when there is none. */
export function typeNamed(portal: Portal, name: string): ObjectType {
  const type = findType(portal, name)
  if (!type) throw invalid(`Unable to infer object type from: ${name}`)
  return type
}
