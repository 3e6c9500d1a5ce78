import type { Playbook } from '../../../schemas/playbook/index.ts'
import { canonical } from './hash.ts'

/** One part of a playbook that two versions tell differently. `part` names it by its id: `tables.TIER_CONTACT.TIER_CONTACT-2`. */
export interface PlaybookChange {
  part: string
  change: 'added' | 'removed' | 'changed'
  before: unknown
  after: unknown
}

/** What changed from one version to another, part by part: the summary of a draft before it is published. */
export const diffPlaybooks = (before: Playbook, after: Playbook): PlaybookChange[] => {
  const [left, right] = [partsOf(before), partsOf(after)]
  const names = [...new Set([...left.keys(), ...right.keys()])]
  return names.flatMap((part): PlaybookChange[] => {
    const [a, b] = [left.get(part), right.get(part)]
    if (canonical(a ?? null) === canonical(b ?? null)) return []
    const change = a === undefined ? 'added' : b === undefined ? 'removed' : 'changed'
    return [{ part, change, before: a ?? null, after: b ?? null }]
  })
}

/** The parts that people change one at a time, by name, in the order of the document. */
const partsOf = (playbook: Playbook): Map<string, unknown> => {
  const { pipelines, tables, schemes, campaigns, escalations, roles, ...single } = playbook
  const parts = new Map<string, unknown>(Object.entries(single))
  for (const { stages, ...pipeline } of pipelines) {
    parts.set(`pipelines.${pipeline.code}`, { ...pipeline, stages: stages.map(({ code }) => code) })
    for (const stage of stages) parts.set(`pipelines.${pipeline.code}.${stage.code}`, stage)
  }
  for (const { code, columns, table } of tables) {
    const { rules, ...head } = table
    parts.set(`tables.${code}`, { columns, ...head, rules: rules.map(({ id }) => id) })
    for (const rule of rules) parts.set(`tables.${code}.${rule.id}`, rule)
  }
  for (const scheme of schemes) parts.set(`schemes.${scheme.id}`, scheme)
  for (const campaign of campaigns) parts.set(`campaigns.${campaign.code}`, campaign)
  parts.set(
    'escalations',
    escalations.map(({ id }) => id),
  )
  for (const policy of escalations) parts.set(`escalations.${policy.id}`, policy)
  for (const { role, members } of roles) parts.set(`roles.${role}`, members)
  return parts
}
