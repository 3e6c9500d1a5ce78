import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Label } from '../../../schemas/model/define.ts'
import {
  clock,
  planSchema,
  subjectSchema,
  type CampaignPlan,
  type CampaignTemplate,
  type EscalationPolicy,
  type Playbook,
} from '../../../schemas/playbook/index.ts'
import { inLanguage, jsonOf, labelFrom, levelsFrom, roleOf, textOf, wrong, type Read } from './cells.ts'
import { checkTemplate } from './check-campaigns.ts'
import { Findings, pathOf } from './issues.ts'

/** A policy's record as a policy. Its cells are checked afterwards, when it is compiled. */
export const policyFrom = (
  playbook: Playbook,
  { fields }: RecordSnapshot,
  id: string,
  present: EscalationPolicy | undefined,
): Read<EscalationPolicy> => {
  const levels = levelsFrom(textOf(fields['levels']), playbook.calendar)
  if (!levels.ok) return levels
  const cell = (name: string): string => textOf(fields[name]).replace(/[“”]/g, '"').replace(/，/g, ',') || '-'
  return {
    ok: true,
    value: {
      id,
      name: labelFrom(playbook, textOf(fields['name']) || id, present?.name),
      causes: cell('causeCell'),
      tiers: cell('tierCell'),
      levels: levels.value,
    },
  }
}

/** A template's record as a template; texts that were changed stand for both languages. */
export const templateFrom = (
  playbook: Playbook,
  { fields }: RecordSnapshot,
  code: string,
  present: CampaignTemplate | undefined,
): Read<CampaignTemplate> => {
  const found = new Findings()
  const audience = textOf(fields['audience'])
  if (audience === '')
    return wrong('Audience rule: say for whom, such as tier = "HIGH".', '对象规则：请填写条件，如 tier = "HIGH"。')
  const { size } = fields
  const subject = subjectSchema.safeParse(fields['subject'])
  if (!subject.success)
    return wrong('For: choose individuals, companies or both.', '对象类型：请选择个人、公司或个人和公司。')
  if (typeof size !== 'number' || !Number.isInteger(size) || size <= 0)
    return wrong('Size: a whole number of people, such as 24.', '规模：请填写人数（整数），如 24。')
  const timeline = timelineFrom(playbook, jsonOf(fields['timeline']), present)
  if (!timeline.ok) return timeline
  const followUp = followUpFrom(playbook, jsonOf(fields['followUp']), present)
  if (!followUp.ok) return followUp
  const plan = planFrom(jsonOf(fields['plan']))
  if (!plan.ok) return plan
  const label = (name: 'name' | 'theme' | 'form' | 'place' | 'roles' | 'participation'): Label =>
    labelFrom(playbook, textOf(fields[name]) || '-', present?.[name])
  const value: CampaignTemplate = {
    code,
    name: labelFrom(playbook, textOf(fields['name']) || code, present?.name),
    subject: subject.data,
    audience,
    theme: label('theme'),
    form: label('form'),
    place: label('place'),
    size,
    roles: label('roles'),
    participation: label('participation'),
    timeline: timeline.value,
    followUp: followUp.value,
    ...(plan.value ? { plan: plan.value } : {}),
  }
  checkTemplate(value, playbook, '', found)
  const issue = found.list.find(({ severity }) => severity === 'error')
  if (!issue) return { ok: true, value }
  const [name = ''] = issue.path.split(/[.[]/)
  const place = PLACES[name]
  return wrong(`${place?.en ?? issue.path}: ${issue.message.en}`, `${place?.zh ?? issue.path}：${issue.message.zh}`)
}

const PLACES: Record<string, Label> = {
  audience: { en: 'Audience rule', zh: '对象规则' },
  participation: { en: 'How guests take part', zh: '参与方式' },
  plan: { en: 'Plan', zh: '计划' },
  timeline: { en: 'Timeline', zh: '时间表' },
}

/** A plan as edited: its texts may stand for both languages. */
const planFrom = (json: unknown): Read<CampaignPlan | undefined> => {
  if (json === undefined || json === null) return { ok: true, value: undefined }
  const parsed = planSchema.safeParse(bothLanguages(json))
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]
  const path = pathOf(issue?.path ?? [])
  return wrong(
    `Plan: ${path} can't be read: ${issue?.message ?? ''}. Such as ${PLAN_EXAMPLE}.`,
    `计划：${path} 无法读取（${issue?.message ?? ''}）。如 ${PLAN_EXAMPLE}。`,
  )
}

const PLAN_EXAMPLE = '{"festivals": ["MID_AUTUMN"], "leadDays": 20}'

const bothLanguages = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(bothLanguages)
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) =>
      (name === 'name' || name === 'text') && typeof value === 'string'
        ? [name, { en: value, zh: value }]
        : [name, bothLanguages(value)],
    ),
  )
}

