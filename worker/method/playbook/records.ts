import type { Fields, Value } from '../../../schemas/events/index.ts'
import { methodKey } from '../../../schemas/events/keys.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type {
  CampaignTemplate,
  EscalationPolicy,
  Playbook,
  PlaybookTable,
  TableRule,
} from '../../../schemas/playbook/index.ts'
import { inLanguage, levelsText } from './cells.ts'
import { CONDITIONS, conditionsText } from './conditions.ts'

/** A record of the method as the CRM shows it. */
export interface MethodRecord {
  object: 'tierRule' | 'escalationPolicy' | 'campaignTemplate'
  key: string
  fields: Fields
}

/**
 * The records that stand for a playbook's tables, policies and templates in the CRM, to be edited there. Amounts of money
 * fields are fen; cells stay as they are, in yuan. `applyRecords` reads them back.
 */
export const recordsOf = (playbook: Playbook): MethodRecord[] => [
  ...playbook.tables.flatMap((table) =>
    table.table.rules.map((rule, index) => ({
      object: 'tierRule' as const,
      key: methodKey('rule', table.code, rule.id),
      fields: ruleFields(table, rule, index + 1),
    })),
  ),
  ...playbook.escalations.map((policy, index) => ({
    object: 'escalationPolicy' as const,
    key: methodKey('policy', policy.id),
    fields: policyFields(playbook, policy, index + 1),
  })),
  ...playbook.campaigns.map((template) => ({
    object: 'campaignTemplate' as const,
    key: methodKey('template', template.code),
    fields: templateFields(playbook, template),
  })),
]

/** A table row in the columns of a tier rule. */
export const ruleFields = (whole: PlaybookTable, rule: TableRule, rowNo: number): Fields => {
  const { code, table, columns } = whole
  const fields: Fields = { name: `${code} ${rowNo}`, table: code, rowNo }
  table.inputs.forEach(({ name }, index) => {
    const field = columns[name]
    if (field === CONDITIONS) fields[field] = conditionsText(whole, rule.when)
    else if (field) fields[field] = rule.when[index] ?? '-'
  })
  table.outputs.forEach(({ name }, index) => {
    const field = columns[name]
    if (field) fields[field] = fieldValue(field, rule.then[index] ?? '')
  })
  return fields
}

/** A result cell as a field's value: a literal without its quotes, money in fen; null for a blank or an expression. */
const fieldValue = (field: string, cell: string): Value => {
  const text = cell.trim()
  if (text === '' || text === '-') return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const type = fieldDef('tierRule', field)?.type
  if (typeof value === 'number') return type === 'money' ? Math.round(value * 100) : value
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

export const policyFields = (playbook: Playbook, policy: EscalationPolicy, rowNo: number): Fields => ({
  name: inLanguage(playbook, policy.name),
  causeCell: policy.causes,
  tierCell: policy.tiers,
  rowNo,
  levels: levelsText(policy.levels, playbook.calendar),
})

const WHEN = { CAME: 'came', ABSENT: 'absent', BROUGHT_FRIEND: 'broughtFriend' } as const

export const templateFields = (playbook: Playbook, template: CampaignTemplate): Fields => {
  const say = (label: { en: string; zh: string }): string => inLanguage(playbook, label)
  const followUp: Record<string, Value[]> = {}
  for (const { when, day, role, title } of template.followUp)
    (followUp[WHEN[when]] ??= []).push({ day, role, title: say(title) })
  return {
    name: say(template.name),
    code: template.code,
    audience: template.audience,
    subject: template.subject,
    theme: say(template.theme),
    form: say(template.form),
    place: say(template.place),
    size: template.size,
    roles: say(template.roles),
    participation: say(template.participation),
    timeline: template.timeline.map(({ day, role, per, title, at, hours }) => ({
      day,
      role,
      ...(per === 'guest' ? { per } : {}),
      ...(at === undefined ? {} : { at }),
      ...(hours === undefined ? {} : { hours }),
      title: say(title),
    })),
    followUp,
    plan: template.plan ?? null,
  }
}
