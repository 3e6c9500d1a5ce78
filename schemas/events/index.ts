import type { Attributes } from '../model/attributes.ts'
import type { Ref } from './keys.ts'

/** A field's value in neutral form: money in fen, dates as ISO, relations as record ids, multi-selects as code lists. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Fields = Record<string, Value>

/** A CRM record as last seen, in neutral names. `at` is the CRM's own updatedAt (ISO instant with milliseconds). */
export interface RecordSnapshot {
  object: string
  id: string
  at: string
  createdAt: string
  /** Soft-deleted in the CRM. A record destroyed for good comes as `record.gone`. */
  deleted: boolean
  fields: Fields
  /** Ids of records that were merged into this one, where the CRM tells. */
  merged?: string[]
}

/** How word of a record came: pushed by the CRM, read by Ladder (from the CRM's journal too), in the CRM's answer to a write, or asked for by a workflow. */
export type Via = 'webhook' | 'journal' | 'sweep' | 'answer' | 'action'

/** A record was made or changed. `adopt`: it was there before Ladder, so it is taken as it stands. */
export interface RecordChanged {
  type: 'record.changed'
  id: string
  via: Via
  record: RecordSnapshot
  adopt?: boolean
  /** What had Ladder read the record, where it was told of it by its id only: the log names it instead of `via`. */
  hint?: Via
}

/** A record is no more: destroyed, or merged into another. */
export interface RecordGone {
  type: 'record.gone'
  id: string
  via: Via
  object: string
  recordId: string
  at: string
  /** As in `record.changed`. */
  hint?: Via
}

/**
 * Another customer was merged into this one, in whichever CRM: all that was known of it is this one's now. It is told once
 * this one's own record is known.
 */
export interface SubjectMerged {
  type: 'subject.merged'
  id: string
  /** Who is no more. */
  from: Ref
  /** ISO instant. */
  at: string
  /** What its Book knew: plain JSON that the method wrote. Null when nothing was known. */
  state: object | null
}

/** What core banking tells, as CloudEvents types. Amounts in fen; dates ISO. */
export type FactData =
  | { kind: 'balance.changed'; amount: number }
  | { kind: 'holding.opened'; holding: string; product: string; amount: number; openedOn: string; maturesOn?: string }
  | { kind: 'holding.matured'; holding: string; on: string }
  | { kind: 'holding.closed'; holding: string; on: string }
  | { kind: 'account.dormant'; dormant: boolean }
  /** Something was noted of a customer, or is over; `ref` tells it from its like. `occasion` is a kind of the playbook. */
  | { kind: NotedKind; occasion: string; ref: string; on?: string; text?: string }
  | { kind: ClosedKind; occasion: string; ref: string }
  | { kind: 'account.usage'; transactions: number }
  | { kind: 'service.measured'; service: string; value: number }
  | {
      kind: 'customer.profile'
      customer: 'company' | 'person'
      name: string
      gold?: boolean
      lastContactOn?: string
      phone?: string
      /** What else is known of it; money in fen. */
      attributes?: Attributes
    }

/** Facts that note an occasion, with its kind where the fact says which: `occasion.noted` names one itself. */
export const NOTED = {
  'complaint.received': 'COMPLAINT',
  'fee.due': 'FEE_DUE',
  'risk.found': 'RISK',
  'occasion.noted': '',
} as const
/** Facts that tell that it is over. */
export const CLOSED = {
  'complaint.answered': 'COMPLAINT',
  'fee.paid': 'FEE_DUE',
  'risk.closed': 'RISK',
  'occasion.closed': '',
} as const
export type NotedKind = keyof typeof NOTED
export type ClosedKind = keyof typeof CLOSED

