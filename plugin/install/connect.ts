import type { SharedContext } from './context.ts'
import type { Problem } from './problem.ts'
import { failed, type Step } from './step.ts'
import type { WorkerState } from './worker.ts'

/** The Worker may be gone already: then there is nothing left to forget. */
const OPEN = 'If it still runs, run `ladder uninstall` again with --ladder-url.'

type Answered = Extract<WorkerState, { kind: 'absent' | 'connected' }>

/** Whether the Worker says how it stands with the account. */
export const isAnswered = (state: WorkerState): state is Answered =>
  state.kind === 'absent' || state.kind === 'connected'

/** A Worker that isn't there, or refuses: a fault when a person named it, else left open. */
export const unansweredStep = ({ options }: SharedContext, name: string, problem: Problem): Step =>
  options.isLadderUrlGiven ? failed(name, problem) : { name, state: 'open', lines: [problem.what, problem.todo] }

/** Makes the Worker forget the account. */
export const disconnectStep = async ({ worker, options }: SharedContext, account: string): Promise<Step> => {
  const name = 'Disconnect the Worker'
  const state = await worker.state(account)
  if (state.kind === 'absent') return { name, state: 'unchanged', lines: ['it is not connected'] }
  const problem = state.kind === 'connected' ? await worker.disconnect(account) : state.problem
  if (!problem) return { name, state: 'done', lines: [`${worker.url} has forgotten the account ${account}`] }
  return options.isLadderUrlGiven ? failed(name, problem) : { name, state: 'open', lines: [problem.what, OPEN] }
}
