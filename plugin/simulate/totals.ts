import { createHash, type Hash } from 'node:crypto'
import type { Decision, LadderEvent, Ref } from '../../schemas/events/index.ts'
import type { Change } from './model-crm.ts'
import type { Root, Shell, Watch } from './shell.ts'

export type Counts = Record<string, number>

/** What Ladder has done, by rule. */
export interface Totals {
  customers: number
  facts: number
  /** Edits of people. */
  edits: number
  /** Decisions by the rule of the method that made them. */
  rules: Counts
  tasks: { made: Record<string, Counts>; open: Counts }
  /** By cause: raised, acknowledged, resolved, how often it climbed to which level, how often the top was told again. */
  escalations: Record<string, Counts>
  /** By scheme: first ratings, changes, yearly ones; and the moves between tiers. */
  ratings: Record<string, Counts>
  moves: Record<string, Counts>
  /** Tiers at the end. */
  tiers: Record<string, Counts>
  campaigns: Record<string, Counts>
  developments: Record<string, Counts>
  /** SHA-256 over all decisions in order: two runs that differ in anything differ in it. */
  digest: string
}

const add = (counts: Counts, key: string, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by
}
const within = (groups: Record<string, Counts>, group: string): Counts => (groups[group] ??= {})

/** Adds up what is decided and what becomes of it. */
export class Tally implements Watch {
  readonly #hash: Hash = createHash('sha256')
  /** Templates of campaigns. */
  readonly #codes = new Map<string, string>()
  readonly #totals: Omit<Totals, 'digest' | 'customers'> = {
    facts: 0,
    edits: 0,
    rules: {},
    tasks: { made: {}, open: {} },
    escalations: {},
    ratings: {},
    moves: {},
    tiers: {},
    campaigns: {},
    developments: {},
  }

  /** Core banking told something. */
  told(): void {
    this.#totals.facts++
  }

  decided(ref: Ref, _event: LadderEvent, decisions: readonly Decision[], _: Root): void {
    for (const decision of decisions) {
      add(this.#totals.rules, decision.why.rule)
      this.#hash.update(`${ref}\n${JSON.stringify(decision)}\n`)
    }
  }

  changed(change: Change, _: Root, byLadder: boolean): void {
    if (!byLadder) this.#totals.edits++
    const { object } = change.record
    if (object === 'task') this.#task(change, byLadder)
    else if (object === 'escalation') this.#escalation(change)
    else if (object === 'tierRating') this.#rating(change)
    else if (object === 'participation') this.#guest(change)
    else if (object === 'campaign' && !change.before) this.#campaign(change)
    else if (object === 'development') this.#development(change, byLadder)
  }

  #task({ record, before }: Change, byLadder: boolean): void {
    const counts = within(this.#totals.tasks.made, String(record.fields['ladderKind']))
    const isLadders = typeof record.fields['ladderKey'] === 'string'
    if (!isLadders) return
    if (!before) add(counts, 'made')
    const [was, is] = [before?.fields['status'], record.fields['status']]
    if (before && was !== is && is === 'DONE') add(counts, byLadder ? 'closedByLadder' : 'doneByPeople')
  }

  #escalation({ record: { fields }, before }: Change): void {
    const counts = within(this.#totals.escalations, String(fields['cause']))
    const was = before?.fields
    if (!was) add(counts, 'raised')
    if (was && was['status'] !== fields['status']) add(counts, String(fields['status']).toLowerCase())
    if (was && was['level'] !== fields['level']) add(counts, `level${String(fields['level'])}`)
    if (was && Number(fields['repeats']) > Number(was['repeats'])) add(counts, 'toldAgain')
  }

  #rating({ record: { fields }, before }: Change): void {
    const scheme = String(fields['scheme'])
    if (!before) add(within(this.#totals.ratings, scheme), String(fields['cause']).toLowerCase())
    else if (before.fields['approval'] !== fields['approval'])
      add(within(this.#totals.ratings, scheme), String(fields['approval']).toLowerCase())
    const { oldTier = null, newTier = null } = fields
    if (!before && oldTier !== newTier)
      add(within(this.#totals.moves, scheme), `${String(oldTier ?? '-')} → ${String(newTier)}`)
  }

  #campaign({ record: { id, fields } }: Change): void {
    const code = String(fields['templateCode'])
    this.#codes.set(id, code)
    add(within(this.#totals.campaigns, code), 'campaigns')
  }

  #guest({ record: { fields }, before }: Change): void {
    const counts = within(this.#totals.campaigns, this.#codes.get(String(fields['campaign'])) ?? '?')
    if (!before) add(counts, 'guests')
    for (const [field, value] of [
      ['invite', 'CONFIRMED'],
      ['attendance', 'CAME'],
      ['attendance', 'ABSENT'],
    ] as const)
      if (fields[field] === value && before?.fields[field] !== value) add(counts, value.toLowerCase())
    if (fields['broughtFriend'] === true && before?.fields['broughtFriend'] !== true) add(counts, 'friends')
  }

  #development({ record: { fields }, before }: Change, byLadder: boolean): void {
    const counts = within(this.#totals.developments, String(fields['pipeline']))
    const [was, is] = [before?.fields['stageSince'] ?? null, fields['stageSince'] ?? null]
    if (is !== null && (was === null || before?.fields['pipeline'] !== fields['pipeline'])) add(counts, 'begun')
    else if (is === null) add(counts, byLadder && fields['stageNotice'] ? 'refused' : 'wanted')
    else if (before && before.fields['stage'] !== fields['stage']) add(counts, byLadder ? 'putBack' : 'moved')
  }

  /** The totals with what stands at the end. */
  end(shell: Shell): Totals {
    const { tasks, tiers, ...rest } = this.#totals
    let customers = 0
    for (const object of ['company', 'person'])
      for (const { fields, deleted } of shell.crm.records(object)) {
        if (deleted) continue
        customers++
        add(within(tiers, object), String(fields['ladderTier'] ?? '-'))
      }
    for (const { fields } of shell.crm.open('task'))
      if (typeof fields['ladderKey'] === 'string') add(tasks.open, String(fields['ladderKind']))
    return sorted({ customers, ...rest, tasks, tiers, digest: this.#hash.digest('hex') })
  }
}

/** Names in order, so that what is printed doesn't hang on what happened first. */
const sorted = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner as unknown)] as const)
  const isCounts = entries.every(([, inner]) => typeof inner === 'number')
  return Object.fromEntries(isCounts ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries) as T
}
