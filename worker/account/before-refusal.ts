import { bookOf } from './merging.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import type { Incoming } from './unpack.ts'

/**
 * A visit may be saved a moment before the stage move that rests on it, and be told of later or not at all: the CRM's objects
 * are read one after another, and not all have webhooks. So before a move is refused, what it may rest on is read, one `read`
 * after another, as long as the move would be refused.
 */
export const readBeforeRefusal = async (
  parts: Parts,
  settings: Settings,
  events: Incoming[],
  reads: (() => Promise<void>)[],
): Promise<void> => {
  let moves = events.filter((event) => event.type === 'record.changed' && event.record.object === 'development')
  for (const read of reads) {
    const refused: Incoming[] = []
    for (const move of moves) if (await isRefused(parts, settings, move)) refused.push(move)
    if (refused.length === 0) return
    moves = refused
    await read()
  }
}

/** Whether an event would have a development put back from the stage in which it stands in the CRM. */
const isRefused = async (parts: Parts, settings: Settings, event: Incoming): Promise<boolean> => {
  if (event.type !== 'record.changed' || event.adopt) return false
  const { record } = event
  const [ref] = parts.router.subjectsOf(record)
  const state = ref === undefined ? null : await bookOf(parts, settings, ref).weigh({ ref, event })
  const refused = state?.developments[record.id]?.refused
  return refused !== undefined && refused !== null && refused.to === record.fields.stage
}
