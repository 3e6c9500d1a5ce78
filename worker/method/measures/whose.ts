import type { Context } from '../context.ts'
import { branchIn, ownerIn } from '../org/index.ts'
import type { SubjectState } from '../state.ts'

/** Branch code and RM (CRM user) of a subject; '' where there is none. */
export interface Whose {
  branch: string
  rm: string
}

export const whoseOf = (state: SubjectState, ctx: Context): Whose => ({
  branch: branchIn(state, ctx) ?? '',
  rm: ownerIn(state) ?? '',
})
