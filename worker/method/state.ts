import type {
  CalledOccasion,
  Fields,
  GuestTask,
  OpenedCampaign,
  RecordSnapshot,
  Ref,
} from '../../schemas/events/index.ts'
import type { CampaignPlan } from '../../schemas/playbook/index.ts'
import type { DevelopmentState } from './states/development.ts'
import type { EscalationState } from './states/escalation.ts'
import type { BankRun, Standing } from './states/rating.ts'
import type { GuestList, GuestTally, Measured, NextVisit, Occurred, TaskState } from './states/work.ts'
import type { Told } from './tiers/attributes.ts'

export type { DevelopmentState, Refused } from './states/development.ts'
export type { Clock, EscalationState, Settled } from './states/escalation.ts'
export type { BankRun, Rating, Standing } from './states/rating.ts'
export type { GuestList, GuestTally, Measured, NextVisit, Occurred, TaskState } from './states/work.ts'

/** A balance as core banking told it: amount in fen, `at` ISO instant. Kept sorted by (at, id). */
export interface Balance {
  id: string
  at: string
  amount: number
}

/**
 * All that Ladder knows of one subject: plain JSON, one row of its Book. What stands here of a rating is that of the leading
 * scheme.
 */
export interface SubjectState extends Standing {
  ref: Ref
  /** CRM records of this subject as last seen: object → id → snapshot. Own writes are already in them. */
  records: Record<string, Record<string, RecordSnapshot>>
  balances: Balance[]
  /** What core banking told of it besides, by the facts that told it. */
  attributes?: Told[]
  profile: { lastContactOn: string | null; gold: boolean | null; dormant: boolean | null }
  holdings: Record<
    string,
    {
      product: string
      amount: number
      openedOn: string
      maturesOn: string | null
      status: 'OPEN' | 'MATURED' | 'CLOSED'
      at: string
    }
  >
  /**
   * The last fact seen of each kind that only the newest counts of: kind → `at/id`. `movement`: the movement that an
   * escalation told of last, `movement.before`: the one before it (ESC-MOVE).
   */
  seenFacts: Record<string, string>
  /** Ratings that were recorded, and the key of the last one: the CRM need not have a place for their records. */
  rated?: { count: number; key: string }
  /** Of the schemes beside the leading one, by their ids. */
  schemes?: Record<string, Standing>
  /** Of the bank: rating runs by id, and when each scheme's last yearly one was due. */
  runs?: Record<string, BankRun>
  rerated?: Record<string, string>
  /** Working date from which the first contact is counted when there was none. */
  cadenceFrom: string | null
  /** The day on which nothing was known any more that could rate the customer. */
  unratedOn?: string
  developments: Record<string, DevelopmentState>
  escalations: Record<string, EscalationState>
  tasks: Record<string, TaskState>
  /** Campaigns that this customer is a guest of, or that this subject is. */
  campaigns: Record<string, OpenedCampaign>
  /** Of a template: when it was launched → key of the campaign. Of a customer: campaign → key of its place on the list. */
  launched: Record<string, string>
  /** Of a campaign: its own work as the template had it when it was opened. */
  timeline?: GuestTask[]
  /** Of a campaign: what its template planned besides, when it was opened. */
  plan?: CampaignPlan
  /** Of a campaign: its guest list. */
  list?: GuestList
  /** Of a campaign: its guests, counted. Not there: they are counted with the next event. */
  tally?: GuestTally
  /** Of the bank: when audiences were asked for last, by which playbook, and what templates' records show. */
  counted?: { week: string; version: number; shown?: Record<string, Fields> }
  /** Of a programme in phases: phase → customers counted last, on which day (ISO date). */
  progress?: Record<string, { on: string; base: number; done: number }>
  /** Questions over all customers that wait for their answer: id → query. */
  asked?: Record<string, string>
  /** Of the bank: the day on which figures were asked for last, and what each record of them shows: key → now/before. */
  measuredOn?: string
  measured?: Record<string, string>
  /** Of the bank: the Monday of the week whose lists were asked for last (ESC-WEEK), by branch code; '' for who has none. */
  weeks?: Record<string, string>
  /** Visits that follow from held ones: held visit → what its record asked for, by its date (ISO). */
  nextVisits?: Record<string, NextVisit>
  /** Calls of the last days: CRM user → ISO date → how many were made, and how many of these were a success (DEV-ACT). */
  calls?: Record<string, Record<string, [made: number, won: number]>>
  /** What core banking noted, by kind and its own reference. */
  occurred?: Record<string, Occurred>
  /** Outer events that touch this customer; of an occasion without a customer, what all were told of. `knownAt`: epoch ms. */
  called?: Record<string, CalledOccasion & { knownAt: number }>
  /** Measurements of promised services, sorted by (at, id). */
  services?: Measured[]
  /** The newest count of transactions, and since when (ISO instant) it is low. */
  usage?: { transactions: number; lowSince?: string }
  /** Who was merged into this one, and when (ISO instant). */
  merged?: Record<Ref, string>
  /** Work that came with a merge: what rules call it → its ladderKey in the CRM. */
  renamed?: Record<string, string>
  /** Documents made: `<development>/<code>` → the last version, the hash of its content, its ISO date (DEV-A08, DEV-A09). */
  documents?: Record<string, { version: number; hash: string; on: string }>
  /** Of a customer that several were merged into: balances by the bank's customer number. `balances` are then their totals. */
  accounts?: Record<string, Balance[]>
}

/** A subject that nothing is known of yet. */
export const newSubject = (ref: Ref): SubjectState => ({
  ref,
  records: {},
  balances: [],
  profile: { lastContactOn: null, gold: null, dormant: null },
  holdings: {},
  seenFacts: {},
  rating: null,
  proposed: null,
  nextRatingOn: null,
  cadenceFrom: null,
  developments: {},
  escalations: {},
  tasks: {},
  campaigns: {},
  launched: {},
})
