import type { Ref } from '../../schemas/events/index.ts'

/** The Book of a subject: FNV-1a of its ref, so that customers spread evenly and each is always in the same one. */
export const shardOf = (ref: Ref, shards: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < ref.length; at++) hash = Math.imul(hash ^ ref.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % shards
}

export const bookName = (account: string, shard: number): string => `${account}/${shard}`

/** All Books of an account. */
export const bookNames = (account: string, shards: number): string[] =>
  Array.from({ length: shards }, (_, shard) => bookName(account, shard))
