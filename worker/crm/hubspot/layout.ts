/**
 * Where Ladder's model lies in one HubSpot account: found or made by the installer, told to Ladder when the account is
 * connected, kept in the clear.
 */
export interface HubspotLayout {
  portalId: number
  /** What carries the stages: a custom object (Enterprise), or deals in pipelines of Ladder's own (Professional). */
  carrier: Carrier
  /** Neutral object → HubSpot's object type id (`0-2`, `2-123`), for those that are carried alone. */
  types: Partial<Record<string, string>>
  /** `<object>.<relation>` → type id of the association label that Ladder made. Absent: the default association. */
  labels: Record<string, number>
  /** Neutral objects whose `ladder_key` HubSpot can't keep unique in this account: their records are found by search. */
  plainKeys?: string[] | undefined
  /** Campaigns are shown as marketing events too, their guests as registered, attended or cancelled. */
  marketingEvents?: boolean | undefined
  /** Says how many calls the account takes; Professional when it isn't known. */
  edition?: 'free' | 'starter' | 'professional' | 'enterprise' | undefined
  /** IANA zone of the account: its day of calls begins at midnight there. */
  timeZone?: string | undefined
}

export type Carrier = 'custom' | 'deal'

/** What of a layout says where an object is: known before anything is installed. */
export type Shape = Pick<HubspotLayout, 'carrier' | 'types'>

/** How a HubSpot account is reached. `token` is a secret, empty where `CrmDeps.access` gives it: never logged, never in an error. */
export interface HubspotConnection {
  kind: 'hubspot'
  url: string
  token: string
  layout: HubspotLayout
  /** The app itself, for its journal: its id and its client secret, where an account has an app of its own. */
  app?: HubspotApp | undefined
}

/** An app as HubSpot knows it. The secret is never logged, never in an error. */
export interface HubspotApp {
  clientId: string
  clientSecret: string
}

/** Version of HubSpot's dated API in all paths. */
export const API = '2026-09'
/** The journal, and tokens of an app for it, are published under this version alone: the newer one has no page of theirs. */
export const JOURNAL_API = '2026-03'

/** HubSpot's own objects that carry Ladder's. */
const STANDARD: Partial<Record<string, string>> = { company: '0-2', person: '0-1', visit: '0-47', task: '0-27' }
const DEAL = '0-3'

const PLURALS: Partial<Record<string, string>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-27': 'tasks',
  '0-47': 'meetings',
}

/** Type id of a neutral object that HubSpot has itself; undefined for one that the installer must make. */
export const standardType = (carrier: Carrier, object: string): string | undefined =>
  object === 'development' && carrier === 'deal' ? DEAL : STANDARD[object]

/** Whether this account has a place for an object; what it hasn't stays in Ladder. */
export const isCarried = (shape: Shape, object: string): boolean => shape.types[object] !== undefined

/** Objects that this account carries, the most needed first. */
export const carriedObjects = (shape: Shape): string[] => Object.keys(shape.types)

/** An object as paths name it: HubSpot's own by plural, custom ones by type id. Undefined when it isn't carried. */
export const pathOf = (shape: Shape, object: string): string | undefined => {
  const type = shape.types[object]
  return type && (PLURALS[type] ?? type)
}

/** The neutral object of a HubSpot type id (webhooks name it so); undefined when it isn't one of Ladder's. */
export const objectOfType = (shape: Shape, type: string): string | undefined =>
  Object.keys(shape.types).find((object) => shape.types[object] === type)

/** Objects whose changes Ladder follows, in the order in which others hang on them. */
export const followedObjects = (layout: HubspotLayout): readonly string[] => carriedObjects(layout)
