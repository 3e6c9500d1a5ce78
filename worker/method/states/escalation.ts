import type { Cause, Level } from '../../../schemas/playbook/index.ts'

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