export const FACT_KINDS = [
  'balance.changed',
  'holding.opened',
  'holding.matured',
  'holding.closed',
  'account.dormant',
  'customer.profile',
  'complaint.received',
  'complaint.answered',
  'fee.due',
  'fee.paid',
  'risk.found',
  'risk.closed',
  'occasion.noted',
  'occasion.closed',
  'account.usage',
  'service.measured',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** A fact of core banking. `id` is unique with its source; `at` is when it happened (ISO instant). */
export interface Fact {
  type: 'fact'
  id: string
  customerNo: string
  at: string
  data: FactData
}

/** A timer of this subject fell due. */
export interface TimePassed {
  type: 'time.passed'
  id: string
}

/** A campaign was opened: every customer looks whether it is a guest. Sent by a campaign's subject to all Books. */
export interface CampaignOpened {
  type: 'campaign.opened'
  id: string
  campaign: OpenedCampaign
  /** Who shall hear of it; all customers when this isn't given. */
  told?: Ref[]
}

/** What a guest's book needs to know of a campaign. Times are ISO instants. */
export interface OpenedCampaign {
  id: string
  /** The campaign record's own time (ISO instant): an older word of it that comes late doesn't count. */
  at: string
  /** Grows with each word of it, for those of one time. */
  turn?: number
  templateCode: string
  name: string
  heldOn: string
  subject: 'PERSON' | 'COMPANY' | 'BOTH'
  audience: string
  cancelled: boolean
  /** When it began, ISO instant: work that is due in working hours counts from here. */
  begunAt?: string
  /** Its news is over: nothing goes out any more. */
  stale?: boolean
  /** Of news: until when guests are asked, ISO instant; of all else until the day itself. */
  until?: string
  /** Codes of the saved audiences that its rule calls. */
  calls?: string[]
  /** Work for each guest, as the template had it when the campaign was opened. */
  tasks: GuestTask[]
  /** Subjects that people put on the guest list themselves: guests whatever the audience rule says. */
  guests: Ref[]
  /** Subjects that Ladder put on the guest list. Campaigns of before there were lists have none. */
  list?: Ref[]
}

/** A task of one guest: in the timeline (`DAY`), or when the guest came, was absent or brought a friend. */
export interface GuestTask {
  /** Tells it from the others of its campaign. */
  key: string
  when: 'DAY' | 'CAME' | 'ABSENT' | 'BROUGHT_FRIEND'
  /** Working days from the day itself. */
  day: number
  role: string
  /** In the language of the playbook. */
  title: string
  /** Due at this time of the day (`HH:MM`) instead of closing time. */
  at?: string
  /** Due so many working hours after the campaign began. */
  hours?: number
  /** Days are counted from the first workday on or after the day itself (posts). */
  workdays?: true
}

/**
 * A rating run (TIER-RERATE): to the bank when somebody asks for one or answers it, to every customer when the bank tells of it.
 */
export interface RatingRunTold {
  type: 'rating.run'
  id: string
  run: RatingRun
}

export interface RatingRun {
  /** Scheme and the day on which it began: `TIER-VALUE/2026-12-01`. */
  id: string
  scheme: string
  /** `RATE`: rate all customers again. Else the committee's answer to what was proposed then. */
  step: 'RATE' | 'APPROVED' | 'REJECTED'
  /** ISO date from which moves are in force; null: as the playbook says. */
  effectiveOn: string | null
  /** Who brings as much as this one or less (fen) is proposed to leave; of equals the lesser refs first. */
  exit: { contribution: number; ref: Ref } | null
  /** The answer is to proposals of these tiers only; empty: to all. */
  tiers: string[]
  by: string
  reason: string
}

/** What is told to every customer of the bank. */
export type Broadcast = CampaignOpened | RatingRunTold | OccasionCalled

/** A question over all customers, asked by one subject and answered once. `query` names a gatherer of the method. */
export interface Gather {
  id: string
  /** Who asks. */
  ref: Ref
  query: string
  params: Fields
}

/** One line of an answer; what else it holds is the gatherer's own. */
export type GatheredRow = Fields & { ref: Ref }

/** The answer to what this subject had asked. `total`: rows before the gatherer cut them. */
export interface Gathered {
  type: 'gathered'
  id: string
  query: string
  params: Fields
  rows: GatheredRow[]
  total: number
}

/** An occasion that touches many customers (ESC-OUTER): each looks whether it is one of them. */
export interface OccasionCalled {
  type: 'occasion.called'
  id: string
  occasion: CalledOccasion
}

/** What a touched customer's book needs to know of it. */
export interface CalledOccasion {
  /** Record id. */
  id: string
  /** The record's own time (ISO instant): an older word of it that comes late doesn't count. */
  at: string
  kind: string
  name: string
  /** ISO date. */
  on: string
  rule: string
  /** It goes on: not done, cancelled or deleted. */
  open: boolean
}

export type LadderEvent = RecordChanged | RecordGone | SubjectMerged | Fact | TimePassed | Broadcast | Gathered

/** Why a decision was made: what came in, by which playbook version, which rule of the method, which row, on which inputs. */
export interface Why {
  event: string
  playbook: number
  rule: string
  row?: string
  inputs?: Fields
  text?: string
}

/** What shall be done outside: all of it idempotent. A relation's value may be `{ key }`: the Ladder record of that key. */
export type Decision =
  /** Make or update a record that Ladder owns, found by its ladderKey. `fields` may be partial on a later upsert. */
  | { do: 'upsert'; object: string; key: string; fields: Fields; why: Why }
  /** Set fields of a record that people made. */
  | { do: 'update'; object: string; id: string; fields: Fields; why: Why }
  /** Tell every customer of a campaign, a rating run, or an occasion that touches many. */
  | { do: 'broadcast'; event: Broadcast; why: Why }
  /** Ask something of all customers; the answer comes as an event. */
  | { do: 'gather'; gather: Gather; why: Why }
  /** Something was weighed and nothing has to be written; kept so that it can be explained. */
  | { do: 'note'; why: Why }

export type { Ref }