type Timeline = CampaignTemplate['timeline']
type FollowUp = CampaignTemplate['followUp']
const TIMELINE_EXAMPLE = '[{"day": -10, "role": "RM", "title": "…"}]'
const FOLLOW_UP_EXAMPLE = '{"came": [{"day": 2, "role": "RM", "title": "…"}]}'

const timelineFrom = (playbook: Playbook, json: unknown, present: CampaignTemplate | undefined): Read<Timeline> => {
  if (!Array.isArray(json) || json.length === 0)
    return wrong(
      `Timeline: a list of tasks, such as ${TIMELINE_EXAMPLE}.`,
      `时间表：应为任务列表，如 ${TIMELINE_EXAMPLE}。`,
    )
  const tasks: Timeline = []
  for (const [index, one] of json.entries()) {
    const task = taskFrom(playbook, one, `Timeline, task ${index + 1}`, `时间表第 ${index + 1} 项`, titlesOf(present))
    if (!task.ok) return task
    const { per, at, hours } = one as { per?: unknown; at?: unknown; hours?: unknown }
    const place = `${index + 1}`
    if (at !== undefined && !clock.safeParse(at).success)
      return wrong(
        `Timeline, task ${place}: at must be a time such as 08:30.`,
        `时间表第 ${place} 项：at 应为时间，如 08:30。`,
      )
    if (hours !== undefined && !(typeof hours === 'number' && hours > 0))
      return wrong(
        `Timeline, task ${place}: hours must be working hours, such as 4.`,
        `时间表第 ${place} 项：hours 应为工作小时数，如 4。`,
      )
    tasks.push({
      ...task.value,
      per: per === 'guest' ? 'guest' : 'campaign',
      ...(typeof at === 'string' ? { at } : {}),
      ...(typeof hours === 'number' ? { hours } : {}),
    })
  }
  return { ok: true, value: tasks }
}

const WHEN = { came: 'CAME', absent: 'ABSENT', broughtFriend: 'BROUGHT_FRIEND' } as const

const followUpFrom = (playbook: Playbook, json: unknown, present: CampaignTemplate | undefined): Read<FollowUp> => {
  if (json === undefined || json === null) return { ok: true, value: [] }
  const shape = wrong(
    `Follow-up: tasks by came, absent and broughtFriend, such as ${FOLLOW_UP_EXAMPLE}.`,
    `后续跟进：按 came、absent、broughtFriend 分列的任务，如 ${FOLLOW_UP_EXAMPLE}。`,
  )
  if (typeof json !== 'object' || Array.isArray(json)) return shape
  const tasks: FollowUp = []
  if (Object.keys(json).some((name) => !Object.hasOwn(WHEN, name))) return shape
  for (const [name, when] of Object.entries(WHEN)) {
    const list = (json as Record<string, unknown>)[name] ?? []
    if (!Array.isArray(list)) return shape
    for (const [index, one] of list.entries()) {
      const place = `${name}[${index + 1}]`
      const task = taskFrom(playbook, one, `Follow-up, ${place}`, `后续跟进 ${place}`, titlesOf(present))
      if (!task.ok) return task
      if (task.value.day < 0)
        return wrong(
          `Follow-up, ${place}: day must not be before the day itself.`,
          `后续跟进 ${place}：day 不能为负数。`,
        )
      tasks.push({ when, ...task.value })
    }
  }
  return { ok: true, value: tasks }
}

const titlesOf = (present: CampaignTemplate | undefined): Label[] =>
  [...(present?.timeline ?? []), ...(present?.followUp ?? [])].map(({ title }) => title)

const taskFrom = (
  playbook: Playbook,
  value: unknown,
  en: string,
  zh: string,
  titles: Label[],
): Read<{ day: number; role: Timeline[number]['role']; title: Label }> => {
  const { day, role, title } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof day !== 'number' || !Number.isInteger(day) || Math.abs(day) > 366)
    return wrong(
      `${en}: day must be a whole number of working days, such as -10.`,
      `${zh}：day 应为工作日数（整数），如 -10。`,
    )
  const known = typeof role === 'string' ? roleOf(role) : undefined
  if (!known)
    return wrong(
      `${en}: there is no role ${String(role)}, write RM for example.`,
      `${zh}：没有角色 ${String(role)}，例如可写 RM。`,
    )
  if (typeof title !== 'string' || title.trim() === '')
    return wrong(`${en}: say in title what is to be done.`, `${zh}：请在 title 中写明要做什么。`)
  const present = titles.find((label) => inLanguage(playbook, label) === title)
  return { ok: true, value: { day, role: known, title: labelFrom(playbook, title, present) } }
}
