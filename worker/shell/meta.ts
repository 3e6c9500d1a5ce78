import type { Sql } from './sql.ts'

/** Small named values of one Durable Object, as JSON. The table is `meta (key, value)`. */
export class Meta {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  get<T>(key: string): T | undefined {
    const row = this.#sql.one<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)
    return row ? (JSON.parse(row.value) as T) : undefined
  }

  set(key: string, value: unknown): void {
    this.#sql.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    )
  }

  delete(key: string): void {
    this.#sql.run('DELETE FROM meta WHERE key = ?', key)
  }

  readonly #tally = new Map<string, number>()

  /** Adds to a counter in memory alone, where a write would be too dear: `saveTally` keeps it. */
  tally(name: string): void {
    this.#tally.set(name, (this.#tally.get(name) ?? 0) + 1)
  }

  saveTally(): void {
    for (const [name, by] of this.#tally) this.count(name, by)
    this.#tally.clear()
  }

  /** Adds to a counter. */
  count(name: string, by = 1): void {
    this.#sql.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = value + ?',
      `count:${name}`,
      String(by),
      by,
    )
  }

  counters(): Record<string, number> {
    const rows = this.#sql.all<{ key: string; value: string }>("SELECT key, value FROM meta WHERE key LIKE 'count:%'")
    const counters = Object.fromEntries(rows.map((row) => [row.key.slice(6), Number(row.value)]))
    for (const [name, by] of this.#tally) counters[name] = (counters[name] ?? 0) + by
    return counters
  }
}
