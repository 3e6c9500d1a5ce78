import type { Batch, Write } from '../port.ts'
import { TASK_TARGET } from './names.ts'

/** Twenty takes 200 records a call (observed on 2.31); one call costs one token of its limit however many it holds. */
export const BATCH_SIZE = 200

/** A record must be there before another points to it. */
const RANK = ['company', 'person', 'campaignTemplate', 'campaign', 'development']
const rankOf = (object: string): number => {
  const at = RANK.indexOf(object)
  return at >= 0 ? at : object === 'task' ? RANK.length + 1 : object === TASK_TARGET ? RANK.length + 2 : RANK.length
}

/** Twenty shows a task on a customer by a taskTarget: the link that goes with the task's first write. */
const linksOf = (write: Write): Write[] => {
  if (write.object !== 'task' || write.key === undefined || !('title' in write.fields)) return []
  const { ladderCompany, ladderPerson } = write.fields
  if (!ladderCompany && !ladderPerson) return []
  const fields = {
    taskId: { key: write.key },
    targetCompanyId: ladderCompany ?? null,
    targetPersonId: ladderPerson ?? null,
  }
  return [{ id: `${write.id}+link`, object: TASK_TARGET, key: `${write.key}/link`, fields }]
}

/**
 * Least calls for these writes. All writes of one object share calls, whatever fields they set, because Twenty's batch upsert
 * takes records of different shapes.
 */
export const planBatches = (writes: Write[]): Batch[] => {
  const byObject = new Map<string, Write[]>()
  for (const write of writes.flatMap((one) => [one, ...linksOf(one)])) {
    const group = byObject.get(write.object)
    if (group) group.push(write)
    else byObject.set(write.object, [write])
  }
  return [...byObject.entries()]
    .sort(([a], [b]) => rankOf(a) - rankOf(b))
    .flatMap(([object, group]) => chunks(group).map((part) => ({ object, writes: part })))
}

const chunks = <T>(items: T[]): T[][] => {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += BATCH_SIZE) parts.push(items.slice(at, at + BATCH_SIZE))
  return parts
}
