import { FLOWS, STOCKS } from '../../../worker/method/measures/keys.ts'
import { EVERYTHING, measures, type Narrow } from '../../../worker/method/measures/report.ts'
import { Book as RealBook } from '../../../worker/book/index.ts'
import type { Sort } from '../../../worker/book/roster.ts'

const BRANCHES = 20
const RMS = 10
const DAYS = 365
const EVERY = 12
/** Stages, tiers, causes: so many codes that a figure is kept by, on average. */
const CODES = 4
const FIRST = '2026-01-01'

/**
 * The real Book with a bank's figures and customers in its tables, put there at once: what is measured is reading. Each key of
 * a figure has a row on about every twelfth day of a year, as a key of one RM does whose customers change.
 */
export class Book extends RealBook {
  readonly #storage: DurableObjectStorage

  constructor(...[ctx, env]: ConstructorParameters<typeof RealBook>) {
    super(ctx, env)
    this.#storage = ctx.storage
  }

  async seed(customers: number): Promise<{ figures: number; customers: number }> {
    const { sql } = this.#storage
    const names = JSON.stringify([...STOCKS, ...FLOWS])
    this.#storage.transactionSync(() => {
      sql.exec(
        `INSERT INTO figure (key, day, value)
         WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${BRANCHES * RMS * CODES - 1}),
           d (turn) AS (SELECT 0 UNION ALL SELECT turn + 1 FROM d WHERE turn < ${Math.floor(DAYS / EVERY) - 1})
         SELECT name.value || '|C' || (i % ${CODES}) || '|B' || (i / ${RMS * CODES}) || '|rm' || (i / ${CODES}), date('${FIRST}', '+' || (turn * ${EVERY} + (i * 7 + length(name.value)) % ${EVERY}) || ' days'), 1 + (i * 31 + turn * 17) % 90
         FROM n, json_each(?) AS name, d ORDER BY 1, 2`,
        names,
      )
      sql.exec(
        `INSERT INTO figure_key SELECT DISTINCT key, substr(key, 1, instr(key, '|B') - 1), substr(key, instr(key, '|B') + 1, instr(key, '|rm') - instr(key, '|B') - 1), substr(key, instr(key, '|rm') + 1) FROM figure`,
      )
      sql.exec(
        `INSERT INTO listed (ref, name, number, branch, rm, tier, balance, due, contact, marks, escalations)
         WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${customers - 1})
         SELECT 'company:' || printf('%08d', i), 'Company ' || ((i * 7919) % ${customers}), 'N' || i, 'B' || (i % ${BRANCHES}), 'rm' || (i % ${BRANCHES * RMS}),
           CASE i % 4 WHEN 0 THEN 'GOLD' WHEN 1 THEN 'MID' ELSE 'GENERAL' END, (i * 7919) % 2000000000, date('2026-12-01', '+' || (i % 300) || ' days'), date('2026-01-01', '+' || (i % 300) || ' days'),
           CASE i % 50 WHEN 0 THEN '|overdue/GOLD|tier/GOLD|' ELSE '|tier/GOLD|' END,
           CASE i % 200 WHEN 0 THEN json_array(json_object('key', 'company:' || i || '/esc/1', 'cause', 'ESC_MOVE', 'level', 1 + i % 3, 'status', 'OPEN', 'raisedAt', '2026-12-01T00:00:00.000Z', 'climbsAt', '2026-12-02T00:00:00.000Z', 'detail', 'a large fall', 'levels', 3, 'role', 'RM', 'assignee', null)) ELSE '[]' END
         FROM n`,
      )
    })
    const count = (table: string): number => Number(sql.exec(`SELECT count(*) AS n FROM ${table}`).one().n)
    return { figures: count('figure'), customers: count('listed') }
  }
}

interface Env {
  BOOK: { getByName(name: string): Pick<Book, keyof Book> }
}

const days = ['2026-12-15', '2026-11-15', '2026-10-16']
const BRANCH: Narrow['scope'] = { branches: ['B3'], rm: null }

const figures =
  (narrow: Narrow) =>
  async (book: Pick<Book, keyof Book>): Promise<number> => {
    const [now = {}, before = {}, earlier = {}] = await book.figures(days, narrow)
    return measures({ now, before, earlier }).length
  }
const list =
  (more: { marks?: string[]; search?: string; sort?: Sort; branch?: boolean }) =>
  async (book: Pick<Book, keyof Book>): Promise<number> => {
    const { marks = [], search, sort = 'name', branch } = more
    const scope = branch ? BRANCH : EVERYTHING
    const wish = { scope, marks, search, sort, descending: false, after: null, most: 51 }
    return (await book.customers(wish)).rows.length
  }

/** What pages ask, by name. */
const QUESTIONS: Record<string, (book: Pick<Book, keyof Book>) => Promise<number>> = {
  'board of the bank': figures({}),
  'board of the bank, by branch': figures({ by: 'branch' }),
  'board of a branch': figures({ scope: BRANCH }),
  'board of an RM': figures({ scope: { branches: null, rm: 'rm42' } }),
  'all customers, by name': list({}),
  'customers of a branch, by name': list({ branch: true }),
  'customers with an overdue contact, by date': list({ marks: ['overdue/'], sort: 'due' }),
  'customers searched by a part of the name': list({ search: '471' }),
  'open escalations': async (book) => (await book.escalations({ scope: EVERYTHING })).length,
}

/** `POST /?customers=100000` fills the Book; `POST /?ask=…` answers one question; `POST /` tells their names. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method === 'GET') return new Response('up')
    const query = new URL(request.url).searchParams
    const book = env.BOOK.getByName('bench/0')
    const customers = Number(query.get('customers') ?? 0)
    if (customers > 0) return Response.json(await book.seed(customers))
    const ask = QUESTIONS[query.get('ask') ?? '']
    return Response.json(ask ? { rows: await ask(book) } : { questions: Object.keys(QUESTIONS) })
  },
}
