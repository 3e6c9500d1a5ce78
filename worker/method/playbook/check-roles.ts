import type { Label } from '../../../schemas/model/define.ts'
import { ROLES, type Playbook, type Role, type RoleHolder } from '../../../schemas/playbook/index.ts'
import { addDays } from '../calendar/dates.ts'
import type { CompiledPolicy } from '../context.ts'
import { entriesFor, type Whose } from '../org/holder.ts'
import { orgMapOf } from '../org/map.ts'
import type { Findings } from './issues.ts'
import { tierOf } from '../tiers/standings.ts'
import { causesOf, tiersOf } from './policies.ts'

/** For whom a role is needed: '' is a customer without a tier. */
type Needs = Map<Role, Set<string>>

/**
 * Roles that a ladder, template or scheme needs and that nobody holds, in some branch, for some tier or from some day on: their
 * tasks would have no assignee. `today` (ISO date) is the day from which validity dates are looked at.
 */
export const checkRoles = (
  source: Playbook,
  policies: readonly CompiledPolicy[],
  today: string | undefined,
  found: Findings,
): void => {
  const map = orgMapOf(source, {})
  const branches = source.branches.length === 0 ? [null] : source.branches.map(({ code }) => code)
  const nowhere: Role[] = []
  for (const [role, tiers] of [...needsOf(source, policies)].sort(([a], [b]) => a.localeCompare(b))) {
    const gaps = new Map<string, { gap: Gap; branches: (string | null)[] }>()
    for (const branch of branches) {
      const gap = worstOf(source, tiers, (whose) => gapOf(entriesFor(map, role, { ...whose, branch }), today))
      if (!gap) continue
      const key = JSON.stringify(gap)
      const known = gaps.get(key)
      if (known) known.branches.push(branch)
      else gaps.set(key, { gap, branches: [branch] })
    }
    const never = gaps.get('{"from":""}')
    if (never?.branches.length === branches.length) nowhere.push(role)
    else for (const one of gaps.values()) tellGap(role, one.gap, one.branches, found)
  }
  if (nowhere.length > 0)
    found.warn(
      'roles',
      `Nobody holds ${nowhere.join(', ')}: their tasks will have no assignee.`,
      `以下角色无人担任：${nowhere.join('、')}，其任务将没有责任人。`,
      EXAMPLE,
    )
}

const EXAMPLE = '{"role": "VICE_PRESIDENT", "members": ["vp@bank.example"]}'

/** From which day on nobody holds a role ('': never anybody), for which tiers alone, if not for all. */
interface Gap {
  from: string
  tiers?: string[]
}

const gapOf = (entries: readonly RoleHolder[], today: string | undefined): string | null => {
  const held = entries.filter(({ members }) => members.length > 0)
  if (held.length === 0) return ''
  if (today === undefined) return null
  for (let day = today; ;) {
    const last = held
      .filter(({ from, to }) => (from === undefined || from <= day) && (to === undefined || to >= day))
      .reduce<string | undefined>((most, { to = FOREVER }) => (most === undefined || to > most ? to : most), undefined)
    if (last === undefined) return day
    if (last === FOREVER) return null
    day = addDays(last, 1)
  }
}
const FOREVER = '9999-12-31'

/** The gap of all tiers that need the role, or of those that have one. */
const worstOf = (
  { schemes }: Playbook,
  tiers: ReadonlySet<string>,
  gapFor: (whose: Omit<Whose, 'branch'>) => string | null,
): Gap | null => {
  const wanted = [...tiers].flatMap((tier) =>
    schemes
      .filter((scheme) => tier === '' || scheme.tiers.includes(tier))
      .map(({ subject }) => ({ tier: tier === '' ? null : tier, object: subject })),
  )
  const gaps = wanted.flatMap((whose) => {
    const from = gapFor(whose)
    return from === null ? [] : [{ from, tier: whose.tier ?? '-' }]
  })
  const [first] = gaps.sort((a, b) => (a.from < b.from ? -1 : 1))
  if (!first) return null
  const same = [...new Set(gaps.filter(({ from }) => from === first.from).map(({ tier }) => tier))]
  return gaps.length === wanted.length && gaps.every(({ from }) => from === first.from)
    ? { from: first.from }
    : { from: first.from, tiers: same.sort() }
}

const tellGap = (role: Role, { from, tiers }: Gap, branches: (string | null)[], found: Findings): void => {
  const where = branches.filter((branch) => branch !== null)
  const parts: Label[] = [
    ...(where.length > 0 ? [{ en: ` in ${where.join(', ')}`, zh: `机构 ${where.join('、')}` }] : []),
    ...(tiers ? [{ en: ` for the tiers ${tiers.join(', ')}`, zh: `等级 ${tiers.join('、')}` }] : []),
    ...(from === '' ? [] : [{ en: ` from ${from} on`, zh: `自 ${from} 起` }]),
  ]
  const zh = parts.map((part) => part.zh).join('，')
  found.warn(
    'roles',
    `Nobody holds ${role}${parts.map((part) => part.en).join('')}: its tasks will have no assignee.`,
    `${role}${zh === '' ? '' : `（${zh}）`}无人担任，其任务将没有责任人。`,
    EXAMPLE,
  )
}

const needsOf = (source: Playbook, policies: readonly CompiledPolicy[]): Needs => {
  const needs: Needs = new Map()
  const all = ['', ...tiersOf(source)]
  const need = (role: string, tiers: readonly string[]): void => {
    if (role === 'RM' || role === 'NAMED_PERSON' || !isRole(role)) return
    needs.set(role, new Set([...(needs.get(role) ?? []), ...tiers]))
  }
  for (const tier of all)
    for (const cause of causesOf(source)) {
      if (cause === 'ESC_VISIT' && !source.leaderVisits.some(({ tiers }) => tiers.includes(tier))) continue
      const policy = policies.find(({ matches }) => matches(cause, tier === '' ? null : tier))
      for (const { role } of policy?.levels ?? []) need(role, [tier])
    }
  for (const { id, subject, tiers } of source.schemes)
    for (const tier of tiers)
      for (const cause of causesOf(source)) {
        const policy = policies.find(({ matches }) => matches(cause, null, [tierOf(id, tier)]))
        if (policy === policies.find(({ matches }) => matches(cause, null))) continue
        const leading = source.schemes.find((one) => one.leading && one.subject === subject)?.tiers ?? []
        for (const { role } of policy?.levels ?? []) need(role, leading)
      }
  for (const { timeline, followUp, plan } of source.campaigns) {
    const planned = [...(plan?.posts?.segments ?? []), ...(plan?.phases ?? [])]
    for (const { role } of [...timeline, ...followUp, ...planned]) need(role, all)
  }
  for (const { work } of source.occasions) for (const { role } of work) need(role, all)
  for (const { role, tiers } of source.leaderVisits) need(role, tiers)
  for (const { work, tiers = all } of source.joint) for (const { role } of work) need(role, tiers)
  for (const { table: code, approval } of source.schemes) {
    const table = source.tables.find((one) => one.code === code)?.table
    const [tierAt, leadsAt] = ['tier', 'leads'].map(
      (name) => table?.outputs.findIndex((one) => one.name === name) ?? -1,
    )
    for (const { then } of table?.rules ?? []) {
      const tier = then[tierAt ?? -1]?.replaceAll('"', '')
      const leads = then[leadsAt ?? -1]?.match(/[A-Z_]+/g) ?? []
      for (const role of approval === 'committee' ? leads : []) need(role, tier === undefined ? all : [tier])
    }
  }
  return needs
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)
