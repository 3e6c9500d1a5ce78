import type { Context } from '../method/context.ts'
import { type Counted, countIn, countOut, newlyKnown } from '../method/measures/index.ts'
import { add, type Figures as Values } from '../method/measures/keys.ts'
import { EVERYTHING, type Narrow } from '../method/measures/report.ts'
import type { SubjectState } from '../method/state.ts'
import type { Sql } from '../shell/sql.ts'
import { Roster, whoseTests } from './roster.ts'

/**
 * The figures of a Book (MEAS), added up as its subjects change, with their history: a row holds the value at the end of a day,
 * and counts until the next row. So asking costs by the figures, not by the customers. Each call runs in a transaction of the
 * caller's, together with the subjects' states.
 */
export class Figures {
  static readonly table = `
   -- figures by key and day (ISO date of the bank's zone): the value at the end of that day
   CREATE TABLE figure (key TEXT NOT NULL, day TEXT NOT NULL, value REAL NOT NULL, PRIMARY KEY (key, day)) WITHOUT ROWID;
   -- what of a subject is in the figures, and by which playbook version it was counted; 0 for never
   ALTER TABLE subject ADD COLUMN counted TEXT;
   ALTER TABLE subject ADD COLUMN counted_by INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX subject_counted ON subject (counted_by, ref);`

  /** Which keys there are, and whose: few beside their history. */
  static readonly keys = `
   CREATE TABLE figure_key (key TEXT PRIMARY KEY, stem TEXT NOT NULL, branch TEXT NOT NULL, rm TEXT NOT NULL) WITHOUT ROWID;
   INSERT INTO figure_key
     WITH one AS (SELECT DISTINCT key FROM figure),
       two AS (SELECT key, instr(key, '|') AS a FROM one),
       three AS (SELECT key, a + instr(substr(key, a + 1), '|') AS b FROM two),
       four AS (SELECT key, b, b + instr(substr(key, b + 1), '|') AS c FROM three)
     SELECT key, substr(key, 1, b - 1), substr(key, b + 1, c - b - 1), substr(key, c + 1) FROM four;`

  readonly #sql: Sql
  /** Who stands behind them. */
  readonly roster: Roster
  #change: Values = {}

  constructor(sql: Sql) {
    this.#sql = sql
    this.roster = new Roster(sql)
  }

  /** Counts a subject as it stands now. `kept`: what was counted of it, as text; null when never; undefined when it is new. */
  count(state: SubjectState, kept: string | null | undefined, ctx: Context): string {
    const before = kept === undefined ? newlyKnown(ctx.now) : kept === null ? null : (JSON.parse(kept) as Counted)
    const { change, counted, listed } = countIn(state, ctx, before)
    this.roster.put(state.ref, listed)
    for (const key in change) add(this.#change, key, change[key])
    return JSON.stringify(counted)
  }

  /** Takes a subject out. */
  letGo(kept: string | null): void {
    if (kept === null) return
    const change = countOut(JSON.parse(kept) as Counted)
    for (const key in change) add(this.#change, key, change[key])
  }

  /** Writes what was counted since, on a day (ISO date). */
  write(day: string): void {
    for (const [key, by] of Object.entries(this.#change)) {
      if (by === 0) continue
      this.#sql.run(
        `INSERT INTO figure (key, day, value)
         SELECT ?1, max(?2, coalesce(max(day), ?2)), ?3 + coalesce((SELECT value FROM figure WHERE key = ?1 ORDER BY day DESC LIMIT 1), 0)
         FROM figure WHERE key = ?1
         ON CONFLICT (key, day) DO UPDATE SET value = excluded.value`,
        key,
        day,
        by,
      )
      const [name, code, branch = '', rm = ''] = key.split('|')
      this.#sql.run(
        'INSERT INTO figure_key (key, stem, branch, rm) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
        key,
        `${name}|${code}`,
        branch,
        rm,
      )
    }
    this.#change = {}
  }

  /**
   * Figures as they stood at the end of each of these days (ISO dates), added up as they are asked for; those that are 0 left out.
   * Goes straight to each key's row of the day: what it costs grows with the keys that are asked for, not with the history.
   */
  on(days: string[], narrow: Narrow): Values[] {
    const { tests, values } = whoseTests({ ...narrow, scope: narrow.scope ?? EVERYTHING }, days.length + 1)
    const row = (at: number): string =>
      `(SELECT value FROM figure WHERE figure.key = each.key AND day <= ?${at + 1} ORDER BY day DESC LIMIT 1) AS v${at}`
    const kept = narrow.by === undefined ? '' : `, ${narrow.by}`
    const rows = this.#sql.all<Record<string, string | number | null>>(
      `SELECT stem${kept}, ${days.map((_, at) => `sum(v${at}) AS v${at}`).join(', ')} FROM
         (SELECT stem, branch, rm, ${days.map((_, at) => row(at)).join(', ')} FROM figure_key AS each ${tests.length > 0 ? `WHERE ${tests.join(' AND ')}` : ''})
       GROUP BY stem${kept}`,
      ...days,
      ...values,
    )
    return days.map((_, at) =>
      Object.fromEntries(
        rows.flatMap((one) => {
          const value = Number(one[`v${at}`] ?? 0)
          return value === 0 ? [] : [[`${one['stem']}|${one['branch'] ?? ''}|${one['rm'] ?? ''}`, value]]
        }),
      ),
    )
  }

  /** Subjects that another playbook counted, or none. */
  outdated(version: number, most: number): string[] {
    return this.#sql
      .all<{ ref: string }>(
        'SELECT ref FROM subject WHERE counted_by < ? ORDER BY counted_by, ref LIMIT ?',
        version,
        most,
      )
      .map(({ ref }) => ref)
  }
}
