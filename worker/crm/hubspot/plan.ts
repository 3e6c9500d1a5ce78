import { isDocument, planDocuments } from '../documents.ts'
import type { Batch, Plan, Write } from '../port.ts'
import { calls } from './calls.ts'
import { chunks } from './client.ts'
import { isPicture, planPicture } from './events.ts'
import { type HubspotLayout, isCarried } from './layout.ts'
import { hasPlainKey, relationsOf } from './names.ts'
import { SETTLE_MS } from './plain.ts'
import { isMaking } from './records.ts'

/** A batch whose step begins so sets one relation of its records. */
const LINK = 'link:'

/** The relation that a batch sets; undefined for a batch of records. */
export const relationOfStep = ({ step }: Batch): string | undefined =>
  step?.startsWith(LINK) ? step.slice(LINK.length) : undefined

/** A record must be there before another points to it. */
const RANK = ['company', 'person', 'campaignTemplate', 'campaign', 'development']
const rankOf = (object: string): number => {
  const at = RANK.indexOf(object)
  return at >= 0 ? at : object === 'task' ? RANK.length + 1 : RANK.length
}

/** The parts of writes that set a relation: HubSpot keeps relations apart from records. */
const linksOf = (layout: HubspotLayout, object: string, writes: Write[]): Batch[] =>
  relationsOf(layout, object).flatMap(({ name }) => {
    const parts = writes
      .filter(({ fields }) => name in fields)
      .map((write): Write => ({ ...write, id: `${write.id}+${name}`, fields: { [name]: write.fields[name] ?? null } }))
    return chunks(parts, calls.pairsCreate.most).map((part) => ({ object, step: LINK + name, writes: part }))
  })

/**
 * Writes by key. Where keys aren't unique, those that change a record which is known go apart from those that may have to make
 * one: only these wait when their answer is lost.
 */
const keyedOf = (layout: HubspotLayout, object: string, writes: Write[], known: Known): Batch[] => {
  if (!hasPlainKey(layout, object)) return chunks(writes, calls.upsert.most).map((part) => ({ object, writes: part }))
  const isKnown = ({ key = '' }: Write): boolean => known(key) !== undefined
  const isChange = (write: Write): boolean => isKnown(write) && !isMaking(write.fields)
  const others = writes.filter((write) => !isChange(write))
  const making = [...others.filter((write) => !isKnown(write)), ...others.filter(isKnown)]
  return [
    ...chunks(making, calls.create.most).map((part) => ({ object, settleMs: SETTLE_MS, writes: part })),
    ...chunks(writes.filter(isChange), calls.update.most).map((part) => ({ object, writes: part })),
  ]
}

type Known = (key: string) => string | undefined

/**
 * Least calls for these writes: of one object those by key, then those by record id, then their relations. What this account
 * has no place for is left out.
 */
export const planBatches = (layout: HubspotLayout, writes: Write[], known: Known): Plan => {
  const records = writes.filter((write) => !isPicture(write) && !isDocument(write))
  const carried = records.filter(({ object }) => isCarried(layout, object))
  const notCarried = records.filter(({ object }) => !isCarried(layout, object)).map(({ id }) => id)
  const batches = [...Map.groupBy(carried, ({ object }) => object).entries()]
    .sort(([a], [b]) => rankOf(a) - rankOf(b))
    .flatMap(([object, group]) => {
      const byKey = group.filter(({ key }) => key !== undefined)
      const byId = group.filter(({ key }) => key === undefined)
      return [
        ...keyedOf(layout, object, byKey, known),
        ...chunks(byId, calls.update.most).map((part) => ({ object, writes: part })),
        ...linksOf(layout, object, group),
      ]
    })
  return { batches: [...batches, ...planPicture(writes), ...planDocuments(writes)], notCarried }
}
