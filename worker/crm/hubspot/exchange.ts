import type { CallResult } from '../port.ts'
import { type Asked, type BatchAnswer, batchAnswer, GONE } from './answers.ts'
import type { calls } from './calls.ts'
import { noList, type Portal } from './client.ts'

/** A batch of records on its way: the writes, how an answer may name them, and what is sent for each. */
export interface Parcel {
  call: (typeof calls)['upsert' | 'update' | 'create']
  /** The object as paths name it. */
  type: string
  asked: Asked[]
  inputs: unknown[]
  /** Follows on what was asked for already: it is made though there be no room for it. */
  urgent?: boolean
}

/** One batch call for records, with its answer sorted by its inputs. */
export const exchange = async (
  portal: Portal,
  { call, type, asked, inputs, urgent = false }: Parcel,
): Promise<CallResult<BatchAnswer>> => {
  const result = await portal.call(call, { words: { type }, json: { inputs }, urgent })
  if (!result.ok) return aloneAndGone(asked, result)
  const answer = batchAnswer(result.value, asked)
  if (!answer) return noList('records')
  if (!answer.isObscure) return { ok: true, value: answer }
  return {
    ok: false,
    failure: { kind: 'refused', status: 207, message: 'HubSpot refuses some and doesn’t say which' },
  }
}

/** The record of a lone update isn't there any more. */
const aloneAndGone = (asked: Asked[], result: CallResult<unknown> & { ok: false }): CallResult<BatchAnswer> => {
  const [only] = asked
  const { failure } = result
  // another 404 may be that of a proxy, or of an object that was taken away: what hangs on it must not be lost
  const isGone = failure.kind === 'refused' && failure.status === 404 && failure.message.startsWith(GONE)
  if (!isGone || asked.length !== 1 || only?.recordId === undefined) return result
  return { ok: true, value: { done: [], gone: [only], refused: [], isObscure: false } }
}
