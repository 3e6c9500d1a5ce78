import type { Role, RoleHolder } from '../../../schemas/playbook/index.ts'
import type { CompiledPlaybook, Context } from '../context.ts'

/** The roles map of a playbook with the CRM's users, ready to be asked: built once a playbook and members. */
export interface OrgMap {
  /** Branch → itself, then each that it belongs to. */
  lineage: ReadonlyMap<string, readonly string[]>
  /** Entries by role, then by branch ('' is the whole bank), those of a segment first. */
  entries: ReadonlyMap<Role, ReadonlyMap<string, readonly RoleHolder[]>>
  /** Entries of the role RM by CRM user: those that name it as a member. */
  managers: ReadonlyMap<string, readonly RoleHolder[]>
  /** All other entries that name a CRM user. */
  officers: ReadonlyMap<string, readonly RoleHolder[]>
}

const maps = new WeakMap<CompiledPlaybook['source'], WeakMap<Context['members'], OrgMap>>()

/** The map by which a decision looks for people. */
export const orgMap = ({ playbook, members }: Context): OrgMap => {
  const { source } = playbook
  let byMembers = maps.get(source)
  if (!byMembers) maps.set(source, (byMembers = new WeakMap()))
  let map = byMembers.get(members)
  if (!map) byMembers.set(members, (map = orgMapOf(source, members)))
  return map
}

/** As `orgMap`, without keeping it. */
export const orgMapOf = ({ branches, roles }: CompiledPlaybook['source'], members: Context['members']): OrgMap => {
  const lineage = new Map<string, string[]>()
  for (const { code } of branches) {
    const line: string[] = []
    for (let at: string | undefined = code; at !== undefined && !line.includes(at);) {
      line.push(at)
      const here: string = at
      at = branches.find((one) => one.code === here)?.parent
    }
    lineage.set(code, line)
  }
  const managers = new Map<string, RoleHolder[]>()
  const officers = new Map<string, RoleHolder[]>()
  for (const entry of roles) {
    const people = entry.role === 'RM' ? managers : officers
    for (const email of entry.members) {
      const user = userOf(members, email)
      if (user === undefined) continue
      const known = people.get(user)
      if (known) known.push(entry)
      else people.set(user, [entry])
    }
  }
  return { lineage, entries: byRole(roles), managers, officers }
}

const byRole = (roles: readonly RoleHolder[]): Map<Role, Map<string, RoleHolder[]>> => {
  const special = ({ segment }: RoleHolder): number => (segment?.tiers ? 2 : 0) + (segment?.customer ? 1 : 0)
  const entries = new Map<Role, Map<string, RoleHolder[]>>()
  for (const entry of [...roles].sort((a, b) => special(b) - special(a))) {
    const ofRole = entries.get(entry.role) ?? new Map<string, RoleHolder[]>()
    const branch = entry.branch ?? ''
    ofRole.set(branch, [...(ofRole.get(branch) ?? []), entry])
    entries.set(entry.role, ofRole)
  }
  return entries
}

/** The CRM's user of an e-mail address; undefined when the CRM has none. */
export const userOf = (members: Context['members'], email: string): string | undefined =>
  members[email.trim().toLowerCase()]

/** Whether an entry counts on a day (ISO date): both ends included. */
export const isInForce = ({ from, to }: RoleHolder, today: string): boolean =>
  (from === undefined || from <= today) && (to === undefined || today <= to)

const isAbsent = ({ absences = [] }: RoleHolder, email: string, today: string): boolean =>
  absences.some(({ member, from, to }) => member.toLowerCase() === email.toLowerCase() && from <= today && today <= to)

/** Who of these are there on a day, as CRM users in order. */
export const present = (
  entry: RoleHolder,
  emails: readonly string[],
  { members }: Pick<Context, 'members'>,
  today: string,
): string[] => emails.flatMap((email) => (isAbsent(entry, email, today) ? [] : (userOf(members, email) ?? [])))
