import type { RatingRun } from '../../../schemas/events/index.ts'
import { BANK } from '../../../schemas/events/keys.ts'
import type { CompiledScheme, Context } from '../context.ts'
import type { Standing, SubjectState } from '../state.ts'
import { contributionOf } from './attributes.ts'
import type { Tiering } from './evaluate.ts'
import { schemesOf, seenStanding } from './standings.ts'

/** Whether word of a run is news to a subject: it isn't rated in it yet, or has a proposal that is answered (TIER-RERATE). */
export const concerns = (state: SubjectState, ctx: Context, run: RatingRun): boolean => {
  if (state.ref === BANK) return true
  const scheme = schemesOf(state, ctx).find(({ source }) => source.id === run.scheme)
  const standing = scheme && seenStanding(state, scheme)
  if (!standing) return false
  return run.step === 'RATE' ? standing.run !== run.id : standing.proposed?.run === run.id
}

/** Whether a customer is of the share that leaves: it brings as little as the last one of them, or less. */
export const isToLeave = (state: SubjectState, { exit }: RatingRun): boolean => {
  if (!exit) return false
  const brings = contributionOf(state) ?? 0
  return brings < exit.contribution || (brings === exit.contribution && state.ref <= exit.ref)
}

/** Who is to be let go stays so for as long as the table gives the tier that such customers come from. */
export const stay = ({ source }: CompiledScheme, standing: Standing, tiering: Tiering | null): Tiering | null => {
  const exit = source.run?.exit
  const tier = (standing.proposed ?? standing.scheduled ?? standing.rating)?.tier
  return tiering && exit && tiering.tier === exit.from && tier === exit.to ? { ...tiering, tier } : tiering
}
