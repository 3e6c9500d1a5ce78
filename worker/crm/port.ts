import type { DocumentRequest } from '../../schemas/documents/request.ts'
import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import type { Portal } from './hubspot/client.ts'
import type { Keys } from './hubspot/keys.ts'
import type { HubspotConnection } from './hubspot/layout.ts'
import type { Server } from './twenty/client.ts'

/** What Ladder asks of a CRM. One adapter a CRM (`worker/crm/twenty`, …); nothing of a CRM's own names passes this line. */

/** How a CRM is reached. `token` is a secret: never logged, never in an error. */
export interface TwentyConnection {
  kind: 'twenty'
  url: string
  token: string
}
export type CrmConnection = TwentyConnection | HubspotConnection

/** How a CRM is to be reached: HubSpot without a token by the consent that an admin of the account gave. */
export type CrmAccess = TwentyConnection | (Omit<HubspotConnection, 'token'> & { token?: string | undefined })

/** Where a CRM is and how Ladder's model lies in it: a connection without its secret. */
export type CrmPlace = Omit<TwentyConnection, 'token'> | Omit<HubspotConnection, 'token' | 'app'>

/** Why a call failed, told apart by what to do about it. */
export type Failure =
  /**
   * Over the CRM's limit: wait (ms if the CRM says how long) and go on. `of`: its limit for searches alone, or that of the
   * whole day, which ends at the account's midnight.
   */
  | { kind: 'limit'; waitMs: number | null; of?: 'search' | 'day'; message: string }
  /** Not reached, timed out, cut, locked, or a 5xx: try again later (ms if the CRM says when). It may have taken effect. */
  | { kind: 'unreachable'; waitMs?: number | null; message: string }
  /** The token is wrong or lacks a permission: a person must act; nothing is dropped meanwhile. */
  | { kind: 'auth'; message: string }
  /** The CRM refuses what was sent: trying the same again is of no use. */
  | { kind: 'refused'; status: number; message: string }
  /** Ladder's own budget of calls has no room before `until` (epoch ms): the CRM wasn't asked. */
  | { kind: 'later'; until: number; message: string }

export type CallResult<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** One record to write. `key`: found by ladderKey (or, for a customer, by ladderCustomerNo). `recordId`: an existing record. */
export type Write = { id: string; object: string; fields: Fields } & (
  { key: string; recordId?: undefined } | { recordId: string; key?: undefined }
)

/** Writes that go out together. No record stands twice in a batch. */
export interface Batch {
  object: string
  /** The adapter's own mark of a batch that isn't records but something that goes with them. */
  step?: string
  /**
   * For a batch that may make records which the CRM can't tell from those that are there: from its sending on, ms, it must not
   * be sent again while its answer is missing, whatever becomes of the sender. Until then what it made can be found.
   */
  settleMs?: number
  writes: Write[]
}

/**
 * What is to be sent, in order. One write may be in several batches, as parts: a part's id is the write's, `+` and a word.
 * `notCarried`: ids of writes for which this account of the CRM has no place.
 */
