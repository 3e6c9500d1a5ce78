import type { Problem } from '../problem.ts'
import { changed, failed, type Step } from '../step.ts'
import { CALLS, pathFor, type CallName } from './calls.ts'
import { shownPath } from './carrier.ts'
import type { Answer, Ask, HubspotClient } from './client.ts'
import { isThere, type Refused } from './refusal.ts'

/** A step's work: what a plan only tells, an apply does, until something is refused. */
export interface Work {
  /** Tells a person what is (to be) done. */
  line(text: string): void
  /**
   * A call that changes something. A plan notes it alone. What is there already counts as done (a try before may have made
   * it), and so does what `fine` accepts; any other refusal ends the work. Gives the answer, or undefined when none came.
   */
  attempt<T>(name: CallName, ask: Ask, fine?: (refused: Refused) => boolean): Promise<Answer<T> | undefined>
  fail(problem: Problem): void
  isFailed(): boolean
  step(unchanged: string): Step
}

export const startWork = (client: HubspotClient, name: string, write: boolean): Work => {
  const lines: string[] = []
  const calls: string[] = []
  let problem: Problem | undefined
  return {
    line: (text) => lines.push(text),
    attempt: async <T>(call: CallName, ask: Ask, fine: (refused: Refused) => boolean = isThere) => {
      calls.push(`${CALLS[call].method} ${shownPath(pathFor(call, ask.params))}`)
      if (!write || problem) return undefined
      const answer = await client.call<T>(call, ask)
      if (!answer.ok && !fine(answer.refused)) problem = answer.problem
      return answer
    },
    fail: (found) => (problem ??= found),
    isFailed: () => problem !== undefined,
    step: (unchanged) =>
      problem
        ? { ...failed(name, problem), lines }
        : calls.length > 0
          ? { name, state: changed(write), lines, calls }
          : { name, state: 'unchanged', lines: [...lines, unchanged] },
  }
}
