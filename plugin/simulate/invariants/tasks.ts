import type { Decision, Fields, LadderEvent, RecordSnapshot, Ref } from '../../../schemas/events/index.ts'
import { BANK, subjectOfKey } from '../../../schemas/events/keys.ts'
import { type Change, idOfKey } from '../model-crm.ts'
import type { Root, Shell } from '../shell.ts'
import type { Report } from './report.ts'

/** Ladder's tasks: none twice, and what time alone brings about comes when people work. */
export class Tasks {
  readonly #shell: Shell
  readonly #report: Report
  /** Open tasks by what they say. */
  readonly #open = new Map<string, Set<string>>()
  readonly #meanings = new Map<string, string>()
  readonly #changed = new Map<string, RecordSnapshot>()

  constructor(shell: Shell, report: Report) {
    this.#shell = shell
    this.#report = report
  }

  decided(ref: Ref, event: LadderEvent, decisions: readonly Decision[], root: Root): void {
    for (const decision of decisions) {
      if (decision.do !== 'upsert') continue
      const { object, key, fields } = decision
      const isTask = object === 'task' && 'title' in fields
      if (!isTask && !(object === 'escalation' && 'level' in fields)) continue
      if (root === 'time' && !this.#isTime(ref)) {
        const at = new Date(this.#shell.now).toISOString()
        this.#report.say('working-time', ref, `${object} ${key} at ${at}, by ${event.id}`)
      }
      if (isTask && this.#shell.crm.get('task', idOfKey(key))) this.#report.say('twice', ref, `${key} was made before`)
    }
  }

  /** Working time; for what the bank does at an hour that its playbook names, such as the weekly lists, a workday. */
  #isTime(ref: Ref): boolean {
    const calendar = this.#report.calendar(ref)
    const { now } = this.#shell
    return ref === BANK ? calendar.isWorkday(calendar.dateOf(now)) : calendar.isWorking(now)
  }

  changed({ record }: Change): void {
    const key = record.fields['ladderKey']
    if (typeof key === 'string') this.#changed.set(key, record)
  }

  /** No two open tasks say the same of the same matter, no customer has two contacts to make, no level two tasks. */
  check(): void {
    for (const [key, { fields, deleted }] of this.#changed) {
      const owner = subjectOfKey(key)
      if (owner === undefined) continue
      const before = this.#meanings.get(key)
      if (before !== undefined) this.#open.get(before)?.delete(key)
      this.#meanings.delete(key)
      if (deleted || fields['status'] === 'DONE') continue
      const meaning = meaningOf(owner, key, fields)
      const same = this.#open.get(meaning) ?? new Set()
      this.#open.set(meaning, same.add(key))
      this.#meanings.set(key, meaning)
    }
    for (const key of this.#changed.keys()) {
      const others = [...(this.#open.get(this.#meanings.get(key) ?? '') ?? [])].filter((other) => other !== key)
      if (others.length > 0)
        this.#report.say(
          'twice',
          subjectOfKey(key) ?? '',
          `${[key, ...others].sort().join(' and ')} are open for one thing`,
        )
    }
    this.#changed.clear()
  }
}

const MATTER = ['title', 'dueAt', 'ladderRole', 'ladderCampaign', 'ladderDevelopment', 'assigneeId']

const meaningOf = (owner: Ref, key: string, fields: Fields): string => {
  const kind = fields['ladderKind'] ?? null
  const level = /^(.*\/task\/\d+)\/\d+$/.exec(key)?.[1]
  if (kind === 'ESCALATION' && level !== undefined) return level
  const more = kind === 'CONTACT' ? [] : MATTER.map((name) => fields[name] ?? null)
  return JSON.stringify([owner, kind, ...more])
}
