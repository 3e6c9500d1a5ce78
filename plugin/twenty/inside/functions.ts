import { act, askStatus, type Outputs, type Surroundings } from './ladder.ts'
import type { Row } from './kinds.ts'

declare const process: { env: Record<string, string | undefined> }

const around = (): Surroundings => ({
  env: process.env,
  fetch,
  now: Date.now,
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
})

/** The handler of a workflow action and tool. */
export const actionHandler =
  (name: string) =>
  (params: Row): Promise<Outputs> =>
    act(name, params, around())

/**
 * What the components ask by HTTP, as the user who looks: how Ladder is, and to rate a record. All other work of theirs is an
 * edit of a record, so only these two are let through.
 */
export const askHandler = async ({ body }: { body: Row | null }): Promise<Row> => {
  const { ask, ...params } = body ?? {}
  try {
    if (ask === 'status') return { ok: true, status: await askStatus(around()), url: process.env['LADDER_URL'] ?? '' }
    if (ask === 'rate') return { ok: true, outputs: await act('rate', params, around()) }
    return { ok: false, reason: 'unknown question' }
  } catch (error) {
    return {
      ok: false,
      reason: error instanceof Error ? error.message : 'failed',
      url: process.env['LADDER_URL'] ?? '',
    }
  }
}
