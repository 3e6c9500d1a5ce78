import type { TwentyClient } from './client.ts'
import type { Problem } from './problem.ts'
import type { WorkerClient } from './worker.ts'

export interface InstallOptions {
  /** The account's name in Ladder; taken from the workspace when left out. */
  account?: string | undefined
  ladderUrl: string
  /** Whether the person named the Worker: then it must be there. */
  isLadderUrlGiven: boolean
  shards: number
  rotateSecret?: boolean
  /** Key for the Worker, when it is to have another one than the installer. A secret. */
  workerToken?: string | undefined
  /** Secret of core banking's deliveries. */
  corebankSecret?: string | undefined
  buildDir?: string | undefined
}

/** All that a step needs. `token` is in the clients and in `secrets` only. */
export interface Context {
  client: TwentyClient
  worker: WorkerClient
  /** The installer's own API key. A secret. */
  token: string
  options: InstallOptions
  progress: (message: string) => void
}

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

export const failed = (name: string, ...problems: Problem[]): Step => ({ name, state: 'failed', lines: [], problems })

/** The state of a step that has changes to make, by whether it may make them. */
export const changed = (write: boolean): StepState => (write ? 'done' : 'planned')

/** A name such as `acme-bank`: small letters, digits, hyphens. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
