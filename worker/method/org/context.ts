import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { branchIn } from './branch.ts'

/** What a subject's rules look at: where its branch has working time of its own, the playbook with that calendar. */
export const contextOf = (state: SubjectState, ctx: Context): Context => {
  const { branches } = ctx.playbook
  if (branches.size === 0) return ctx
  const branch = branchIn(state, ctx)
  const playbook = branch === null ? undefined : branches.get(branch)
  return playbook && playbook !== ctx.playbook ? { ...ctx, playbook } : ctx
}
