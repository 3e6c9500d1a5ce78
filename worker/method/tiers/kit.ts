import type { Decision, FactData, Fields, LadderEvent, RecordSnapshot } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Playbook, Role, RoleHolder } from '../../../schemas/playbook/index.ts'
import type { CompiledPlaybook, Context } from '../context.ts'
import { decideInPlace } from '../decide.ts'
import { compilePlaybook } from '../playbook/index.ts'
import { newSubject, type SubjectState } from '../state.ts'
import { nextDue } from '../timers.ts'

/** What has tests of its own, and would stand between others. */
const QUIET = { leaderVisits: [], joint: [] }

/** For tests: one subject under a clock that is set by hand, with the bank's default playbook. */
export class Subject {
  state: SubjectState
  now: number
  playbook: CompiledPlaybook
  members: Record<string, string>
  readonly decisions: Decision[] = []
  private count = 0

  constructor(ref = 'company:c1', playbook: Partial<Playbook> = {}, holders: Partial<Record<Role, string>> = HOLDERS) {
    this.state = newSubject(ref)
    const { roles = rolesOf(holders) } = playbook
    this.playbook = compiled({ ...defaultPlaybook, ...QUIET, ...playbook, roles })
    this.members = membersOf(roles)
    this.now = this.instant('2026-03-02 10:00')
  }

  get ctx(): Context {
    return { playbook: this.playbook, now: this.now, members: this.members, pipeline: () => undefined }
  }

  /** Epoch milliseconds of `YYYY-MM-DD HH:MM` in the bank's zone. */
  instant(local: string): number {
    return this.playbook.calendar.instantOf(local.slice(0, 10), local.slice(11))
  }

  /** Sets the clock without firing timers: Ladder was down meanwhile. */
  at(local: string): this {
    this.now = this.instant(local)
    return this
  }

  /** Feeds one event at the present instant; gives what was decided. */
  feed(event: LadderEvent): Decision[] {
    const { decisions } = decideInPlace(this.state, event, this.ctx)
    this.decisions.push(...decisions)
    return decisions
  }

  /** Fires timers as they fall due until `local`; gives the instants at which they did. */
  until(local: string, most = 1000): number[] {
    const end = this.instant(local)
    const fired: number[] = []
    for (let due = nextDue(this.state, this.ctx); due !== null && due <= end; due = nextDue(this.state, this.ctx)) {
      if (due <= this.now && fired.length > 0) throw new Error('a timer that does not move on')
      this.now = Math.max(this.now, due)
      fired.push(this.now)
      this.feed({ type: 'time.passed', id: `t${this.count++}` })
      if (fired.length > most) throw new Error(`more than ${most} timers`)
    }
    this.now = end
    return fired
  }

  fact(data: FactData, id = `f${this.count++}`, at = new Date(this.now).toISOString()): Decision[] {
    return this.feed({ type: 'fact', id, customerNo: 'no', at, data })
  }

  balance(yuan: number, id?: string, at?: string): Decision[] {
    return this.fact({ kind: 'balance.changed', amount: Math.round(yuan * 100) }, id, at)
  }

  /** A person saves a record: fields are added to what it had. */
  save(object: string, id: string, fields: Fields, more: Partial<RecordSnapshot> = {}): Decision[] {
    const at = new Date(this.now).toISOString()
    const seen = this.state.records[object]?.[id]
    const record = { object, id, at, createdAt: seen?.createdAt ?? CREATED, deleted: false, ...more }
    const event = { type: 'record.changed', id: `r${this.count++}`, via: 'webhook' } as const
    return this.feed({ ...event, record: { ...record, fields: { ...seen?.fields, ...fields } } })
  }

  /** The customer's own record, owned by an RM. */
  known(fields: Fields = {}): this {
    const { object, id } = parseRef(this.state.ref)
    const owner: Fields = object === 'company' ? { accountOwnerId: 'rm' } : { ladderRm: 'rm' }
    this.save(object, id, { name: '华星', ...owner, ...fields })
    return this
  }

  get customer(): Fields {
    const { object, id } = parseRef(this.state.ref)
    return this.state.records[object]?.[id]?.fields ?? {}
  }

  openTasks(): string[] {
    return Object.keys(this.state.tasks).filter((key) => this.state.tasks[key]?.status === 'OPEN')
  }

  escalations() {
    return Object.values(this.state.escalations)
  }

  /** Last fields decided for a Ladder record, over all decisions so far. */
  written(object: string, key: string): Fields {
    const upserts = this.decisions.flatMap((one) =>
      one.do === 'upsert' && one.object === object && one.key === key ? [one.fields] : [],
    )
    return Object.assign({}, ...upserts)
  }

  /** All upserts of an object so far, by key. */
  upserts(object: string): { key: string; fields: Fields }[] {
    return this.decisions.flatMap((one) =>
      one.do === 'upsert' && one.object === object ? [{ key: one.key, fields: one.fields }] : [],
    )
  }
}

export const HOLDERS: Partial<Record<Role, string>> = {
  SUB_BRANCH_PRESIDENT: 'sbp',
  VICE_PRESIDENT: 'vp',
  PRESIDENT: 'p',
}

/** A roles map of one person a role, each with an address made of the CRM's id: `vp@bank.example`. */
export const rolesOf = (holders: Partial<Record<Role, string>>): RoleHolder[] =>
  Object.entries(holders).map(([role, id]) => ({ role: role as Role, members: [`${id}@bank.example`] }))

/** The CRM's users whom a roles map names: what stands before the @ is the id. */
export const membersOf = (roles: readonly RoleHolder[]): Record<string, string> =>
  Object.fromEntries(
    roles
      .flatMap(({ members, deputies = [] }) => [...members, ...deputies])
      .map((email) => [email.toLowerCase(), email.slice(0, email.indexOf('@'))]),
  )

const CREATED = '2026-01-01T00:00:00.000Z'

const known = new Map<string, CompiledPlaybook>()

export const compiled = (playbook: Playbook, version = 1): CompiledPlaybook => {
  const text = JSON.stringify([version, playbook])
  let done = known.get(text)
  if (!done) {
    const result = compilePlaybook(playbook, version)
    if (!result.ok) throw new Error(JSON.stringify(result))
    done = result.playbook
    known.set(text, done)
  }
  return done
}
