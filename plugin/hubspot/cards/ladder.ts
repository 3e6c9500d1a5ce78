import type { PageRows, Row } from '../../twenty/inside/kinds.ts'

/** A record as HubSpot names it: what a card's context says. */
export interface CardRecord {
  objectType: string
  objectId: number | string
}

/** How Ladder is, for the settings page. */
export interface Health {
  connected: boolean
  fault: string | null
  lastEventAt: string | null
  customers: number
  waiting: number
  deadLetters: number
  callsLeft: number | null
  journal: string | null
  playbook: number
  coveredUntil: string | null
}

/** What became of a click. `WAITS`: Ladder has it and goes on by itself. */
export interface Done {
  outcome: 'DONE' | 'ALREADY' | 'REFUSED' | 'NOT_FOUND' | 'INVALID' | 'UNSUPPORTED' | 'FAILED' | 'WAITS'
  reason: string
}

/** HubSpot's fetch for extensions, or what stands for it in a test. */
export type Fetch = (url: string, options: { method: 'POST'; timeout: number; body: Row }) => Promise<Response>

/** Ladder, as a card calls it. An answer that is no success becomes an error with Ladder's own message. */
export interface Ladder {
  show(record: CardRecord): Promise<PageRows>
  act(record: CardRecord, name: string, inputs: Record<string, string>, object?: CardRecord): Promise<Done>
  health(): Promise<Health>
}

/** HubSpot waits 15 seconds at most. */
const TIMEOUT_MS = 12_000
/** A click that Ladder has taken but not ended is asked for again so often, ms between. */
const AGAIN_MS = [1_500, 3_000]

const random = (): string => {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const ladderAt = (
  url: string,
  fetch: Fetch,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Ladder => {
  const ask = async (body: Row): Promise<Row> => {
    const response = await fetch(url, { method: 'POST', timeout: TIMEOUT_MS, body })
    const answer = (await response.json()) as Row & { message?: string }
    if (!response.ok) throw new Error(answer.message ?? `HTTP ${response.status}`)
    return answer
  }
  /** One id for all tries of a click: Ladder does it once. A try whose answer is lost is made again. */
  const act: Ladder['act'] = async (record, name, inputs, object) => {
    const body = { object: record, do: { name, requestId: random(), inputs, ...(object ? { object } : {}) } }
    for (let turn = 0; ; turn++) {
      const more = AGAIN_MS[turn]
      try {
        const { outputFields } = (await ask(body)) as { outputFields: Record<string, string> }
        if (outputFields['hs_execution_state'] !== 'BLOCK')
          return { outcome: outputFields['outcome'] as Done['outcome'], reason: outputFields['reason'] ?? '' }
        if (more === undefined) return { outcome: 'WAITS', reason: '' }
      } catch (error) {
        if (more === undefined) throw error
      }
      await wait(more)
    }
  }
  return {
    act,
    show: async (record) => {
      const { rows } = (await ask({ object: record })) as { rows: PageRows & { customer: Row | null } }
      return { ...rows, customer: rows.customer ?? undefined, member: undefined }
    },
    health: async () => ((await ask({})) as { health: Health }).health,
  }
}
