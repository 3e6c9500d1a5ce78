import { Hono } from 'hono/tiny'
import * as z from '../../schemas/z.ts'
import type { EscalationRow, RosterRow, Sort } from '../book/roster.ts'
import { SORTS } from '../book/roster.ts'
import type { ConsoleEnv } from './guard.ts'
import { bad, type Call } from './read.ts'

const text = z.optional(z.string().check(z.maxLength(200)))
const whole = z.pipe(z.string().check(z.regex(/^\d{1,4}$/, 'a whole number')), z.transform(Number))
const mark = z.string().check(z.regex(/^[A-Za-z]+\/[^|]{0,200}$/, 'a figure such as stage/DEV-A/DEV-A03, or overdue/'))

const customersSchema = z.strictObject({
  branch: text,
  rm: text,
  tier: text,
  /** Figures, with a comma between. */
  figure: z.optional(
    z.pipe(
      z.string(),
      z.transform((list) => list.split(',').filter(Boolean)),
    ),
  ),
  search: text,
  sort: z._default(z.enum(SORTS), 'name'),
  order: z.optional(z.enum(['asc', 'desc'])),
  limit: z._default(whole, 50),
  cursor: z.optional(z.string().check(z.maxLength(2000))),
})
const escalationsSchema = z.strictObject({
  branch: text,
  rm: text,
  cause: text,
  level: z.optional(whole),
  status: z.optional(z.enum(['OPEN', 'PAUSED', 'SNOOZED', 'ACKNOWLEDGED'])),
  limit: z._default(whole, 200),
})
const MOST = 500

const issuesOf = (error: { issues: { path: PropertyKey[]; message: string }[] }): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')

type Place = { value: string | number; ref: string }
const cursorSchema = z.strictObject({ value: z.union([z.string(), z.number()]), ref: z.string() })

/** Where a page ended, as the next one is asked for: opaque to whoever asks. */
const cursorOf = (place: Place): string => btoa(encodeURIComponent(JSON.stringify(place)))
const placeOf = (cursor: string): Place | null => {
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(decodeURIComponent(atob(cursor))))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The value by which a row is in order. */
const valueOf = (row: RosterRow, sort: Sort): string | number => (sort === 'balance' ? (row.balance ?? 0) : row[sort])

/** As SQLite has texts in order: by code points, not by halves of them, which differ for rare characters of names. */
const compareTexts = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const compare = (a: Place, b: Place): number =>
  (typeof a.value === 'number' && typeof b.value === 'number'
    ? a.value - b.value
    : compareTexts(String(a.value), String(b.value))) || compareTexts(a.ref, b.ref)

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')
const booksOf = async (context: Call) =>
  (await accountOf(context).books()).map((name) => context.env.BOOK.getByName(name))

/** Highest level first, then whose time runs out first. */
const byPressure = (a: EscalationRow, b: EscalationRow): number =>
  b.level - a.level || compareTexts(a.climbsAt ?? '~', b.climbsAt ?? '~') || compareTexts(a.key, b.key)

/** Customers and open escalations behind the figures, for managers and RMs of the own branches or book alone. */
export const listsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  app.get('/accounts/:account/customers', async (context) => {
    const wish = customersSchema.safeParse(context.req.query())
    if (!wish.success) return bad(context, issuesOf(wish.error))
    const { figure: marks = [], cursor, order, limit, ...rest } = wish.data
    const wrong = marks.find((one) => !mark.safeParse(one).success)
    if (wrong !== undefined) return bad(context, `figure: ${wrong} is none such as stage/DEV-A/DEV-A03, or overdue/`)
    const after = cursor === undefined ? null : placeOf(cursor)
    if (cursor !== undefined && !after) return bad(context, 'cursor: take it from the page before')
    const most = Math.min(MOST, Math.max(1, limit))
    const descending = order === 'desc'
    const scope = context.get('seen')
    // the branch is in what is looked at already
    const asked = { ...rest, branch: undefined, marks, scope, descending, after, most: most + 1 }
    const pages = await Promise.all((await booksOf(context)).map((book) => book.customers(asked)))
    const placed = pages.flatMap(({ rows }) =>
      rows.map((row) => ({ row, value: valueOf(row, rest.sort), ref: row.ref })),
    )
    placed.sort((a, b) => (descending ? compare(b, a) : compare(a, b)))
    const shown = placed.slice(0, most)
    const last = placed.length > most ? shown.at(-1) : undefined
    return context.json({
      total: pages.reduce((sum, { total }) => sum + total, 0),
      customers: shown.map(({ row: { marks: text, ...row } }) => ({
        ...row,
        figures: text.split('|').filter(Boolean),
      })),
      next: last ? cursorOf({ value: last.value, ref: last.ref }) : null,
    })
  })

  app.get('/accounts/:account/escalations', async (context) => {
    const wish = escalationsSchema.safeParse(context.req.query())
    if (!wish.success) return bad(context, issuesOf(wish.error))
    const { limit, ...rest } = wish.data
    const asked = { ...rest, branch: undefined, scope: context.get('seen') }
    const pages = await Promise.all((await booksOf(context)).map((book) => book.escalations(asked)))
    const rows = pages.flat().sort(byPressure)
    return context.json({ total: rows.length, escalations: rows.slice(0, Math.min(MOST, limit)) })
  })

  app.get('/accounts/:account/owners', async (context) => {
    const books = await booksOf(context)
    const each = async (column: 'branch' | 'rm'): Promise<string[]> => {
      const found = await Promise.all(books.map((book) => book.own(column, context.get('seen'))))
      return [...new Set(found.flat())].filter(Boolean).sort()
    }
    const [branches, rms] = await Promise.all([each('branch'), each('rm')])
    return context.json({ branches, rms })
  })

  return app
}
