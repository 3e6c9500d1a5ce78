import { open, seal } from '../shell/secrets.ts'
import type { Sql } from '../shell/sql.ts'

export type SecretName = 'twenty' | 'hubspot' | 'corebank'

/** How many secrets of one name are good at once: a new one and the one before, so that a change leaves no gap. */
const GOOD = 2

/** The secrets with which webhooks and facts are signed, sealed in storage, opened once into memory. */
export class Vault {
  readonly #sql: Sql
  readonly #masterKey: string
  readonly #opened = new Map<SecretName, string[]>()

  constructor(sql: Sql, masterKey: string) {
    this.#sql = sql
    this.#masterKey = masterKey
  }

  /** Adds a secret as the newest one of its name. */
  async add(account: string, name: SecretName, secret: string): Promise<void> {
    const before = await this.get(account, name)
    if (before[0] === secret) return
    const list = [secret, ...before.filter((one) => one !== secret)].slice(0, GOOD)
    const sealed = await seal(this.#masterKey, `${account}/${name}`, JSON.stringify(list))
    this.#sql.run(
      'INSERT INTO secret (name, sealed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed',
      name,
      sealed,
    )
    this.#opened.set(name, list)
  }

  /** Secrets of a name, newest first; none when it has none or the master key doesn't open them. */
  async get(account: string, name: SecretName): Promise<string[]> {
    const known = this.#opened.get(name)
    if (known) return known
    const row = this.#sql.one<{ sealed: string }>('SELECT sealed FROM secret WHERE name = ?', name)
    const text = row && (await open(this.#masterKey, `${account}/${name}`, row.sealed))
    const list = text === undefined ? [] : (JSON.parse(text) as string[])
    this.#opened.set(name, list)
    return list
  }

  forget(): void {
    this.#opened.clear()
  }
}
