import { parseRef } from '../../../schemas/events/keys.ts'
import type { RoleHolder } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { isInForce, orgMap } from './map.ts'

const OWNER_FIELD: Record<string, string> = { company: 'accountOwnerId', person: 'ladderRm', campaign: 'owner' }

/** A subject's owner, a CRM user: `accountOwnerId` of a company, `ladderRm` of a person, `owner` of a campaign; else null. */
export const ownerIn = ({ ref, records }: SubjectState): string | null => {
  const { object, id } = parseRef(ref)
  const owner = records[object]?.[id]?.fields[OWNER_FIELD[object] ?? '']
  return typeof owner === 'string' && owner !== '' ? owner : null
}

/**
 * The branch of a subject, by code: what its record says (`ladderBranch`), else the branch of its owner by the roles map, else
 * the only branch that the bank has. Null: the bank as a whole. A code that the playbook doesn't have counts as none.
 */
export const branchIn = (state: SubjectState, ctx: Context): string | null => {
  const { branches } = ctx.playbook.source
  const [only] = branches
  if (only === undefined) return null
  const { lineage } = orgMap(ctx)
  const { object, id } = parseRef(state.ref)
  const named = state.records[object]?.[id]?.fields['ladderBranch']
  if (typeof named === 'string' && lineage.has(named.trim())) return named.trim()
  const owner = ownerIn(state)
  const ofOwner = owner === null ? undefined : branchOfUser(ctx, owner)
  return ofOwner ?? (branches.length === 1 ? only.code : null)
}

/** Where a CRM user works, by the entries of the roles map that count today: as a manager first, then in any other role. */
export const branchOfUser = (ctx: Context, user: string): string | undefined => {
  const { managers, officers } = orgMap(ctx)
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const placed = (entries: readonly RoleHolder[] | undefined): string | undefined =>
    entries?.find((entry) => entry.branch !== undefined && isInForce(entry, today))?.branch
  return placed(managers.get(user)) ?? placed(officers.get(user))
}
