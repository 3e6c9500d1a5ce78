import type { Fields } from '../../../schemas/events/index.ts'
import type { CrmConnection } from '../../../worker/crm/port.ts'
import type { Report } from '../../install/step.ts'
import type { WorkerClient } from '../../install/worker.ts'
import type { Staff } from '../bank.ts'

/** A record in neutral names. People's own records keep the id that the play gave them, whatever the CRM calls them. */
export interface Row {
  id: string
  fields: Fields
}

/** A record to make or change: relations by the play's ids, users by the ids of the bank's staff. */
export interface Edit {
  id: string
  fields: Fields
}

/** Values that fields may have; all named fields have to fit. */
export type Where = Readonly<Record<string, readonly string[]>>

/** A campaign where the CRM has no record of one: what its tasks tell. */
export interface TaskedCampaign {
  template: string
  /** ISO instant. */
  heldOn: string
  guests: number
}

/** Ladder as an installation meets it. */
export interface LadderSite {
  url: string
  account: string
  worker: WorkerClient
  corebankSecret: string
}

/**
 * What differs from CRM to CRM in the trial run: a stand-in, how Ladder is installed, how people's edits and lists look. All
 * else knows neutral names alone.
 */
export interface DemoCrm {
  /** As people call it, with what tells it from its like. */
  name: { en: string; zh: string }
  url: string
  /** Calls a minute once the play is over; what the CRM allows when not said. */
  callsPerMinute?: number
  /** Installs Ladder by the same steps as `ladder apply`. */
  install(site: LadderSite): Promise<Report>
  /** Begins to tell Ladder of changes: after the installation, or when the last run is taken up. */
  begin(site: LadderSite): Promise<void>
  connection(): CrmConnection
  /** Whether the CRM has records of an object; where not, edits of it are what people do instead. */
  carries(object: string): boolean
  edit(object: string, edits: readonly Edit[]): Promise<void>
  list(object: string, where?: Where): Promise<Row[]>
  /** Campaigns by their tasks; for where the CRM has no records of campaigns. */
  taskedCampaigns(): Promise<TaskedCampaign[]>
  /** Sends the webhooks that wait. */
  flush(): Promise<void>
  /** Deliveries of webhooks so far. */
  deliveries(): number
  /** The clock runs by itself now. */
  release(): void
  /** Commands that a person may try, for the end. */
  hints: string[]
  close(): Promise<void>
}

export interface CrmWish {
  folder: string
  /** 0 takes a free one. */
  port: number
  /** The stand-in's clock, epoch ms. */
  now: () => number
  staff: readonly Staff[]
}
