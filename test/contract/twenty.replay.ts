import type { TwentySandbox } from '../../plugin/sandbox/twenty/index.ts'
import { differences, IdMap, learnIds, mask } from './twenty.compare.ts'
import { momentOf, pinIds } from './twenty.pin.ts'
import type { Recording } from './twenty.recordings.ts'

export interface Outcome {
  name: string
  /** Empty when the sandbox answered as Twenty did. */
  differences: string[]
}

/** Replays recordings against one sandbox and carries ids and tokens from one to the next. */
export class Replay {
  readonly ids = new IdMap()
  readonly outcomes: Outcome[] = []
  readonly #sandbox: TwentySandbox
  /** The token that `<OTHER>` stands for. */
  other: string | null = null

  constructor(sandbox: TwentySandbox) {
    this.#sandbox = sandbox
  }

  async call(method: string, path: string, body?: unknown, token?: string): Promise<[number, unknown]> {
    const headers: Record<string, string> = { authorization: `Bearer ${token ?? this.#sandbox.apiKey}` }
    const init: RequestInit = { method, headers }
    if (body instanceof FormData) init.body = body
    else {
      headers['content-type'] = 'application/json'
      if (body !== undefined && body !== null) init.body = typeof body === 'string' ? body : JSON.stringify(body)
    }
    const response = await fetch(this.#sandbox.url + path, init)
    const text = await response.text()
    try {
      return [response.status, JSON.parse(text) as unknown]
    } catch {
      return [response.status, text]
    }
  }

  /** What the sandbox answers to a recorded request. */
  ask({ request, response }: Recording, body: unknown = request.body): Promise<[number, unknown]> {
    const target = new URL(request.path, this.#sandbox.url)
    const query = new URLSearchParams()
    for (const [name, value] of target.searchParams) query.set(name, this.ids.translate(value))
    const url = this.ids.translate(target.pathname) + (query.size > 0 ? `?${query}` : '')
    const sent = bodyOf(body, (text) => this.ids.translate(text))
    const token = request.headers?.['authorization'] === 'Bearer <OTHER>' ? (this.other ?? undefined) : undefined
    const pinned = pinIds(request, response.body, sent)
    return this.call(request.method, url, pinned, token)
  }

  /** Takes an answer down: learns its ids, and notes where it differs. */
  note(recording: Recording, [status, own]: [number, unknown], recorded = recording.response.body): Outcome {
    learnIds(recorded, own, this.ids)
    const found = differences(mask(recorded), mask(own))
    if (status !== recording.response.status) found.unshift(`status: ${recording.response.status}, here ${status}`)
    const outcome = { name: recording.name, differences: found }
    this.outcomes.push(outcome)
    return outcome
  }

  async play(recording: Recording, body?: unknown): Promise<unknown> {
    const moment = momentOf(recording)
    if (moment !== null) this.#sandbox.setClock(moment)
    const answer = await this.ask(recording, body ?? recording.request.body)
    this.note(recording, answer)
    return answer[1]
  }

  /** Plays recordings that were made at once; an answer belongs to a recording of the same status. */
  async playAtOnce(recordings: Recording[], extra: unknown[] = []): Promise<void> {
    const [first] = recordings
    if (!first) return
    const answers = await Promise.all([
      ...extra.map((body) => this.ask(first, body)),
      ...recordings.map((recording) => this.ask(recording)),
    ])
    for (const recording of recordings) {
      const at = Math.max(
        answers.findIndex(([status]) => status === recording.response.status),
        0,
      )
      const [answer] = answers.splice(at, 1)
      if (answer) this.note(recording, answer)
    }
  }
}

/** `{bytes, head}` is how the recorder noted bodies that it passed on: those that matter here are empty. */
function bodyOf(body: unknown, translate: (text: string) => string): unknown {
  if (body === null || body === undefined || body instanceof FormData) return body ?? undefined
  if (typeof body === 'object' && 'bytes' in body && 'head' in body) return undefined
  if (typeof body === 'string') return body
  return JSON.parse(translate(JSON.stringify(body))) as unknown
}
