import type { Role, RoleHolder } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import { isInForce, type OrgMap, orgMap, present } from './map.ts'

/** For whom somebody is looked for: a customer's branch, what it is, its tier. */
export interface Whose {
  branch: string | null
  object: string
  tier: string | null
}

/**
 * The CRM user who holds a role today for such a customer: of its branch, else of the branch above, else of the whole bank;
 * with each, first who has that segment. Absent: a deputy, then the next member, then the next entry. Null: nobody. RM isn't
 * looked for here, it is the customer's owner.
 */
export const holderFor = (ctx: Context, role: Role, whose: Whose): string | null => {
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  for (const entry of entriesFor(orgMap(ctx), role, whose)) {
    if (!isInForce(entry, today)) continue
    const [first, ...others] = entry.members
    const line = [...(first === undefined ? [] : [first]), ...(entry.deputies ?? []), ...others]
    const [user] = present(entry, line, ctx, today)
    if (user !== undefined) return user
  }
  return null
}

/** Entries of a role for such a customer, the nearest first, whether they count today or not. */
export const entriesFor = ({ entries, lineage }: OrgMap, role: Role, { branch, object, tier }: Whose): RoleHolder[] => {
  const ofRole = entries.get(role)
  if (!ofRole) return []
  const line = [...(branch === null ? [] : (lineage.get(branch) ?? [])), '']
  return line
    .flatMap((one) => ofRole.get(one) ?? [])
    .filter(
      ({ segment }) =>
        (segment?.customer === undefined || segment.customer === object) &&
        (segment?.tiers === undefined || (tier !== null && segment.tiers.includes(tier))),
    )
}

/** Who acts for a manager today: the manager, or while absent a deputy; the manager when there is none. */
export const actingFor = (ctx: Context, user: string): string => {
  const entries = orgMap(ctx).managers.get(user)
  if (!entries) return user
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const counting = entries.filter((entry) => isInForce(entry, today))
  const absent = counting.find((entry) => !present(entry, entry.members, ctx, today).includes(user))
  return absent ? (present(absent, absent.deputies ?? [], ctx, today)[0] ?? user) : user
}
