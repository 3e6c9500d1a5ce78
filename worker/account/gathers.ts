import type { Fields, Gather, Gathered, GatheredRow } from '../../schemas/events/index.ts'
import { BANK } from '../../schemas/events/keys.ts'
import { MEASURES_QUERY } from '../method/bank/figures.ts'
import { FIGURE, WEEKLY_QUERY } from '../method/bank/keys.ts'
import { type Answer, joinAnswers } from '../method/gather/index.ts'
import type { Sql } from '../shell/sql.ts'
import { applyInBooks } from './books.ts'
import { type FiguresReport, figuresOf } from './figures.ts'
import { forceOf } from './method.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'

interface Open {
  id: string
  gather: string
  shard: number
  after: string
  answer: string
}

/** Questions of subjects over all customers, with how far the Books have answered: a crash goes on from there. */
export class Gathers {
  static readonly table = `CREATE TABLE gather (id TEXT PRIMARY KEY, gather TEXT NOT NULL, shard INTEGER NOT NULL, after TEXT NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;`
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Takes a question; the same id twice is one question. */
  ask(wish: Gather): void {
    this.#sql.run(
      `INSERT INTO gather (id, gather, shard, after, answer) VALUES (?, ?, 0, '', '{"rows":[],"total":0}') ON CONFLICT (id) DO NOTHING`,
      wish.id,
      JSON.stringify(wish),
    )
  }

  waits(): boolean {
    return this.#sql.one('SELECT 1 FROM gather LIMIT 1') !== undefined
  }

  open(): Open[] {
    return this.#sql.all<Open>('SELECT * FROM gather ORDER BY id')
  }

  keep(id: string, shard: number, after: string, answer: Answer): void {
    const text = JSON.stringify(answer)
    this.#sql.run('UPDATE gather SET shard = ?, after = ?, answer = ? WHERE id = ?', shard, after, text, id)
  }

  done(id: string): void {
    this.#sql.run('DELETE FROM gather WHERE id = ?', id)
  }
}

/** Has the Books answer what is asked, and gives each answer to who asked. An answer told twice counts once there. */
export const answerGathers = async (parts: Parts, settings: Settings): Promise<void> => {
  const books = parts.books(settings)
  for (const one of parts.gathers.open()) {
    const { id, ref, query, params } = JSON.parse(one.gather) as Gather
    let answer = query === MEASURES_QUERY ? await measured(parts, params) : (JSON.parse(one.answer) as Answer)
    let { shard, after } = query === MEASURES_QUERY ? { shard: books.length, after: '' } : one
    for (let book = books[shard]; book; book = books[shard]) {
      const page = await book.gather(query, params, after)
      answer = joinAnswers(query, params, answer, page)
      if (page.next === null) shard++
      after = page.next ?? ''
      parts.gathers.keep(id, shard, after, answer)
    }
    if (query === WEEKLY_QUERY) answer.rows.push(...(await weeklyFigures(parts, params)))
    const event: Gathered = { type: 'gathered', id, query, params, ...answer }
    await applyInBooks(parts.env.BOOK, settings.account, settings.shards, forceOf(parts), [{ ref, event }])
    parts.gathers.done(id)
  }
}

/** Figures of the bank and of each branch, as rows of an answer. */
const measured = async (parts: Parts, { on, against }: Fields): Promise<Answer> => {
  const report = await figuresOf(parts, { on: String(on), against: String(against), by: 'branch' })
  if (!report) return { rows: [], total: 0 }
  const of = (branch: string, rows: FiguresReport['rows']) =>
    rows.map((row) => ({ ref: BANK, branch, on: report.on, ...row }))
  const branches = report.groups.filter(({ key }) => key !== '')
  const rows = [...of('', report.rows), ...branches.flatMap(({ key, rows: some }) => of(key, some))]
  return { rows, total: rows.length }
}

/** The figures that go with a week's lists: of a branch, and of each of its RMs. */
const weeklyFigures = async (parts: Parts, { branch, on, against }: Fields): Promise<GatheredRow[]> => {
  const wish = { on: String(on), against: String(against), by: 'rm' as const, branch: String(branch) }
  const report = await figuresOf(parts, wish)
  const groups = report ? [{ key: '', rows: report.rows }, ...report.groups.filter(({ key }) => key !== '')] : []
  return groups.flatMap(({ key, rows }) =>
    rows.filter(({ id }) => IN_PACK.includes(id)).map((row) => ({ ref: BANK, kind: FIGURE, rm: key, ...row })),
  )
}

const IN_PACK = ['MEAS-4x2', 'MEAS-CONT', 'MEAS-ESC']
