import type { Playbook, RoleHolder } from '../../../schemas/playbook/index.ts'
import { checkHours } from './check-calendar.ts'
import type { Findings } from './issues.ts'
import { tiersOf } from './policies.ts'

/** Branches and roles as they are written: what they name is there, dates are in order, absences have somebody else. */
export const checkOrg = (source: Playbook, today: string | undefined, found: Findings): void => {
  checkBranches(source, found)
  const codes = new Set(source.branches.map(({ code }) => code))
  source.roles.forEach((entry, index) => {
    const path = `roles[${index}]`
    const { branch, segment, from, to } = entry
    if (branch !== undefined && !codes.has(branch)) noBranch(branch, `${path}.branch`, found)
    checkTiers(source, segment?.tiers, `${path}.segment.tiers`, found)
    if (from !== undefined && to !== undefined && to < from)
      found.error(`${path}.to`, 'The last day lies before the first.', '结束日期早于开始日期。', from)
    checkAbsences(entry, path, today, found)
  })
}

/** Tiers that are named must be given by a scheme. */
export const checkTiers = (
  source: Playbook,
  tiers: string[] | undefined,
  path: string,
  found: Findings,
  known = tiersOf(source),
): void => {
  for (const [place, tier] of (tiers ?? []).entries())
    if (!known.includes(tier))
      found.error(
        `${path}[${place}]`,
        `No scheme gives the tier ${tier}: correct it.`,
        `没有评级方案使用等级 ${tier}，请更正。`,
        known[0],
      )
}

const noBranch = (branch: string, path: string, found: Findings): void =>
  found.error(
    path,
    `There is no branch ${branch}: correct the code, or add it to branches.`,
    `没有机构 ${branch}：请更正代码，或在 branches 中添加。`,
    '{"code": "310001", "name": {"en": "East", "zh": "城东支行"}}',
  )

const checkBranches = ({ branches, calendar }: Playbook, found: Findings): void => {
  found.unique(
    branches.map(({ code }, index) => ({ path: `branches[${index}].code`, value: code })),
    'The branch',
    '机构',
  )
  const parents = new Map(branches.map(({ code, parent }) => [code, parent]))
  branches.forEach((branch, index) => {
    const path = `branches[${index}]`
    const { parent } = branch
    if (parent !== undefined && !parents.has(parent)) noBranch(parent, `${path}.parent`, found)
    const above = new Set<string>()
    for (let at = parent; at !== undefined && !above.has(at); at = parents.get(at)) above.add(at)
    if (above.has(branch.code))
      found.error(
        `${path}.parent`,
        `${branch.code} belongs to itself by way of ${parent ?? ''}: take one parent away.`,
        `${branch.code} 的上级关系成环，请去掉其中一个上级。`,
      )
    const { hours = calendar.hours, zone = calendar.zone } = branch.calendar ?? {}
    if (branch.calendar) checkHours({ hours, zone }, `${path}.calendar`, found)
  })
}

/** Somebody is away and nobody stands in: what falls due meanwhile would go to the next level, or to nobody. */
const checkAbsences = (entry: RoleHolder, path: string, today: string | undefined, found: Findings): void => {
  const { members, deputies = [], absences = [] } = entry
  const people = [...members, ...deputies].map((email) => email.toLowerCase())
  absences.forEach(({ member, from, to }, index) => {
    const place = `${path}.absences[${index}]`
    const away = member.toLowerCase()
    if (to < from) found.error(`${place}.to`, 'The last day lies before the first.', '结束日期早于开始日期。', from)
    if (!people.includes(away))
      found.error(
        `${place}.member`,
        `${member} is neither a member nor a deputy here: correct the address.`,
        `${member} 既不是本条的成员也不是代理人，请更正地址。`,
        members[0],
      )
    if (today !== undefined && to < today) return
    const isAway = (email: string): boolean =>
      absences.some((one) => one.member.toLowerCase() === email && one.from <= to && from <= one.to)
    // an owner's work goes to a deputy only, that of any other role to the next member too
    const others = (entry.role === 'RM' ? deputies : [...members, ...deputies]).map((email) => email.toLowerCase())
    if (others.some((email) => email !== away && !isAway(email))) return
    found.warn(
      `${place}.member`,
      `Nobody stands in for ${member} from ${from} to ${to}: add a deputy who is there.`,
      `${member} 在 ${from} 至 ${to} 期间无人代理，请增加在岗的代理人。`,
      '"deputies": ["deputy@bank.example"]',
    )
  })
}
