import { fromKept, type KeptPlaybook, type Playbook } from '../../schemas/playbook/index.ts'
import type { Sql } from '../shell/sql.ts'

export interface Version {
  version: number
  state: 'draft' | 'active' | 'retired'
  /** Epoch ms. */
  at: number
  origin: string
  who: string
  reason: string
}

/** Who makes a version or puts it in force, why, and which version they took to be in force; null: whichever is. */
export interface Wish {
  who: string
  reason: string
  base: number | null
}

const NOBODY = { who: '', reason: '' }

/** Versions of an account's playbook. One is active; versions are never changed, so a decision's version tells its rules. */
export class Playbooks {
  readonly #sql: Sql
  /** The one that was read last: reading it takes longer than most of what is done by it, and nearly every step asks for it. */
  #read: { version: number; at: number; source: Playbook } | undefined

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** The version in force. Its source is shared: nobody changes it. */
  active(): { version: number; source: Playbook } | undefined {
    const row = this.#sql.one<{ version: number; at: number }>(
      "SELECT version, at FROM playbook WHERE state = 'active'",
    )
    if (!row) return undefined
    const { version, at } = row
    // a version that a failed transaction took back may come again as another one: its time tells
    if (this.#read?.version !== version || this.#read.at !== at) {
      const source = this.get(version)
      this.#read = source && { version, at, source }
    }
    return this.#read && { version, source: this.#read.source }
  }

  get(version: number): Playbook | undefined {
    const row = this.#sql.one<{ source: string }>('SELECT source FROM playbook WHERE version = ?', version)
    return row && fromKept(JSON.parse(row.source) as KeptPlaybook)
  }

  list(): Version[] {
    return this.#sql.all<Version>(
      'SELECT version, state, at, origin, who, reason FROM playbook ORDER BY version DESC LIMIT 200',
    )
  }

  /** Keeps a checked playbook as a draft. Returns its version. */
  draft(source: Playbook, at: number, origin: string, { who, reason }: Pick<Wish, 'who' | 'reason'> = NOBODY): number {
    this.#sql.run(
      "INSERT INTO playbook (source, state, at, origin, who, reason) VALUES (?, 'draft', ?, ?, ?, ?)",
      JSON.stringify(source),
      at,
      origin,
      who,
      reason,
    )
    return this.#sql.one<{ version: number }>('SELECT max(version) AS version FROM playbook')?.version ?? 0
  }

  /** Whether the version that somebody took to be in force isn't any more. */
  isStale({ base }: Wish): boolean {
    return base !== null && base !== this.active()?.version
  }

  /** Puts a version in force; the one before retires. */
  activate(version: number): void {
    this.#sql.together(() => {
      this.#sql.run("UPDATE playbook SET state = 'retired' WHERE state = 'active'")
      this.#sql.run("UPDATE playbook SET state = 'active' WHERE version = ?", version)
    })
  }
}
