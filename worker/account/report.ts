import { subjectOfKey } from '../../schemas/events/keys.ts'
import type { TraceRow } from '../book/subjects.ts'
import type { ConsentStatus } from '../courier/tokens.ts'
import type { JournalStatus } from './journal.ts'
import { bookOf } from './merging.ts'
import type { Parts } from './parts.ts'

export interface Explained {
  ref: string
  state: unknown
  traces: TraceRow[]
}

/** What is known and was decided on a record, named by `object:id`, its id, a ladder key, or a customer number. */
export const explain = async (parts: Parts, what: string, most: number): Promise<Explained | null> => {
  const { settings, merges } = parts
  const ref = subjectNamed(parts, what)
  if (!settings || !ref) return null
  const state = await bookOf(parts, settings, ref).subject(ref)
  if (!state) return null
  // what was decided on those who were merged into it stands under their names
  const refs = [ref, ...merges.into(ref)]
  const traces = await Promise.all(refs.map((one) => bookOf(parts, settings, one).explain(one, most)))
  const newest = traces.flat().sort((a, b) => b.at - a.at)
  return { ref, state, traces: newest.slice(0, most) }
}

/** The subject of what is named so, also when it was merged into another. */
export const subjectNamed = (parts: Parts, what: string): string | undefined => {
  const named = refOf(parts, what)
  return named === undefined ? undefined : parts.merges.resolve(named)
}

const refOf = (parts: Parts, what: string): string | undefined => {
  const [object, id] = what.includes('/') ? [] : what.split(':')
  return (
    subjectOfKey(what) ??
    (object && id ? parts.router.linkOf(object, id) : undefined) ??
    parts.sql.one<{ ref: string }>("SELECT ref FROM link WHERE id = ? AND ref != '' LIMIT 1", what)?.ref ??
    parts.router.customer(what) ??
    (id ? what : undefined)
  )
}

/** Health of an account and of its parts: figures only. */
export interface Status {
  connected: true
  crm: string
  lastEventAt: string | null
  inbox: { waiting: number; oldestSeconds: number }
  /** Records that the CRM named and that have to be read, and which objects can't be. */
  toRead: { waiting: number; faults: { object: string; fault: string }[] }
  parked: number
  overdueTimers: number
  subjects: number
  outbox: number
  outboxOldestSeconds: number
  deadLetters: number
  fault: { at: number; kind: string; message: string } | null
  /** How the consent of the account's admin stands; null where the CRM is reached with a token of its own. */
  consent: ConsentStatus | null
  /** The day's calls to the CRM; null where it doesn't limit them. */
  budget: { day: string; used: number; limit: number; left: number } | null
  sweeps: { object: string; since: string; rounds: number; fault: string }[]
  /** How far the CRM's journal is read; null for a CRM without one. */
  journal: JournalStatus | null
  counters: Record<string, number>
  playbook: number
  coveredUntil: string | null
  time: string
}

const secondsSince = (now: number, at: number | null | undefined): number =>
  at == null ? 0 : Math.max(0, Math.round((now - at) / 1000))

export const statusOf = async (parts: Parts): Promise<Status | null> => {
  const { settings } = parts
  if (!settings) return null
  const now = parts.clock.now()
  const inbox = parts.sql.one<{ n: number; oldest: number | null }>(
    'SELECT count(*) AS n, min(at) AS oldest FROM inbox',
  )
  const courier = await parts.courier(settings).status()
  const books = await Promise.all(parts.books(settings).map((book) => book.status()))
  const sum = (pick: (book: (typeof books)[number]) => number): number =>
    books.reduce((total, book) => total + pick(book), 0)
  const active = parts.playbooks.active()
  const lastEventAt = parts.meta.get<number>('lastEventAt')
  return {
    connected: true,
    crm: settings.kind,
    lastEventAt: lastEventAt === undefined ? null : new Date(lastEventAt).toISOString(),
    inbox: { waiting: inbox?.n ?? 0, oldestSeconds: secondsSince(now, inbox?.oldest) },
    toRead: { waiting: parts.touched.count(), faults: parts.touched.faults() },
    parked: parts.sql.one<{ n: number }>('SELECT count(*) AS n FROM parked')?.n ?? 0,
    overdueTimers: sum((book) => book.overdue),
    subjects: sum((book) => book.subjects),
    outbox: courier.waiting + parts.outbox.size() + sum((book) => book.outbox),
    outboxOldestSeconds: secondsSince(now, courier.oldestAt),
    deadLetters: courier.dead,
    fault: courier.fault,
    consent: courier.consent,
    budget: courier.budget,
    sweeps: parts.sweeps.status(),
    journal: parts.journal.status(),
    counters: { ...parts.meta.counters(), ...courier.counters },
    playbook: active?.version ?? 0,
    coveredUntil: active?.source.calendar.coveredUntil ?? null,
    time: new Date(now).toISOString(),
  }
}
