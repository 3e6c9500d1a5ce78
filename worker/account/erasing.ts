import type { Ref } from '../../schemas/events/index.ts'
import { parseRef, refOf } from '../../schemas/events/keys.ts'
import type { Made } from '../courier/erase.ts'
import { bookOf } from './merging.ts'
import type { Parts } from './parts.ts'
import { isCustomer } from './router.ts'
import type { Settings } from './settings.ts'
import type { Incoming } from './unpack.ts'

/**
 * Erases the customers that asked for it: in their Books, on the way to the CRM, and here. Each may be done again from the
 * start: it counts as done only at the end. What is left is a keyed hash, and that somebody was erased, and when.
 */
export const eraseAll = async (parts: Parts, settings: Settings): Promise<void> => {
  for (const { ref, at } of parts.erased.asked()) await parts.lane.run(() => erase(parts, settings, ref, at))
}

const erase = async (parts: Parts, settings: Settings, asked: Ref, at: string): Promise<void> => {
  const { sql, erased, merges, router } = parts
  const ref = merges.resolve(asked)
  const refs = [...new Set([ref, ...merges.into(ref), asked])]
  const links = refs.flatMap((one) => router.linksOf(one))
  const numbers = refs.flatMap((one) => router.numbersOf(one))
  const hashes = await Promise.all([...refs, ...numbers].map((what) => erased.hashOf(settings.account, what)))
  sql.together(() => hashes.forEach((hash) => erased.add(hash, at)))
  for (const { object, id } of links) {
    const also = router.linkOf(`${object}/also`, id)
    if (also) await bookOf(parts, settings, also).forgetRecord(also, object, id)
  }
  const own = refs.map((one) => parseRef(one).id)
  const courier = parts.courier(settings)
  const erasure = { refs, recordIds: own, customerNos: numbers }
  // the records that were made for it are known to its Book as long as that has it, and once more nothing comes from there
  await courier.erase({ ...erasure, made: await madeFor(parts, settings, refs) })
  for (const one of refs) {
    await bookOf(parts, settings, one).erase(one)
    await Promise.all(parts.books(settings).map((book) => book.eraseNamed(one)))
  }
  await courier.erase({ ...erasure, made: [] })
  sql.together(() => {
    for (const { object, id } of links) {
      for (const kind of [object, `${object}/also`]) router.unlink(kind, id)
      parts.actions.forget(object, id)
    }
    for (const one of refs) sql.run('DELETE FROM customer WHERE ref = ?', one)
    for (const table of ['parked', 'arrival'])
      for (const number of numbers) sql.run(`DELETE FROM ${table} WHERE customer_no = ?`, number)
    for (const number of numbers) sql.run("DELETE FROM outbox WHERE json_extract(write, '$.key') = ?", number)
    for (const one of refs) {
      const { object, id } = parseRef(one)
      parts.actions.forget(object, id)
      parts.touched.forget(object, id)
    }
    parts.log.forget([...refs, ...own, ...links.map(({ id }) => id), ...numbers])
    merges.forget(refs)
    erased.done(asked)
    sql.run("DELETE FROM audit WHERE what = 'merged' AND instr(detail, ?) > 0", JSON.stringify(ref))
    parts.audit('erased', { object: parseRef(ref).object, hash: hashes[0] })
  })
}

/** Records of the CRM that Ladder made for these customers. */
const madeFor = async (parts: Parts, settings: Settings, refs: Ref[]): Promise<Made[]> => {
  const states = await Promise.all(refs.map((ref) => bookOf(parts, settings, ref).subject(ref)))
  return states
    .flatMap((state) =>
      Object.values(state?.records ?? {}).flatMap((records) =>
        Object.values(records).filter(({ fields, deleted }) => !deleted && typeof fields.ladderKey === 'string'),
      ),
    )
    .map(({ object, id }) => ({ object, id }))
}

/**
 * Leaves out what would bring back an erased customer: facts of its number, its record as it was before, and all that hangs on
 * it. A record of it that is newer than the erasure is a new beginning.
 */
export const withoutErased = async (parts: Parts, { account }: Settings, events: Incoming[]): Promise<Incoming[]> => {
  const { erased, router, meta } = parts
  if (erased.isEmpty()) return events
  const kept: Incoming[] = []
  for (const event of events) {
    if (event.type === 'record.gone') kept.push(event)
    else if (event.type === 'fact') {
      const isErased = !router.customer(event.customerNo) && erased.at(await erased.hashOf(account, event.customerNo))
      if (!isErased) kept.push(event)
    } else {
      const { record } = event
      const [owner = ''] = router.subjectsOf(record)
      const hash = isCustomer(parseRef(owner).object) ? await erased.hashOf(account, owner) : ''
      const at = hash === '' ? undefined : erased.at(hash)
      const isOwn = owner === refOf(record.object, record.id)
      if (at !== undefined && !(isOwn && !record.deleted && record.at > at)) continue
      if (at !== undefined) erased.lift(hash)
      const { ladderCustomerNo: number } = record.fields
      if (isOwn && typeof number === 'string' && number !== '') erased.lift(await erased.hashOf(account, number))
      kept.push(event)
    }
  }
  if (kept.length < events.length) meta.count('erased_left_out', events.length - kept.length)
  return kept
}
