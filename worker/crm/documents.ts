import { DOCUMENT } from '../../schemas/documents/request.ts'
import type { DocumentRequest } from '../../schemas/documents/request.ts'
import type { Value } from '../../schemas/events/index.ts'
import type { Batch, CallResult, Failure, Sent, Write } from './port.ts'

/** Whether a write is a document: not a record, but files that are attached to records. */
export const isDocument = ({ object }: Pick<Write, 'object'>): boolean => object === DOCUMENT

/** A document takes seconds: a few of them at a time, so that what comes in meanwhile isn't kept waiting. */
const MOST = 3

/** Documents go out one by one, after the records that they are attached to; those that are left out wait for the next round. */
export const planDocuments = (writes: Write[]): Batch[] =>
  writes
    .filter(isDocument)
    .slice(0, MOST)
    .map((write) => ({ object: DOCUMENT, writes: [write] }))

/** What a document's write holds: what to make, and onto which records to put it, the first being the one that it is about. */
export interface Attaching {
  id: string
  key: string
  title: string
  request: DocumentRequest
  /** Object and record id, or the ladder key of a record that Ladder makes. */
  targets: { object: string; id: string | { key: string } }[]
}

const targetOf = (value: Value): string | { key: string } | null =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
      ? { key: value.key }
      : null

export const attachingOf = ({ id, key = '', fields }: Write): Attaching => {
  const { title, request, ...records } = fields
  return {
    id,
    key,
    title: String(title ?? ''),
    request: request as unknown as DocumentRequest,
    targets: Object.entries(records).flatMap(([object, value]) => {
      const target = targetOf(value)
      return target === null ? [] : [{ object, id: target }]
    }),
  }
}

/** Sixteen signs that stand for a document's key: in a note's text, and as the name of its folder. */
export const markOf = async (key: string): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)))
  return Array.from(hash.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** This document alone can't be put there; others of the CRM go on. */
export const refusedAlone = (id: string, reason: string): CallResult<Sent> => ({
  ok: true,
  value: { written: [], refused: [{ id, reason }] },
})

/**
 * A failure that says the token lacks a right, though it is good for other calls, is about files alone: only the document waits
 * for a person.
 */
export const aboutFiles = async (
  id: string,
  failure: Failure,
  answers: () => Promise<CallResult<unknown>>,
): Promise<CallResult<Sent>> =>
  failure.kind === 'auth' && (await answers()).ok
    ? refusedAlone(id, `files: ${failure.message}`)
    : { ok: false, failure }
