import type { Label } from '../../../schemas/model/define.ts'

/** The languages of the parts inside Twenty. */
export type Language = keyof Label

/** Records on whose pages the Ladder tab is. */
export type TabObject = 'company' | 'person' | 'development'

/** A record as Twenty's GraphQL gives it. */
export type Row = Readonly<Record<string, unknown>>

/** What one reading of a page brings: nothing is worked out yet. */
export interface PageRows {
  /** Undefined: the user may not see it, or it is gone. */
  customer: Row | undefined
  customerObject: 'company' | 'person'
  developments: readonly Row[]
  escalations: readonly Row[]
  visits: readonly Row[]
  participations: readonly Row[]
  /** The workspace member who looks, when known. */
  member: string | undefined
}

/** How near a date is. `none`: there is no date. */
export type Nearness = 'overdue' | 'soon' | 'later' | 'none'

export interface Due {
  /** ISO date, or an empty text. */
  on: string
  nearness: Nearness
  /** Days from today, below zero when it is past. */
  days: number
}

export interface StageView {
  code: string
  label: Label
  state: 'done' | 'now' | 'ahead'
}

export interface DevelopmentView {
  id: string
  name: string
  pipeline: Label | undefined
  stages: StageView[]
  stage: string
  /** The code of the stage after this one; undefined at the last. */
  next: string | undefined
  due: Due
  missing: string[]
  checklist: { code: string; label: Label; isDone: boolean }[]
  completeness: number | undefined
  notice: string
  guidance: string
}

export interface EscalationView {
  id: string
  name: string
  cause: Label | undefined
  status: string
  statusLabel: Label | undefined
  level: number
  role: Label | undefined
  /** ISO instant at which it climbs; empty while its clock stands. */
  climbsAt: string
  isLate: boolean
  detail: string
  canAcknowledge: boolean
}

export interface CampaignView {
  id: string
  name: string
  heldOn: string
  status: Label | undefined
  invitation: Label | undefined
  attendance: Label | undefined
}

export interface CustomerView {
  object: 'company' | 'person'
  id: string
  name: string
  tier: Label | undefined
  why: string
  since: string
  nextRating: Due
  contact: Due
  lastContact: string
  contactsPerYear: number | undefined
  notice: string
  isDoNotContact: boolean
  planned: { id: string; name: string; at: string }[]
}

export interface PageView {
  customer: CustomerView | undefined
  developments: DevelopmentView[]
  escalations: EscalationView[]
  campaigns: CampaignView[]
}
