import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Book } from '../book/index.ts'
import type { InForce } from '../book/rules-in-force.ts'
import type { Routed } from '../book/subjects.ts'
import type { Objects } from '../shell/env.ts'
import { bookName, bookNames, shardOf } from './shards.ts'

export interface Force extends InForce {
  source: Playbook
}

/** Applies events in the Books of an account, each in its own, all at once; a Book without the playbook gets it first. */
export const applyInBooks = async (
  namespace: Objects<Book>,
  account: string,
  shards: number,
  force: Force,
  events: Routed[],
): Promise<boolean[]> => {
  const byShard = new Map<number, number[]>()
  for (const [index, { ref }] of events.entries()) {
    const shard = shardOf(ref, shards)
    const indexes = byShard.get(shard)
    if (indexes) indexes.push(index)
    else byShard.set(shard, [index])
  }
  const news: boolean[] = new Array<boolean>(events.length).fill(false)
  await Promise.all(
    [...byShard].map(async ([shard, indexes]) => {
      const part = indexes.flatMap((index) => events[index] ?? [])
      const answers = await applyInOne(namespace, account, bookName(account, shard), force, part)
      for (const [place, index] of indexes.entries()) news[index] = answers[place] ?? false
    }),
  )
  return news
}

/** Hands the playbook to all Books of an account: their timers go by it too, though no event comes. */
export const bringInForce = async (
  namespace: Objects<Book>,
  account: string,
  shards: number,
  { source, version, epoch, members }: Force,
): Promise<void> => {
  await Promise.all(
    bookNames(account, shards).map((name) =>
      namespace.getByName(name).setPlaybook(account, name, source, { version, epoch, members }),
    ),
  )
}

const applyInOne = async (
  namespace: Objects<Book>,
  account: string,
  name: string,
  force: Force,
  events: Routed[],
): Promise<boolean[]> => {
  const book = namespace.getByName(name)
  const first = await book.apply(events, force.epoch)
  if (first.ok) return first.news
  await book.setPlaybook(account, name, force.source, {
    version: force.version,
    epoch: force.epoch,
    members: force.members,
  })
  const second = await book.apply(events, force.epoch)
  if (!second.ok) throw new Error(`${name} doesn't take the playbook`)
  return second.news
}
