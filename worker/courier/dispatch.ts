import type { Batch, Crm, Failure, Written } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'
import type { Sql } from '../shell/sql.ts'
import type { News } from './index.ts'
import type { Joined, Letters } from './letters.ts'
import type { Limiter } from './limiter.ts'

/** What a dispatch works with. */
export interface Dispatch {
  sql: Sql
  meta: Meta
  letters: Letters
  limiter: Limiter
  crm: Crm
  callsPerMinute: number
}

/** Letters looked at in one go: some ten calls. */
const ROUND = 2_000
/** Tries of a refused record before it is dead: a refusal may be a race (Twenty: upserts of one key at once). */
const REFUSED_TRIES = 3
/** Tries while the CRM can't be reached, with pauses of up to five minutes: about eight hours. */
const UNREACHABLE_TRIES = 100
const RETRY_MS = 5_000
/** After a refusal for want of rights: a person must act, nothing is dropped. */
const AUTH_PAUSE_MS = 60_000

/**
 * Sends all that may go at `now`. A batch that the CRM refuses is halved until the bad record stands alone; that one is dead
 * after some tries, the others get through. Stops where the CRM's limit, silence or want of rights says so.
 */
export const dispatch = async (deps: Dispatch, now: number): Promise<void> => {
  if ((deps.meta.get<number>('resume') ?? 0) > now) return
  for (;;) {
    const letters = deps.letters.due(now, ROUND)
    if (letters.length === 0) return
    if (!(await sendRound(deps, letters, now))) return
  }
}

const sendRound = async (deps: Dispatch, letters: Joined[], now: number): Promise<boolean> => {
  const byId = new Map(letters.map((letter) => [letter.write.id, letter]))
  const queue = deps.crm.plan(letters.map((letter) => letter.write))
  const open = countParts(queue)
  for (let batch = queue.shift(); batch; batch = queue.shift()) {
    const slot = deps.limiter.take(now, deps.callsPerMinute)
    if (!slot.ok) return stopUntil(deps, slot.until)
    deps.meta.count('crm_calls')
    const result = await deps.crm.send(batch)
    if (result.ok) {
      deps.limiter.relax()
      deps.meta.set('resume', 0)
      deps.sql.together(() => settle(deps, batch, result.value, byId, open, now))
      continue
    }
    deps.meta.count(`crm_${result.failure.kind}`)
    deps.meta.set('fault', { at: now, kind: result.failure.kind, message: result.failure.message })
    if (result.failure.kind === 'refused' && batch.writes.length > 1) {
      queue.unshift(...halves(batch))
      continue
    }
    if (!refuseOrWait(deps, batch, result.failure, byId, now)) return false
  }
  return true
}

/** One write may be sent in several parts (a task and its link): the letter is done when all of them are. */
const countParts = (batches: Batch[]): Map<string, number> => {
  const parts = new Map<string, number>()
  for (const { writes } of batches)
    for (const { id } of writes) parts.set(letterOf(id), (parts.get(letterOf(id)) ?? 0) + 1)
  return parts
}

const letterOf = (writeId: string): string => writeId.split('+')[0] ?? writeId

const settle = (
  deps: Dispatch,
  batch: Batch,
  written: Written[],
  byId: Map<string, Joined>,
  open: Map<string, number>,
  now: number,
): void => {
  const answers = new Map(written.map((one) => [one.id, one]))
  for (const write of batch.writes) {
    const letter = byId.get(letterOf(write.id))
    if (!letter) continue
    const answer = answers.get(write.id)
    if (answer) remember(deps, letter, write.id, batch.object, answer, now)
    const left = (open.get(letter.write.id) ?? 1) - 1
    open.set(letter.write.id, left)
    if (left === 0) deps.letters.written(letter)
  }
}

const remember = (
  deps: Dispatch,
  letter: Joined,
  writeId: string,
  object: string,
  answer: Written,
  now: number,
): void => {
  if (answer.gone)
    return tell(deps, { news: 'gone', object, recordId: answer.recordId, at: new Date(now).toISOString() })
  // a customer is known by its record alone: people may change its number
  if (answer.record) return tell(deps, { news: 'record', record: answer.record })
  const { key } = letter.write
  if (key === undefined || writeId !== letter.write.id) return
  deps.sql.run(
    'INSERT INTO known (key, object, record_id) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
    key,
    object,
    answer.recordId,
  )
}

const tell = (deps: Dispatch, news: News): void => {
  deps.sql.run('INSERT INTO news (news) VALUES (?)', JSON.stringify(news))
}

const halves = ({ object, writes }: Batch): Batch[] => {
  const middle = Math.ceil(writes.length / 2)
  return [
    { object, writes: writes.slice(0, middle) },
    { object, writes: writes.slice(middle) },
  ]
}

const stopUntil = (deps: Dispatch, until: number): false => {
  deps.meta.set('resume', until)
  return false
}

/** Whether the round may go on. */
const refuseOrWait = (
  deps: Dispatch,
  batch: Batch,
  failure: Failure,
  byId: Map<string, Joined>,
  now: number,
): boolean => {
  const letters = batch.writes.map((write) => byId.get(letterOf(write.id))).filter((letter) => letter !== undefined)
  switch (failure.kind) {
    case 'limit':
      return stopUntil(deps, deps.limiter.pause(now, deps.callsPerMinute, failure.waitMs))
    case 'auth':
      return stopUntil(deps, now + AUTH_PAUSE_MS)
    case 'unreachable': {
      const until = deps.limiter.pause(now, deps.callsPerMinute, null)
      for (const letter of letters) giveUpOrRetry(deps, letter, UNREACHABLE_TRIES, until, failure.message)
      return stopUntil(deps, until)
    }
    case 'refused':
      for (const letter of letters)
        giveUpOrRetry(deps, letter, REFUSED_TRIES, now + RETRY_MS * (letter.tries + 1), failure.message)
      return true
  }
}

const giveUpOrRetry = (deps: Dispatch, letter: Joined, tries: number, nextAt: number, reason: string): void => {
  if (letter.tries + 1 < tries) deps.letters.later(letter.seqs, nextAt, reason)
  else {
    deps.letters.bury(letter.seqs, reason)
    deps.meta.count('dead_letters')
  }
}
