import { Hono } from 'hono/tiny'
import type { Basis } from '../account/index.ts'
import { workingCalendar } from '../method/calendar/index.ts'
import * as z from '../../schemas/z.ts'
import type { ConsoleEnv } from './guard.ts'
import { bad, type Call } from './read.ts'
import { isNarrow, isOwn } from './scope.ts'
import { tracesOf } from './trace.ts'
import { SAID, saidOf } from './refusals.ts'

const MOST = 1000
const whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'a whole number')), z.transform(Number))
const day = z.iso.date('a day such as 2026-11-30')
const text = z._default(z.string().check(z.maxLength(500)), '')

const eventsSchema = z
  .strictObject({
    /** Words that all fit: a customer's number, a record's id, a key of Ladder's, an object, a way, an event's id. */
    filter: text,
    /** A type of event, such as `fact`. */
    kind: text,
    from: z.optional(day),
    /** Included. */
    to: z.optional(day),
    before: z.optional(whole),
    limit: z._default(whole, 50),
    /** Looked at already. */
    branch: z.optional(z.string()),
  })
  .check(z.refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'a day not before `from`' }))

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')

/** The word itself, or the customer whom it names: a customer is asked for with all that is about it. */
const subjectOf = async (context: Call, word: string): Promise<string> => {
  const told = await accountOf(context).explain(word, 1)
  if (!told) return word
  const [object = '', id = ''] = told.ref.split(':')
  const { records } = told.state as { records: Record<string, Record<string, { fields: Record<string, unknown> }>> }
  const number = records[object]?.[id]?.fields['ladderCustomerNo']
  return word === number || word.includes('/') ? told.ref : word
}

/** Subjects of the customers that may be seen; null: all. */
const refsOf = async (context: Call, { books }: Basis): Promise<string[] | null> => {
  const seen = context.get('seen')
  if (!isNarrow(seen)) return null
  return (await Promise.all(books.map((name) => context.env.BOOK.getByName(name).own('ref', seen)))).flat()
}

/**
 * What came in, newest first, and what became of it: of all, or of the own customers. Days are the bank's. An event's trace is
 * asked for by its subject and id, or by the key of a record that Ladder made or changed.
 */
export const eventsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  app.get('/accounts/:account/events', async (context) => {
    const wish = eventsSchema.safeParse(context.req.query())
    if (!wish.success) return bad(context, saidOf(wish.error.issues))
    const basis = await accountOf(context).basis()
    if (!basis) return context.json({ events: [] })
    const { filter, kind, from, to, before, limit } = wish.data
    const words = await Promise.all(
      filter
        .split(/\s+/)
        .filter(Boolean)
        .slice(0, 8)
        .map((word) => subjectOf(context, word)),
    )
    const calendar = workingCalendar(basis.source.calendar)
    const events = await accountOf(context).events({
      most: Math.min(MOST, Math.max(1, limit)),
      words: kind === '' ? words : [...words, kind],
      from: from === undefined ? from : calendar.instantOf(from, '00:00'),
      to: to === undefined ? to : calendar.instantOf(calendar.addDays(to, 1), '00:00'),
      before,
      refs: await refsOf(context, basis),
    })
    const refs = [...new Set(events.map(({ ref }) => ref))].filter(Boolean)
    const named = basis.books.map((name) => context.env.BOOK.getByName(name).names(refs))
    const names = new Map((await Promise.all(named)).flat())
    return context.json({ events: events.map((one) => ({ ...one, name: names.get(one.ref) ?? '' })) })
  })

  app.get('/accounts/:account/trace', async (context) => {
    const { ref = '', event = '', key = '' } = context.req.query()
    const named = key || ref
    const isShown = named !== '' && (key !== '' || event !== '')
    const told =
      isShown && (await isOwn(accountOf(context), named, context.get('seen')))
        ? await tracesOf(context.env, context.req.param('account'), key === '' ? { ref, event } : { key })
        : null
    return told ? context.json(told) : context.json({ error: 'not-found', ...SAID.tracedBy }, 404)
  })

  return app
}
