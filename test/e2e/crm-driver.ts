import type { Fields, Value } from '../../schemas/events/index.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'

/** The CRMs on which the same tests run: HubSpot with custom objects, and with deals as carrier of the stages. */
export type CrmName = 'twenty' | 'hubspot' | 'hubspot-deal'

/** What carries the stages in an account of HubSpot. */
export const carrierOf = (crm: Exclude<CrmName, 'twenty'>): Carrier => (crm === 'hubspot' ? 'custom' : 'deal')

/** Every CRM with one shard and with many, for `describe.each`. */
export const EVERYWHERE: [CrmName, number][] = (['twenty', 'hubspot', 'hubspot-deal'] as const).flatMap(
  (crm): [CrmName, number][] => [
    [crm, 1],
    [crm, 8],
  ],
)

/** A record in neutral names and values: money in fen, relations as record ids, what is empty as null. */
export type Shown = Record<string, Value> & { id: string }

/** What becomes of webhooks on their way. What isn't said goes well. */
export interface Weather {
  /** Asked for each: whether it is lost. */
  lost?: () => boolean
  /** Asked for each: whether it comes twice. */
  twice?: () => boolean
  /** Those that wait together come in another order. */
  mixed?: boolean
}

/**
 * A stand-in of a CRM as its people use it, in Ladder's neutral names. What is changed here somebody changes by hand: webhooks
 * tell of it. Reading goes past the API, so that it counts as no call.
 */
export interface CrmDriver {
  readonly crm: CrmName
  /** Whether this account has a place for an object. */
  carries(object: string): boolean
  /** Ids of the CRM's users, who may own records. */
  users(): string[]
  /** Their e-mail addresses, in the same order. */
  emails(): string[]
  /** Makes a record; its id. */
  create(object: string, fields: Fields): Promise<string>
  update(object: string, id: string, fields: Fields): Promise<void>
  /** Takes records away, all at once: Twenty tells of one of them, HubSpot of each. */
  destroy(object: string, ids: string[]): Promise<void>
  /** Merges the second record into the first; the id of the one that is left. */
  merge(object: string, winner: string, loser: string): Promise<string>
  /** Living records, those alone whose fields are as `where` says. An object that isn't carried is a mistake of the test. */
  list(object: string, where?: Fields): Shown[]
  /** A living record as the CRM itself keeps it. */
  raw(object: string, id: string): Record<string, unknown>
  /** Companies on whose page a task is seen. */
  companiesOf(task: string): string[]
  weather(weather: Weather): void
  /** Webhooks that went out or were lost so far, and those that were lost. */
  webhooks(): { all: number; lost: number }
  /** Ids of records of which a webhook that arrived said that a field has this value. */
  toldOf(object: string, field: string, value: string): string[]
  /** Ladder's calls so far, and those that wrote; each as its method and route. */
  calls(): { all: string[]; writes: string[] }
  /** Asked before each of Ladder's writes, of one object or of any: true cuts the connection instead, and ends the asking. */
  beforeWrite(ask: () => boolean, object?: string): void
  /** The CRM refuses what is written to a record, as long as `is` says so, and says why. */
  refuse(object: string, id: string, is: () => boolean): void
  /** No call fails any more, and nobody asks. */
  clearFaults(): void
}

/** Whether a record's fields are as `where` says. */
export const isLike = (record: Shown, where: Fields): boolean =>
  Object.entries(where).every(([name, value]) => record[name] === value)

/** A driver with what the world asks of it: to deliver what waits, and to end. */
export interface Site {
  driver: CrmDriver
  /** Resolves when every webhook that is due has gone out or was lost. */
  flush(): Promise<void>
  close(): Promise<void>
}
