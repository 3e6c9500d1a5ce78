import type { Draft } from '../draft.ts'
import { callsIn } from './calls.ts'

/** Keeps the calls of the last days by who made them (DEV-ACT), so that those of one RM can be added up over customers. */
export const activity = (draft: Draft): void => {
  const { state, ctx } = draft
  const calls = callsIn(state, ctx)
  if (Object.keys(calls).length > 0) state.calls = calls
  else delete state.calls
}
