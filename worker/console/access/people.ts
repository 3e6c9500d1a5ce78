import type { Sql } from '../../shell/sql.ts'
import type { Grant, Role } from './roles.ts'

/** Somebody with a grant. */
export interface Person extends Grant {
  /** An e-mail address in small letters, or `sub:` and the subject by which a provider knows the person. */
  who: string
  kind: 'email' | 'subject'
  /** The provider of a subject; '' for an address. */
  issuer: string
  /** When it was granted last, epoch ms, and by whom. */
  at: number
  by: string
}

interface Row extends Omit<Person, 'branches' | 'accounts'> {
  branches: string
  accounts: string | null
}

/** A signed-in person as the provider told. */
export interface Known {
  issuer: string
  subject: string
  /** '' when the provider vouches for none. */
  email: string
}

const personOf = ({ branches, accounts, ...row }: Row): Person => ({
  ...row,
  role: row.role as Role,
  branches: JSON.parse(branches) as string[],
  accounts: accounts === null ? null : (JSON.parse(accounts) as string[]),
})

/** Grants by person. There is always an admin left once there was one. */
export class People {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  list(): Person[] {
    return this.#sql.all<Row>('SELECT * FROM person ORDER BY who').map(personOf)
  }

  get(who: string): Person | undefined {
    const row = this.#sql.one<Row>('SELECT * FROM person WHERE who = ?', who)
    return row && personOf(row)
  }

  /** The grant of somebody whom a provider knows: by subject first, which never goes to another person. */
  of({ issuer, subject, email }: Known): Person | undefined {
    const row = this.#sql.one<Row>(
      `SELECT * FROM person WHERE (kind = 'subject' AND who = ?1 AND issuer = ?2) OR (kind = 'email' AND who = ?3 AND ?3 != '')
       ORDER BY kind = 'email' LIMIT 1`,
      `sub:${subject}`,
      issuer,
      email,
    )
    return row && personOf(row)
  }

  /** False when this would leave no admin. */
  put(person: Person): boolean {
    const isAdmin = person.role === 'ADMIN' && person.accounts === null
    if (!isAdmin && this.#isLastAdmin(person.who)) return false
    this.#sql.run(
      `INSERT OR REPLACE INTO person (who, kind, issuer, name, role, branches, rm, accounts, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      person.who,
      person.kind,
      person.issuer,
      person.name,
      person.role,
      JSON.stringify(person.branches),
      person.rm,
      person.accounts === null ? null : JSON.stringify(person.accounts),
      person.at,
      person.by,
    )
    return true
  }

  remove(who: string): 'removed' | 'unknown' | 'last-admin' {
    if (this.#isLastAdmin(who)) return 'last-admin'
    return this.#sql.run('DELETE FROM person WHERE who = ?', who) > 0 ? 'removed' : 'unknown'
  }

  #isLastAdmin(who: string): boolean {
    const admins = this.#sql.all<{ who: string }>(
      "SELECT who FROM person WHERE role = 'ADMIN' AND accounts IS NULL LIMIT 2",
    )
    return admins.length === 1 && admins[0]?.who === who
  }
}
