import { fromKept, type KeptPlaybook, type Playbook } from '../../schemas/playbook/index.ts'
import type { Sql } from '../shell/sql.ts'

export interface Version {
  version: number
  state: 'draft' | 'active' | 'retired'
  /** Epoch ms. */
  at: number
  origin: string
}

/** Versions of an account's playbook. One is active; versions are never changed, so a decision's version tells its rules. */
export class Playbooks {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  active(): { version: number; source: Playbook } | undefined {
    const row = this.#sql.one<{ version: number; source: string }>(
      "SELECT version, source FROM playbook WHERE state = 'active'",
    )
    return row && { version: row.version, source: fromKept(JSON.parse(row.source) as KeptPlaybook) }
  }

  get(version: number): Playbook | undefined {
    const row = this.#sql.one<{ source: string }>('SELECT source FROM playbook WHERE version = ?', version)
    return row && fromKept(JSON.parse(row.source) as KeptPlaybook)
  }

  list(): Version[] {
    return this.#sql.all<Version>('SELECT version, state, at, origin FROM playbook ORDER BY version DESC LIMIT 200')
  }

  /** Keeps a checked playbook as a draft. Returns its version. */
  draft(source: Playbook, at: number, origin: string): number {
    this.#sql.run(
      "INSERT INTO playbook (source, state, at, origin) VALUES (?, 'draft', ?, ?)",
      JSON.stringify(source),
      at,
      origin,
    )
    return this.#sql.one<{ version: number }>('SELECT max(version) AS version FROM playbook')?.version ?? 0
  }

  /** Puts a version in force; the one before retires. */
  activate(version: number): void {
    this.#sql.together(() => {
      this.#sql.run("UPDATE playbook SET state = 'retired' WHERE state = 'active'")
      this.#sql.run("UPDATE playbook SET state = 'active' WHERE version = ?", version)
    })
  }
}
