import type { Problem } from './problem.ts'

export type StepState =
  /** As it should be: nothing to do. */
  | 'unchanged'
  /** Changed just now. */
  | 'done'
  /** Would change: only in a plan. */
  | 'planned'
  /** Left for a person, who is told what to do. */
  | 'open'
  | 'failed'

/** What became of one step. `lines` are for people; `calls` are the writes that a plan foresees. */
export interface Step {
  name: string
  state: StepState
  lines: string[]
  calls?: string[]
  problems?: Problem[]
}

/** What a whole command found and did. `ok` is false as soon as one step failed. */
export interface Report {
  ok: boolean
  account: string | undefined
  steps: Step[]
  problems: Problem[]
  /** What a person should know or do, without it being a fault. */
  notices: string[]
}

export const reportOf = (steps: Step[], account: string | undefined, notices: string[]): Report => {
  const problems = steps.flatMap((step) => step.problems ?? [])
  return { ok: problems.length === 0, account, steps, problems, notices }
}

export const failed = (name: string, ...problems: Problem[]): Step => ({ name, state: 'failed', lines: [], problems })

/** The state of a step that has changes to make, by whether it may make them. */
export const changed = (write: boolean): StepState => (write ? 'done' : 'planned')

/** A step that only looks: failed with what it found, else fine. */
export const lookedAt = (name: string, fine: string, problems: Problem[]): Step =>
  problems.length > 0 ? failed(name, ...problems) : { name, state: 'unchanged', lines: [fine] }
