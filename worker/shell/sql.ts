/** A value that SQLite keeps. */
export type SqlValue = string | number | null | ArrayBuffer

/** The SQL of one Durable Object, with its migrations applied once each, in order. */
export class Sql {
  readonly #storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage, migrations: readonly string[]) {
    this.#storage = storage
    this.run('CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY)')
    const done = this.all<{ id: number }>('SELECT id FROM migration').length
    for (const [id, script] of migrations.entries()) {
      if (id < done) continue
      this.together(() => {
        this.run(script)
        this.run('INSERT INTO migration (id) VALUES (?)', id)
      })
    }
  }

  run(query: string, ...values: SqlValue[]): number {
    return this.#storage.sql.exec(query, ...values).rowsWritten
  }

  all<Row>(query: string, ...values: SqlValue[]): Row[] {
    return this.#storage.sql.exec(query, ...values).toArray() as Row[]
  }

  one<Row>(query: string, ...values: SqlValue[]): Row | undefined {
    return this.all<Row>(query, ...values)[0]
  }

  /** All or nothing. */
  together<T>(work: () => T): T {
    return this.#storage.transactionSync(work)
  }
}
