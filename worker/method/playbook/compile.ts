import type { Fields } from '../../../schemas/events/index.ts'
import type { Calendar, CampaignTemplate, Pipeline, Playbook } from '../../../schemas/playbook/index.ts'
import { isZone, workingCalendar } from '../calendar/index.ts'
import { audienceNames } from '../campaigns/names.ts'
import type { CompiledCampaign, CompiledPipeline, CompiledPlaybook } from '../context.ts'
import { compileExpression } from '../../rules/index.ts'
import { checkPipelines, checkRule } from './check-pipelines.ts'
import { compileTables } from './check-tables.ts'
import { hashOf } from './hash.ts'
import { Findings, type PlaybookIssue } from './issues.ts'
import { compilePolicies } from './policies.ts'

export type CompiledPlaybookResult =
  { ok: true; playbook: CompiledPlaybook; warnings: PlaybookIssue[] } | { ok: false; issues: PlaybookIssue[] }

/**
 * Checks a playbook beyond its shape and makes it ready to be used: cells parsed, rules compiled, policies and templates at
 * hand. All findings come in one go; with an error there is no playbook. `today` (ISO date) tells a calendar whose published
 * holidays have run out.
 */
export const compilePlaybook = (source: Playbook, version: number, today?: string): CompiledPlaybookResult => {
  const found = new Findings()
  checkCalendar(source.calendar, today, found)
  checkPipelines(source, found)
  const tables = compileTables(source, found)
  const policies = compilePolicies(source, found)
  checkCampaigns(source.campaigns, found)
  checkRoles(source, found)
  if (found.failed) return { ok: false, issues: found.list }
  const scheme = (subject: 'company' | 'person') => source.schemes.find((one) => one.subject === subject) ?? null
  const playbook: CompiledPlaybook = {
    version,
    source,
    calendar: workingCalendar(source.calendar),
    tables,
    schemes: { company: scheme('company'), person: scheme('person') },
    pipelines: new Map(source.pipelines.map((pipeline) => [pipeline.code, compilePipeline(pipeline)])),
    policies,
    campaigns: new Map(source.campaigns.map((template) => [template.code, compileCampaign(template)])),
  }
  return { ok: true, playbook, warnings: found.list }
}

/**
 * A pipeline ready to be used; also for one that was kept as data from an earlier version. `hash` is that of its content,
 * the same wherever and whenever it is computed. A rule that can't be read never holds.
 */
export const compilePipeline = (source: Pipeline): CompiledPipeline => ({
  hash: hashOf(source),
  source,
  exits: source.stages.map(({ exit }) =>
    exit.map(({ id, rule, level, message }) => {
      const compiled = compileExpression(rule)
      return { id, level, message, holds: (context: Fields) => (compiled.ok ? plain(compiled.fn(context)) : false) }
    }),
  ),
})

/** A template with its audience rule (CAMP-S1 to CAMP-S5); an unreadable one invites nobody. */
export const compileCampaign = (source: CampaignTemplate): CompiledCampaign => ({
  source,
  invites: audienceOf(source.audience),
})

/** An audience rule as a test of a customer. */
export const audienceOf = (rule: string): ((customer: Fields) => boolean) => {
  const compiled = compileExpression(rule)
  return (customer) => compiled.ok && compiled.fn(customer) === true
}

const plain = (value: unknown): boolean => value === true

const checkCalendar = (
  { hours, zone, coveredUntil, country }: Calendar,
  today: string | undefined,
  found: Findings,
): void => {
  hours.forEach(({ from, to }, index) => {
    if (from >= to && to !== '00:00')
      found.error(
        `calendar.hours[${index}]`,
        'The end must be after the start.',
        '结束时间必须晚于开始时间。',
        '{"from": "09:00", "to": "12:00"}',
      )
    const earlier = hours[index - 1]
    if (earlier && earlier.to > from)
      found.error(
        `calendar.hours[${index}]`,
        'Hours must be in order and must not overlap.',
        '时段须按先后排列且不得重叠。',
      )
  })
  if (!isZone(zone))
    found.error('calendar.zone', `There is no time zone ${zone}.`, `没有时区 ${zone}。`, 'Asia/Shanghai')
  if (country !== 'NONE' && today !== undefined && coveredUntil < today)
    found.warn(
      'calendar.coveredUntil',
      `Holidays are known only until ${coveredUntil}: after it, only weekends count as free. Update, or give the days yourself.`,
      `节假日仅覆盖至 ${coveredUntil}，此后只按周末计算。请更新，或自行填写日期。`,
      `${today.slice(0, 4)}-12-31`,
    )
}

const checkCampaigns = (campaigns: CampaignTemplate[], found: Findings): void => {
  found.unique(
    campaigns.map(({ code }, index) => ({ path: `campaigns[${index}].code`, value: code })),
    'The template',
    '活动模板',
  )
  campaigns.forEach(({ audience }, index) => checkRule(audience, `campaigns[${index}].audience`, audienceNames, found))
}

/** Roles that ladders and campaigns name, but that nobody holds: their tasks have no assignee. */
const checkRoles = ({ escalations, campaigns, roles }: Playbook, found: Findings): void => {
  found.unique(
    roles.map(({ role }, index) => ({ path: `roles[${index}].role`, value: role })),
    'The role',
    '角色',
  )
  const held = new Set(roles.filter(({ members }) => members.length > 0).map(({ role }) => role))
  const named = [
    ...escalations.flatMap(({ levels }) => levels),
    ...campaigns.flatMap(({ timeline, followUp }) => [...timeline, ...followUp]),
  ].map(({ role }) => role)
  const missing = [...new Set(named)].filter((role) => role !== 'RM' && !held.has(role)).sort()
  if (missing.length > 0)
    found.warn(
      'roles',
      `Nobody holds ${missing.join(', ')}: their tasks will have no assignee.`,
      `以下角色无人担任：${missing.join('、')}，其任务将没有责任人。`,
      '{"role": "VICE_PRESIDENT", "members": ["vp@bank.example"]}',
    )
}
