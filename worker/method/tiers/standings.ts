import { parseRef } from '../../../schemas/events/keys.ts'
import type { CompiledScheme, Context } from '../context.ts'
import type { Standing, SubjectState } from '../state.ts'

/** The schemes that rate this subject, the leading one first. */
export const schemesOf = ({ ref }: SubjectState, { playbook }: Context): readonly CompiledScheme[] => {
  const { object } = parseRef(ref)
  return object === 'company' || object === 'person' ? playbook.schemes[object] : []
}

/** The scheme that gives the subject's tier; null when the playbook has none for its kind. */
export const leadingOf = (state: SubjectState, ctx: Context): CompiledScheme | null => {
  const first = schemesOf(state, ctx)[0]
  return first?.source.leading ? first : null
}

const none = (): Standing => ({ rating: null, proposed: null, nextRatingOn: null })

/** Where a subject stands in a scheme, to be changed in place: the leading one's stands in the state itself. */
export const standingOf = (state: SubjectState, { source }: CompiledScheme): Standing =>
  source.leading ? state : ((state.schemes ??= {})[source.id] ??= none())

/** The same to look at only. */
export const seenStanding = (state: SubjectState, { source }: CompiledScheme): Standing | undefined =>
  source.leading ? state : state.schemes?.[source.id]

/** A tier as playbooks name it of any scheme: `TIER-VALUE:VIP`. One by its code alone is that of the leading scheme. */
export const tierOf = (scheme: string, tier: string): string => `${scheme}:${tier}`

/** The tiers of a customer in all schemes by such names; `leading`: its tier in the leading one. */
export const namedTiers = (
  state: SubjectState,
  ctx: Context,
  leading: string | null = state.rating?.tier ?? null,
): string[] =>
  schemesOf(state, ctx).flatMap((scheme) => {
    const found = scheme.source.leading ? leading : seenStanding(state, scheme)?.rating?.tier
    return found == null ? [] : [tierOf(scheme.source.id, found)]
  })

/** Whether a customer is of one of these tiers, each by its code or by its name; of all when none are named. */
export const isOfTiers = (
  state: SubjectState,
  ctx: Context,
  tiers: readonly string[] | undefined,
  leading: string | null = state.rating?.tier ?? null,
): boolean =>
  tiers === undefined ||
  (leading !== null && tiers.includes(leading)) ||
  namedTiers(state, ctx, leading).some((one) => tiers.includes(one))

/** The scheme that a rating's key names: `company:c1/rating/TIER-CORP/…`. */
const schemeIn = (standing: Standing): string | undefined => (standing.rating ?? standing.proposed)?.key.split('/')[2]

/** When another scheme leads than before, what stands of either changes place. */
export const followLeader = (state: SubjectState, ctx: Context): void => {
  const leader = leadingOf(state, ctx)?.source.id
  const before = schemeIn(state)
  if (leader === undefined || before === undefined || before === leader) return
  const { rating, proposed, nextRatingOn } = state
  const fresh = state.schemes?.[leader] ?? none()
  state.schemes = { ...state.schemes, [before]: { rating, proposed, nextRatingOn } }
  state.schemes = Object.fromEntries(Object.entries(state.schemes).filter(([id]) => id !== leader))
  Object.assign(state, fresh)
}
