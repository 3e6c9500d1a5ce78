import type { CampaignTemplate, Cause, Pipeline, Playbook, Scheme } from '../../schemas/playbook/index.ts'
import type { WorkingCalendar } from './calendar/index.ts'
import type { CompiledTable } from '../rules/index.ts'
import type { Fields, Value } from '../../schemas/events/index.ts'
import type { Level } from '../../schemas/playbook/index.ts'

/** A pipeline ready to be used. `hash` tells its content: a development keeps the one that it began with. */
export interface CompiledPipeline {
  hash: string
  source: Pipeline
  /** Exit rules of each stage by index, in order. */
  exits: CompiledExit[][]
  /** What is asked for from the first day on. */
  entry: CompiledExit[]
  won(context: Fields): boolean
}

export interface CompiledExit {
  id: string
  level: 'enforce' | 'warn'
  message: { en: string; zh: string }
  holds(context: Fields): Value
}

/** A rating scheme ready to be used. */
export interface CompiledScheme {
  source: Scheme
  /** The name under which rules read its result: `ladderValueTier` as `valueTier`. */
  result: string
  /** What its table reads, by the names of rules. */
  inputs: readonly string[]
}

export interface CompiledPolicy {
  id: string
  /** `tier`: of the leading scheme. `named`: those of all schemes, such as `TIER-VALUE:VIP`. */
  matches(cause: Cause, tier: string | null, named?: readonly string[]): boolean
  levels: Level[]
}

export interface CompiledCampaign {
  source: CampaignTemplate
  /** Its audience rule with the rules of saved audiences in it: it stands by itself (CAMP-AUD). */
  audience: string
  /** Codes of the saved audiences that it calls. */
  calls: string[]
}

/** A playbook whose cells are parsed and checked: built once a version, used for every event. */
export interface CompiledPlaybook {
  version: number
  source: Playbook
  calendar: WorkingCalendar
  /** The same playbook with the calendar of a branch that has its own, by the branch's code. */
  branches: ReadonlyMap<string, CompiledPlaybook>
  tables: ReadonlyMap<string, CompiledTable>
  /** By kind of customer: the leading one first, then in the playbook's order. */
  schemes: { company: readonly CompiledScheme[]; person: readonly CompiledScheme[] }
  /** How many RMs a customer needs; null when nobody looks after it. */
  rms: { table: CompiledTable; inputs: readonly string[] } | null
  pipelines: ReadonlyMap<string, CompiledPipeline>
  policies: readonly CompiledPolicy[]
  campaigns: ReadonlyMap<string, CompiledCampaign>
}

/** All that a decision may look at besides state and event. `now` is epoch milliseconds, passed in. */
export interface Context {
  playbook: CompiledPlaybook
  now: number
  /** CRM users by e-mail in small letters: `worker/method/org` finds by them who holds a role. */
  members: Readonly<Record<string, string>>
  /** A pipeline by content hash, as it was when a development began; undefined when it isn't kept any more. */
  pipeline(hash: string): CompiledPipeline | undefined
}
