import type { Decision, Fields } from '../../schemas/events/index.ts'
import type { Connection } from '../account/connection.ts'
import type { TraceRow } from '../book/subjects.ts'
import type { Left } from '../courier/letters.ts'
import type { Env } from '../shell/env.ts'
import { linkTo } from './links.ts'

/**
 * Where a write stands: `DONE`: in the CRM; `WAITING`: on its way; `FAILED`: it was tried, and will be again, `reason` says why not
 * yet; `DEAD`: the CRM refused it for good; `NO_PLACE`: this CRM account has no such object, it stays in Ladder.
 */
export interface Written {
  state: 'DONE' | 'WAITING' | 'FAILED' | 'DEAD' | 'NO_PLACE'
  reason: string
  recordId: string | null
  /** The record's page in the CRM, where it is known. */
  link: string | null
}

export type Told = Decision & {
  /** Null where nothing goes to the CRM. */
  written: Written | null
}

export interface ToldTrace extends Omit<TraceRow, 'decisions'> {
  decisions: Told[]
  /** The record that came in, in the CRM; null for anything else. */
  link: string | null
  /** The record as it was known before, to tell what changed; null when that isn't known. */
  before: Fields | null
}

export interface Traced {
  ref: string
  traces: ToldTrace[]
}

/** How far back the record as it was before is looked for. */
const MOST = 500

type Wish = { ref: string; event: string } | { key: string }

const keyOf = (decision: Decision): string | undefined => (decision.do === 'upsert' ? decision.key : undefined)

/** What became of an event, or all that was decided on the record of a key, newest first; null where nothing is known of whom. */
export const tracesOf = async (env: Env, name: string, wish: Wish): Promise<Traced | null> => {
  const account = env.ACCOUNT.getByName(name)
  const [connection, told] = await Promise.all([
    account.connection(),
    account.explain('key' in wish ? wish.key : wish.ref, MOST),
  ])
  if (!connection || !told) return null
  const rows =
    'key' in wish
      ? told.traces.filter(({ decisions }) => decisions.some((one) => keyOf(one) === wish.key))
      : // older than what explains the customer now, it is found by its id
        ((await account.traced(wish.ref, wish.event))?.traces ?? [])
  const traces = rows.map(async (row): Promise<ToldTrace> => {
    const left = (await account.traced(row.ref, row.event.id))?.left ?? []
    const decisions = row.decisions.map(async (one) => ({
      ...one,
      written: await writtenOf(env, connection, one, left),
    }))
    return {
      ...row,
      decisions: await Promise.all(decisions),
      link:
        row.event.type === 'record.changed' ? linkTo(connection, row.event.record.object, row.event.record.id) : null,
      before: beforeOf(row, told.traces),
    }
  })
  return { ref: told.ref, traces: await Promise.all(traces) }
}

/** The fields of an event's record as the event before had them. */
const beforeOf = ({ event, at }: TraceRow, all: TraceRow[]): Fields | null => {
  if (event.type !== 'record.changed') return null
  const { object, id, at: seen } = event.record
  for (const { event: other, at: then } of all)
    if (
      other.type === 'record.changed' &&
      other.record.object === object &&
      other.record.id === id &&
      then <= at &&
      other.record.at < seen
    )
      return other.record.fields
  return null
}

const writtenOf = async (
  env: Env,
  connection: Connection,
  decision: Decision,
  left: readonly Left[],
): Promise<Written | null> => {
  if (decision.do !== 'upsert' && decision.do !== 'update') return null
  const { object } = decision
  const courier = env.COURIER.getByName(connection.account)
  const known = async (key: string): Promise<string | null> => (await courier.fateOf({ id: '', key })).recordId
  const key = keyOf(decision)
  const recordId = decision.do === 'update' ? decision.id : await known(decision.key)
  let letter = left.find(
    (one) => one.object === object && (key === undefined ? one.recordId === recordId : one.key === key),
  )
  // an update of a record that Ladder has made goes by its key
  if (!letter && key === undefined)
    for (const one of left)
      if (one.object === object && one.key !== null && (await known(one.key)) === recordId) letter = one
  const link = recordId === null ? null : linkTo(connection, object, recordId)
  return { state: stateOf(connection, object, letter), reason: letter?.reason ?? '', recordId, link }
}

const stateOf = ({ layout }: Connection, object: string, letter: Left | undefined): Written['state'] => {
  if (letter?.state === 'dead') return 'DEAD'
  if (letter) return letter.reason === '' ? 'WAITING' : 'FAILED'
  return layout && layout.types[object] === undefined ? 'NO_PLACE' : 'DONE'
}
