import type { Label } from '../../schemas/model/define.ts'
import { fieldDef } from '../../schemas/model/index.ts'
import { campaigns as templates } from '../../schemas/playbook/default/campaigns.ts'
import { devA } from '../../schemas/playbook/default/dev-a-close.ts'
import { schemes } from '../../schemas/playbook/default/schemes.ts'
import type { Row, TaskedCampaign } from './crm/index.ts'

export interface Count {
  code: string
  name: Label
  count: number
}

/** Escalations that stand, by level and cause. `resolved` is null where nobody keeps it by cause. */
export interface EscalationFigures {
  open: number
  acknowledged: number
  resolved: number
  levels: { level: number; count: number }[]
  causes: (Count & { resolved: number | null })[]
}

/** A campaign; null for what is only on records that the CRM doesn't have. */
export interface CampaignFigures {
  name: string
  template: string
  heldOn: string
  status: Label | null
  guests: number
  invited: number | null
  confirmed: number | null
  attended: number | null
  friends: number | null
}

/** What Ladder's summary tells of escalations: counts by code. */
export interface LadderSummary {
  escalations: {
    open: number
    acknowledged: number
    resolved: number
    byLevel: Record<string, number>
    byCause: Record<string, number>
  }
}

const optionsOf = (object: string, field: string): { code: string; label: Label }[] =>
  fieldDef(object, field)?.options ?? []

const labelOf = (object: string, field: string, code: unknown): Label =>
  optionsOf(object, field).find((one) => one.code === code)?.label ?? { en: String(code), zh: String(code) }

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

const UNRATED: Count = { code: 'UNRATED', name: { en: 'Not rated yet', zh: '尚未评级' }, count: 0 }

/** Customers by tier in the order of the scheme; those without a balance aren't rated. */
export const tiersOf = (rows: readonly Row[], subject: 'company' | 'person'): Count[] => {
  const codes = schemes.find((scheme) => scheme.subject === subject)?.tiers ?? []
  const count = (code: string | null): number =>
    rows.filter(({ fields }) => (fields.ladderTier ?? null) === code).length
  const tiers = codes.map((code) => ({ code, name: labelOf(subject, 'ladderTier', code), count: count(code) }))
  const unrated = count(null)
  return unrated > 0 ? [...tiers, { ...UNRATED, count: unrated }] : tiers
}

/** Developments by stage, those stages that have any. */
export const stagesOf = (rows: readonly Row[]): (Count & { id: string })[] =>
  devA.stages
    .map(({ code, id, name }) => ({ code, id, name, count: rows.filter(({ fields }) => fields.stage === code).length }))
    .filter(({ count }) => count > 0)

const isOverdue = ({ fields }: Row, now: number): boolean =>
  typeof fields.dueAt === 'string' && Date.parse(fields.dueAt) < now

/** Tasks that are open, by kind, and how many of them are late at `now` (epoch ms). */
export const tasksOf = (rows: readonly Row[], now: number) => {
  const open = rows.filter(({ fields }) => fields.status !== 'DONE')
  const kinds = optionsOf('task', 'ladderKind').map(({ code, label }) => {
    const own = open.filter(({ fields }) => fields.ladderKind === code)
    return { code, name: label, count: own.length, overdue: own.filter((row) => isOverdue(row, now)).length }
  })
  return {
    open: open.length,
    overdue: open.filter((row) => isOverdue(row, now)).length,
    done: rows.length - open.length,
    kinds: kinds.filter(({ count }) => count > 0),
  }
}

/** Escalations as their records show them. */
export const escalationsOf = (rows: readonly Row[]): EscalationFigures => {
  const by = (status: string): Row[] => rows.filter(({ fields }) => fields.status === status)
  const standing = rows.filter(({ fields }) => fields.status !== 'RESOLVED')
  const levels = [...new Set(standing.map(({ fields }) => Number(fields.level)))].sort((a, b) => a - b)
  return {
    open: by('OPEN').length,
    acknowledged: by('ACKNOWLEDGED').length,
    resolved: by('RESOLVED').length,
    levels: levels.map((level) => ({
      level,
      count: standing.filter(({ fields }) => Number(fields.level) === level).length,
    })),
    causes: optionsOf('escalation', 'cause').map(({ code, label }) => ({
      code,
      name: label,
      count: standing.filter(({ fields }) => fields.cause === code).length,
      resolved: by('RESOLVED').filter(({ fields }) => fields.cause === code).length,
    })),
  }
}

/** Escalations as Ladder tells them, where the CRM has no records of them. */
export const escalationsToldBy = ({ escalations }: LadderSummary): EscalationFigures => {
  const { open, acknowledged, resolved, byLevel, byCause } = escalations
  return {
    open,
    acknowledged,
    resolved,
    levels: Object.entries(byLevel)
      .map(([level, count]) => ({ level: Number(level), count }))
      .sort((a, b) => a.level - b.level),
    causes: optionsOf('escalation', 'cause').map(({ code, label }) => ({
      code,
      name: label,
      count: byCause[code] ?? 0,
      resolved: null,
    })),
  }
}

/** Campaigns as their records and guest lists show them. */
export const campaignsOf = (rows: readonly Row[], guests: readonly Row[]): CampaignFigures[] =>
  rows.map(({ id, fields }) => ({
    name: String(fields.name),
    template: String(fields.templateCode),
    heldOn: String(fields.heldOn),
    status: labelOf('campaign', 'status', fields.status),
    guests: guests.filter((guest) => guest.fields.campaign === id).length,
    invited: numberOf(fields.invited),
    confirmed: numberOf(fields.confirmed),
    attended: numberOf(fields.attended),
    friends: numberOf(fields.friends),
  }))

/** Campaigns as their tasks show them, where the CRM has no records of them. */
export const campaignsOfTasks = (tasked: readonly TaskedCampaign[]): CampaignFigures[] =>
  tasked
    .map(({ template, heldOn, guests }) => ({
      name: templates.find(({ code }) => code === template)?.name.zh ?? template,
      template,
      heldOn,
      status: null,
      guests,
      invited: null,
      confirmed: null,
      attended: null,
      friends: null,
    }))
    .sort((a, b) => a.heldOn.localeCompare(b.heldOn))
