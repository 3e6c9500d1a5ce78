import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { ReadAnswer } from '../courier/index.ts'
import type { Delivered } from './delivery.ts'
import type { Touched, Waiting } from './touched.ts'
import { changed, type Incoming } from './unpack.ts'

/** What reading touched records needs of the Account. */
export interface HydrateDeps {
  touched: Touched
  read(object: string, ids: string[]): Promise<ReadAnswer<RecordSnapshot[]>>
  deliver(events: Incoming[]): Promise<Delivered>
  /** Whether a customer was merged into another: it isn't gone, it goes by another id. */
  isMerged(object: string, id: string): boolean
  /** Whether a record was there before Ladder and is seen for the first time. */
  isOld(record: RecordSnapshot): boolean
  count(name: string, by: number): void
}

/** What others hang on is read first. */
const FIRST = ['company', 'person', 'campaignTemplate', 'campaign', 'development']
/** Calls in one run: the runtime ends an alarm that works for too long. */
const MOST_CALLS = 100
const RETRY_MS = 5_000
const FAULT_MS = 60_000
/** Refusals of one record alone before it is left out; the sweep still looks for it. */
const MOST_TRIES = 3

/**
 * Reads what the CRM named, in batches, and brings it to those whom it is about. What was read is how the record is, so it
 * counts as a sweep's find; an echo of our own write is equal to what is known and ends in the Book. What can't be read now
 * waits: nothing is lost, and no object holds up another.
 */
export const hydrate = async (deps: HydrateDeps, now: number): Promise<void> => {
  const rank = (object: string): number => (FIRST.indexOf(object) + 1 || FIRST.length + 1) - 1
  const objects = deps.touched.objects(now).sort((a, b) => rank(a) - rank(b))
  let calls = 0
  for (const object of objects) {
    while (calls++ < MOST_CALLS) if (!(await readSome(deps, object, now))) break
  }
}

/** All that waits of one object, before its turn comes: others rest on it. */
export const hydrateOne = async (deps: HydrateDeps, object: string, now: number): Promise<void> => {
  if (!deps.touched.objects(now).includes(object)) return
  for (let calls = 0; calls < MOST_CALLS; calls++) if (!(await readSome(deps, object, now))) return
}

/** One call. Whether the object may go on. */
const readSome = async (deps: HydrateDeps, object: string, now: number): Promise<boolean> => {
  const { touched } = deps
  const rows = touched.next(object, now)
  if (rows.length === 0) return false
  const answer = await deps.read(
    object,
    rows.map((row) => row.id),
  )
  if (!answer.ok) return waitOrSplit(deps, object, rows, answer.failure, now)
  const delivered = await deps.deliver(eventsOf(deps, object, rows, answer.value, now))
  if (!delivered.ok) {
    touched.later(object, now + RETRY_MS, '')
    return false
  }
  touched.done(object, rows)
  deps.count('hydrated', rows.length)
  return true
}

const eventsOf = (
  deps: HydrateDeps,
  object: string,
  rows: Waiting[],
  records: RecordSnapshot[],
  now: number,
): Incoming[] => {
  const asked = new Map(rows.map((row) => [row.id, row]))
  // one that was merged isn't there by its own id, but by the one that took over
  const found = new Set(records.flatMap(({ id, merged = [] }) => [id, ...merged]))
  const seen = records.map((record): Incoming => {
    const row = asked.get(record.id)
    const adopt = row?.adopt === true || deps.isOld(record)
    return { ...changed(row?.turned ? movedOn(record, row.at) : record, 'sweep', adopt), hint: row?.via ?? 'webhook' }
  })
  const missing = rows.filter(({ id }) => !found.has(id) && !deps.isMerged(object, id))
  return [...seen, ...missing.map((row) => goneNow(object, row, now))]
}

/** Deleting and bringing back need not move a record's own time. */
const movedOn = (record: RecordSnapshot, at: string): RecordSnapshot => (record.at < at ? { ...record, at } : record)

/** The CRM doesn't have it, at this moment at the latest. */
const goneNow = (object: string, { id, at, via }: Waiting, now: number): Incoming => {
  const present = new Date(now).toISOString()
  return {
    type: 'record.gone',
    id: `${object}/${id}/gone`,
    via: 'sweep',
    hint: via,
    object,
    recordId: id,
    at: at > present ? at : present,
  }
}

type Refused = Extract<ReadAnswer<unknown>, { ok: false }>['failure']

const waitOrSplit = (
  { touched, count }: HydrateDeps,
  object: string,
  rows: Waiting[],
  failure: Refused,
  now: number,
): boolean => {
  const [row] = rows
  if (failure.kind === 'refused' && rows.length > 1) {
    touched.fewer(object, failure.message)
    return true
  }
  if (failure.kind === 'refused' && row) {
    if (row.tries + 1 < MOST_TRIES) touched.putBack(object, row, now + FAULT_MS, failure.message)
    else {
      touched.done(object, [row])
      count('hydrate_refused', 1)
    }
    return false
  }
  if (failure.kind === 'later') touched.later(object, failure.until, '')
  else touched.later(object, now + (failure.kind === 'auth' ? FAULT_MS : RETRY_MS), failure.message)
  return false
}