export interface Plan {
  batches: Batch[]
  notCarried: string[]
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

/** A write that was refused by itself while others of its batch were written. */
export interface Refused {
  id: string
  reason: string
}

/** What became of a batch. A write that is in neither list may not have been carried out: it is sent again. */
export interface Sent {
  written: Written[]
  refused: Refused[]
}

export interface Page {
  records: RecordSnapshot[]
  /** Where to go on; null when this was the last page. */
  next: string | null
}

/**
 * What a CRM's journal of changes holds after a place in it. `page`: `events` as its webhooks tell them, and the place to go on
 * from. `end`: nothing yet. `lost`: the place isn't known any more, so what came after it can't be read.
 */
export type JournalRead = { state: 'page'; offset: string; events: object[] } | { state: 'end' } | { state: 'lost' }

export interface Member {
  id: string
  email: string
  name: string
}

/** The limits that a CRM sets to its callers. */
export interface CrmLimits {
  calls: Rate
  /** Searches count apart as well, where the CRM says so. */
  searches: Rate | null
  daily: number | null
  /** IANA zone whose midnight begins a day of calls. */
  timeZone: string
}

/** Calls a minute, and how many of them at once. */
export interface Rate {
  perMinute: number
  burst: number
}

/** What an adapter asks of whom it works for. */
export interface CrmDeps {
  /** Takes room for one call, before it is made. `urgent`: it is counted, and made even when there is none. */
  spend(call: 'call' | 'search' | 'urgent'): { ok: true } | { ok: false; until: number }
  /** The record id of a ladder key, as far as it is known. */
  known(key: string): string | undefined
  /** The CRM said how many calls are left of the day. */
  heard?(leftToday: number): void
  /** So many records that a lost answer had made twice were put into the bin; the older ones stay. */
  twins?(count: number): void
  /**
   * The token to call with, asked for before each call, where the connection holds none. `refused`: the one that the CRM takes
   * no more; the answer is another one, or that same one when there is none.
   */
  access?(refused?: string): Promise<CallResult<string>>
  /** As `access`, for what belongs to Ladder's app and not to the account. Left out where the app isn't known. */
  appAccess?(refused?: string): Promise<CallResult<string>>
  /** Makes the files of a document. `people`: names of the CRM's users by id. */
  files?(request: DocumentRequest, people: ReadonlyMap<string, string>): Promise<MadeFiles>
  /** How documents are put onto records: a script that is loaded when the first one is. */
  documents?(): Promise<DocumentScript>
}

type ListMembers = () => Promise<CallResult<Member[]>>

/** The part of a CRM's adapter that has to do with documents. */
export interface DocumentScript {
  sendToTwenty(server: Server, files: CrmDeps['files'], members: ListMembers, batch: Batch): Promise<CallResult<Sent>>
  sendToHubspot(portal: Portal, keys: Keys, members: ListMembers, batch: Batch): Promise<CallResult<Sent>>
}

/** Nobody can make documents here: the write is looked at again later. */
export const noScript: CallResult<Sent> = { ok: true, value: { written: [], refused: [] } }

/** A file to be attached. `part` tells it from the others of its document: `zh.docx`. */
export interface CrmFile {
  part: string
  name: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
}

/** Files of a document: its Word files always; printed ones where there is a printer. */
export interface MadeFiles {
  files: CrmFile[]
  /** What is told with them, for people: that there are Word files alone. */
  remark: string
  /** Why printed files are not among them though there is a printer: what there is is attached, the rest is tried again. */
  fault: string | null
}

export interface Crm {
  /** Groups writes into the least calls; keeps the order of writes to one record. */
  plan(writes: Write[]): Plan
  /** Sends a batch. A failure means that none is known to be written; safe to be sent again. */
  send(batch: Batch): Promise<CallResult<Sent>>
  /** Records changed at or after `since` (ISO instant), oldest first; soft-deleted ones included where the CRM lists them. */
  changedSince(object: string, since: string, cursor: string | null): Promise<CallResult<Page>>
  /** Ids of all living records of an object. */
  ids(object: string, cursor: string | null): Promise<CallResult<{ ids: string[]; next: string | null }>>
  /** Records by id, those that exist; those in the CRM's bin may be among them, as deleted. */
  read(object: string, ids: string[]): Promise<CallResult<RecordSnapshot[]>>
  /** The CRM's users. */
  members(): Promise<CallResult<Member[]>>
  /**
   * Further writes by which a CRM shows in a form of its own what was read: campaigns as its events. Left out where there is
   * no such form. Each has a key; one that says what was said before isn't sent.
   */
  picture?(records: readonly RecordSnapshot[]): Write[]
  /**
   * Reads on in the CRM's journal of changes: after an offset, or its newest or oldest page. Left out by a CRM without one.
   * `auth` or `refused`: this account doesn't have it.
   */
  journal?(from: 'latest' | 'earliest' | { after: string }): Promise<CallResult<JournalRead>>
  /**
   * Tells the CRM's workflow how an action that it waits for ended. Left out by a CRM whose workflows don't wait. `refused`
   * with 404: the workflow waits no more.
   */
  completeAction?(callbackId: string, outputs: Record<string, string>): Promise<CallResult<null>>
}
