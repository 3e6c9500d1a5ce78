import type { Told } from './tiers/attributes.ts'
import type {
  CalledOccasion,
  Fields,
  GuestTask,
  OpenedCampaign,
  RecordSnapshot,
  Ref,
} from '../../schemas/events/index.ts'
import type { CampaignPlan, Cause, Level, Role } from '../../schemas/playbook/index.ts'

/** A balance as core banking told it: amount in fen, `at` ISO instant. Kept sorted by (at, id). */
export interface Balance {
  id: string
  at: string
  amount: number
}

/** The tier in force of one scheme, or one that waits for approval. */
export interface Rating {
  key: string
  tier: string
  row: string
  playbook: number
  ratedOn: string
  effectiveOn: string
  inputs: Fields
  contactsPerYear: number | null
  leads: string[]
  /** The rating run that it comes from. */
  run?: string
}

/** How a customer stands in one scheme. */
export interface Standing {
  rating: Rating | null
  proposed: Rating | null
  nextRatingOn: string | null
  /** Decided, and in force from a later day on. */
  scheduled?: Rating
  /** What the committee refused last: not proposed again on the same inputs. */
  refused?: Pick<Rating, 'tier' | 'inputs'>
  /** The rating run that it was rated in last. */
  run?: string
}

/** A rating run as the bank keeps it. Dates ISO. */
export interface BankRun {
  scheme: string
  startedOn: string
  effectiveOn: string
  /** `ASKED`: who leaves is still being worked out. */
  status: 'ASKED' | 'OPEN' | 'APPROVED' | 'REJECTED'
  /** How many answers came, and how many customers are proposed to leave. */
  answers: number
  leaving: number
}

/** Where a development stands. `pipeline` is the content hash of its pipeline as it was when the development began. */
export interface DevelopmentState {
  pipeline: string
  stage: string
  since: string
  due: string | null
  /** Why the last move was refused, as long as that still stands; '' when nothing was. */
  notice: string
  /** Times that it was moved back: tells the tasks of one stay in a stage from those of the next. */
  moves: number
  /** Warnings count from this stage on: a development that was there before Ladder began in the middle. */
  from: string
  /** The move that was refused last, with the ids of the exit rules that failed. */
  refused: Refused | null
  /** It began under Ladder, so its pipeline's entry rules count. */
  asked?: boolean
  /** How the target was found (DEV-SRC); null: nobody has said. */
  source?: string | null
  won?: boolean
}

/** `pipeline`: `to` is the pipeline that it was to go over to. */
export interface Refused {
  to: string
  rules: string[]
  pipeline?: true
}

/** A level's time: so many working minutes from an instant on (epoch ms). */
export interface Clock {
  from: number
  minutes: number
}

/** An escalation with the ladder as it was when raised (ESC-LADDER). Times are ISO instants. */
export interface EscalationState {
  key: string
  cause: Cause
  /** What tells this cause from its like on the same subject: '' or a development or control item. */
  about: string
  status: 'OPEN' | 'PAUSED' | 'SNOOZED' | 'ACKNOWLEDGED' | 'RESOLVED'
  level: number
  repeats: number
  raisedAt: string
  climbsAt: string | null
  /** What `climbsAt` was reckoned from: it is reckoned again when working time has changed meanwhile. */
  clock?: Clock
  acknowledgedAt: string | null
  resolvedAt: string | null
  detail: string
  policy: string
  playbook: number
  levels: Level[]
  development: string | null
  /** What happened to it, a line each, as its record shows it. */
  history?: string[]
  /** CRM user whom it was reassigned to, as long as it stays on its level. */
  assigned?: string
  /** CRM user whom its record names. */
  assignee?: string | null
  /** Its clock stands: since when, until when, and how many working minutes were left (null: it begins anew, or none ran). */
  paused?: { at: string; until: string; left: number | null; from: 'OPEN' | 'ACKNOWLEDGED' }
  /** Tasks of its joint action: it is closed when each is done (ESC-MOVE). `jointLate`: that one was late has been told. */
  joint?: string[]
  jointLate?: true
  /** The cause is still there: a resolved one isn't raised again before it has gone and come back. */
  standing: boolean
  /** Ladder resolved it because its cause had gone: how it stood before. Back on the same day, it goes on from there. */
  settled?: Settled
}

/** `at`: ISO instant. `tasks`: those that were open, by the level that they told. */
export interface Settled {
  at: string
  status: EscalationState['status']
  climbsAt: string | null
  acknowledgedAt: string | null
  resolvedAt: string | null
  tasks: { level: number; due: string }[]
}

/** A task that Ladder made, by its key. */
export interface TaskState {
  status: 'OPEN' | 'CLOSED'
  /** ISO instant. */
  due: string
  /** What `due` was reckoned from, where it is so many working minutes: it is reckoned again when working time has changed. */
  clock?: Clock
  /** The escalation, campaign or development that it serves. */
  about: string
  /** The person that Ladder gave it to last; a change by hand is left alone until this changes. */
  assignee?: string | null
  /** For whom it is: who holds the role gets it, also when that becomes somebody else. */
  role?: Role
  /** The development whose manager it is for. */
  development?: string
  /** Closed because its reason had gone, not by a person. */
  closedBy?: 'LADDER'
}

/** `LEFT`: people see to it themselves, or the day had passed before Ladder knew. */
export interface NextVisit {
  on: string
  step: string
  status: 'MADE' | 'CANCELLED' | 'LEFT'
}

/** What core banking noted of a customer. `stamp`: its newest word; `shown`: the one that its record shows. */
export interface Occurred {
  occasion: string
  /** ISO date. */
  on: string
  /** ISO instant. */
  at: string
  text: string
  open: boolean
  stamp: string
  shown?: string
}

/** One measurement of a promised service (ESC-PROMISE), in the promise's unit. */
export interface Measured {
  id: string
  at: string
  code: string
  value: number
  kept: boolean
}

/** A campaign's guest list. `chosen`: who was put on it, in order; `reserve`: who moves up next. */
export interface GuestList {
  chosen: Ref[]
  reserve: { ref: Ref; company: string | null }[]
  /** Seats by the template. */
  size: number | null
  /** The day on which customers were asked last (ISO date). */
  askedOn: string | null
  /** Companies (record ids) of persons on the list. */
  people: string[]
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
