import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import type { HubspotConnection } from './hubspot/layout.ts'

/** What Ladder asks of a CRM. One adapter a CRM (`worker/crm/twenty`, …); nothing of a CRM's own names passes this line. */

/** How a CRM is reached. `token` is a secret: never logged, never in an error. */
export interface TwentyConnection {
  kind: 'twenty'
  url: string
  token: string
}
export type CrmConnection = TwentyConnection | HubspotConnection

/** Where a CRM is and how Ladder's model lies in it: a connection without its secret. */
export type CrmPlace = Omit<TwentyConnection, 'token'> | Omit<HubspotConnection, 'token'>

/** Why a call failed, told apart by what to do about it. */
export type Failure =
  /** Over the CRM's limit: wait (ms if the CRM says how long) and go on. */
  | { kind: 'limit'; waitMs: number | null; message: string }
  /** Not reached, timed out, cut, or a 5xx: try again later. The call may have taken effect. */
  | { kind: 'unreachable'; message: string }
  /** The token is wrong or lacks a permission: a person must act; nothing is dropped meanwhile. */
  | { kind: 'auth'; message: string }
  /** The CRM refuses what was sent: trying the same again is of no use. */
  | { kind: 'refused'; status: number; message: string }

export type CallResult<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** One record to write. `key`: found by ladderKey (or, for a customer, by ladderCustomerNo). `recordId`: an existing record. */
export type Write = { id: string; object: string; fields: Fields } & (
  { key: string; recordId?: undefined } | { recordId: string; key?: undefined }
)

/** Writes that go out in one call. No record stands twice in a batch. */
export interface Batch {
  object: string
  writes: Write[]
}

/** What became of one write: the record's id in the CRM. */
export interface Written {
  id: string
  recordId: string
  /** The record that should be updated is no more in the CRM. */
  gone: boolean
  /** The record as the CRM now has it: of a customer that was made or found by its number. */
  record?: RecordSnapshot
}

export interface Page {
  records: RecordSnapshot[]
  /** Where to go on; null when this was the last page. */
  next: string | null
}

export interface Member {
  id: string
  email: string
  name: string
}

export interface Crm {
  /** Groups writes into the least calls; keeps the order of writes to one record. */
  plan(writes: Write[]): Batch[]
  /** One call. All or nothing: a refusal means that none was written. */
  send(batch: Batch): Promise<CallResult<Written[]>>
  /** Records changed at or after `since` (ISO instant), oldest first; soft-deleted ones included where the CRM lists them. */
  changedSince(object: string, since: string, cursor: string | null): Promise<CallResult<Page>>
  /** Ids of all living records of an object. */
  ids(object: string, cursor: string | null): Promise<CallResult<{ ids: string[]; next: string | null }>>
  /** Records by id, those that exist. */
  read(object: string, ids: string[]): Promise<CallResult<RecordSnapshot[]>>
  /** The CRM's users. */
  members(): Promise<CallResult<Member[]>>
  /**
   * Tells the CRM's workflow how an action that it waits for ended. Left out by a CRM whose workflows don't wait. `refused`
   * with 404: the workflow waits no more.
   */
  completeAction?(callbackId: string, outputs: Record<string, string>): Promise<CallResult<null>>
}
