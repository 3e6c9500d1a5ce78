import type { RecordGone, RecordSnapshot } from '../../schemas/events/index.ts'
import { refOf } from '../../schemas/events/keys.ts'
import type { Parts } from './parts.ts'
import { isCustomer } from './router.ts'
import type { Settings } from './settings.ts'
import type { Incoming } from './unpack.ts'

/** Records that Ladder alone makes and whose relation to the customer nobody sets by hand. */
const OWN = ['tierRating', 'escalation']
/** So many of a customer's are asked: all must say the same. */
const ASKED = 4

/**
 * Merges of which no webhook told. HubSpot's record that took over names those that it took over. Twenty says nothing but that
 * a record was destroyed: then Ladder's own records of it tell, which a merge leads to the winner and a destruction to nobody.
 * Leaves out the ends of those who were merged. Null: what must be read for it can't be read now.
 */
export const withoutMerged = async (
  parts: Parts,
  settings: Settings,
  events: Incoming[],
): Promise<Incoming[] | null> => {
  const told = events.map((event): Incoming => {
    if (event.type !== 'record.changed' || !event.record.merged) return event
    const { merged, ...record } = event.record
    for (const loser of merged) note(parts, record, loser)
    return { ...event, record }
  })
  const isEnd = (event: Incoming): event is RecordGone =>
    event.type === 'record.gone' &&
    isCustomer(event.object) &&
    !parts.merges.has(event.object, event.recordId) &&
    parts.router.linkOf(event.object, event.recordId) !== undefined
  const ends = settings.kind === 'twenty' ? told.filter(isEnd) : []
  for (const object of ['company', 'person']) {
    const gone = ends.filter((event) => event.object === object)
    const heirs = await heirsOf(parts, settings, object, gone)
    if (!heirs) return null
    for (const { recordId, at } of gone) {
      const winner = heirs.get(recordId)
      if (!winner) continue
      note(parts, { object, id: winner, at }, recordId)
      // no webhook tells what the merge has changed on it
      parts.touched.note({ object, recordId: winner, at, turned: false })
    }
  }
  return told.filter(
    (event) =>
      event.type !== 'record.gone' || !isCustomer(event.object) || !parts.merges.has(event.object, event.recordId),
  )
}

/** Keeps word of a merge, where the one that is no more was known. */
const note = (
  { merges, router, touched }: Parts,
  { object, id, at }: Pick<RecordSnapshot, 'object' | 'id' | 'at'>,
  loser: string,
): void => {
  if (merges.has(object, loser) || router.linkOf(object, loser) === undefined) return
  merges.note({ type: 'records.merged', object, winner: id, losers: [loser], at }, isCustomer(object) ? 'told' : 'done')
  if (isCustomer(object)) touched.forget(object, loser)
}

/** Who took over those that are gone, as far as all of Ladder's records that are asked agree; null when they can't be read. */
const heirsOf = async (
  parts: Parts,
  settings: Settings,
  object: string,
  gone: RecordGone[],
): Promise<Map<string, string> | null> => {
  const courier = parts.courier(settings)
  const heirs = new Map<string, string>()
  const owners = new Map<string, string>()
  const asked = new Map<string, string[]>()
  for (const { recordId } of gone) {
    const own = parts.router.linksOf(refOf(object, recordId)).filter((link) => OWN.includes(link.object))
    for (const link of own.slice(0, ASKED)) {
      owners.set(`${link.object} ${link.id}`, recordId)
      asked.set(link.object, [...(asked.get(link.object) ?? []), link.id])
    }
  }
  const said = new Map<string, Set<string | null>>()
  for (const [kind, ids] of asked) {
    const answer = await courier.readRecords(kind, ids)
    if (!answer.ok && answer.failure.kind !== 'refused') return null
    if (!answer.ok) continue
    for (const record of answer.value) {
      if (record.deleted) continue
      const owner = owners.get(`${kind} ${record.id}`) ?? ''
      const { [object]: now } = record.fields
      said.set(owner, (said.get(owner) ?? new Set()).add(typeof now === 'string' ? now : null))
    }
  }
  for (const [loser, names] of said) {
    const [winner] = names
    if (names.size === 1 && winner && winner !== loser) heirs.set(loser, winner)
  }
  return heirs
}
