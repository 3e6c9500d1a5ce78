import type { Ref, SubjectMerged } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import { applyInBooks } from './books.ts'
import { forceOf } from './method.ts'
import type { Merge } from './merges.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import { bookName, shardOf } from './shards.ts'

/** The Book in which a subject lives. */
export const bookOf = (parts: Parts, { account, shards }: Settings, ref: Ref) =>
  parts.env.BOOK.getByName(bookName(account, shardOf(ref, shards)))

/** Merges that can go on: those whose winner has been read. Without its own record a customer counts as deleted. */
const ready = ({ merges, touched }: Parts): Merge[] =>
  merges.open().filter(({ winner }) => {
    const { object, id } = parseRef(winner)
    return !touched.waits(object, id)
  })

export const mergeWaits = (parts: Parts): boolean => ready(parts).length > 0

/**
 * Moves the state of merged customers to their winners, from Book to Book. Each step may be repeated: where it stood is kept,
 * and what was moved stays with the loser's Book until the winner has it.
 */
export const mergeAll = async (parts: Parts, settings: Settings): Promise<void> => {
  for (const merge of ready(parts)) await parts.lane.run(() => move(parts, settings, merge))
}

const move = async (parts: Parts, settings: Settings, merge: Merge): Promise<void> => {
  const { loser, winner, at } = merge
  const { object, id } = parseRef(loser)
  parts.sql.together(() => {
    parts.merges.set(merge, 'moving')
    parts.router.moveAll(loser, winner)
    parts.router.unlink(object, id)
  })
  const book = bookOf(parts, settings, loser)
  const state = await book.surrender(loser)
  const event: SubjectMerged = { type: 'subject.merged', id: `${winner}/merged/${loser}`, from: loser, at, state }
  const [news] = await applyInBooks(parts.env.BOOK, settings.account, settings.shards, forceOf(parts), [
    { ref: winner, event },
  ])
  await book.release(loser)
  parts.sql.together(() => {
    parts.merges.set(merge, 'done')
    parts.audit('merged', { loser, winner })
    const logged = { via: 'webhook', type: event.type, object, recordId: id, ref: winner, id: event.id }
    parts.log.add({ at: parts.clock.now(), ...logged, news: news ?? false })
  })
}
