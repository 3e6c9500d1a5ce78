import type { Label } from '../../../schemas/model/define.ts'
import { data, type Choices } from './data.ts'
import type {
  CampaignView,
  CustomerView,
  DevelopmentView,
  Due,
  EscalationView,
  PageRows,
  PageView,
  Row,
} from './kinds.ts'

/** A date within so many days is near enough to be shown as such. */
const SOON_DAYS = 14
const DAY_MS = 86_400_000

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const rowOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {})
const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** The name of a record, be it a text or a person's first and last name. */
export const nameOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  const { firstName, lastName } = rowOf(value)
  return [textOf(firstName), textOf(lastName)].filter((part) => part !== '').join(' ')
}

const labelOf = (choices: Choices, code: unknown): Label | undefined => choices.find((one) => one.code === code)?.label

/** How near a date is to today; both ISO dates. An instant counts by its day. */
export const dueOf = (value: unknown, today: string): Due => {
  const on = textOf(value).slice(0, 10)
  const days = Math.round((Date.parse(on) - Date.parse(today)) / DAY_MS)
  if (on === '' || Number.isNaN(days)) return { on: '', nearness: 'none', days: 0 }
  return { on, days, nearness: days < 0 ? 'overdue' : days <= SOON_DAYS ? 'soon' : 'later' }
}

/** DEV-A … DEV-H: where a development stands, what its stage still asks for, and what of it is ticked. */
export const developmentOf = (row: Row, today: string): DevelopmentView => {
  const stage = textOf(row['stage'])
  const pipeline = textOf(row['pipeline']) || stage.slice(0, -2)
  const stages = data.stages.filter(({ code }) => code.slice(0, -2) === pipeline)
  const at = stages.findIndex(({ code }) => code === stage)
  const done = new Set(listOf(row['checklistDone']))
  // items are called by the stage without the pipeline's prefix: DEV_A05 has A05_…
  const prefix = `${stage.replace(/^DEV_/, '')}_`
  return {
    id: textOf(row['id']),
    name: nameOf(row['name']),
    pipeline: labelOf(data.pipelines, pipeline),
    stages: stages.map(({ code, label }, index) => ({
      code,
      label,
      state: index < at ? 'done' : index === at ? 'now' : 'ahead',
    })),
    stage,
    next: at < 0 ? undefined : stages[at + 1]?.code,
    due: dueOf(row['stageDue'], today),
    missing: textOf(row['missing'])
      .split('\n')
      .filter((line) => line.trim() !== ''),
    checklist: data.checklist
      .filter(({ code }) => code.startsWith(prefix))
      .map(({ code, label }) => ({ code, label, isDone: done.has(code) })),
    completeness: numberOf(row['completeness']),
    notice: textOf(row['stageNotice']),
    guidance: textOf(row['guidance']),
  }
}

/** ESC-LADDER: one that isn't closed yet. Acknowledged once is enough; resolving it is open until it is resolved. */
export const escalationOf = (row: Row, now: string): EscalationView => {
  const status = textOf(row['status'])
  const climbsAt = status === 'OPEN' ? textOf(row['climbsAt']) : ''
  return {
    id: textOf(row['id']),
    name: nameOf(row['name']),
    cause: labelOf(data.causes, row['cause']),
    status,
    statusLabel: labelOf(data.escalationStates, status),
    level: numberOf(row['level']) ?? 0,
    role: labelOf(data.roles, row['ladderRole']),
    climbsAt,
    isLate: climbsAt !== '' && Date.parse(climbsAt) < Date.parse(now),
    detail: textOf(row['detail']),
    canAcknowledge: status !== 'ACKNOWLEDGED' && status !== 'RESOLVED',
  }
}

/** TIER-CORP, TIER-CONTACT: the tier with its reason, when it is rated again, and when the next contact is due. */
const customerOf = (
  { customer: row, customerObject, visits }: PageRows,
  now: string,
  today: string,
): CustomerView | undefined => {
  if (!row) return undefined
  return {
    object: customerObject,
    id: textOf(row['id']),
    name: nameOf(row['name']),
    tier: labelOf(data.tiers, row['ladderTier']),
    why: textOf(row['ladderTierWhy']),
    since: textOf(row['ladderTierSince']).slice(0, 10),
    nextRating: dueOf(row['ladderNextRatingOn'], today),
    contact: dueOf(row['ladderNextContactDue'], today),
    lastContact: textOf(row['ladderLastContactOn']).slice(0, 10),
    contactsPerYear: numberOf(row['ladderContactsPerYear']),
    notice: textOf(row['ladderNotice']),
    isDoNotContact: row['ladderDoNotContact'] === true,
    planned: visits
      .filter((visit) => visit['status'] === 'PLANNED' && textOf(visit['plannedAt']) >= now.slice(0, 10))
      .map((visit) => ({ id: textOf(visit['id']), name: nameOf(visit['name']), at: textOf(visit['plannedAt']) }))
      .sort((a, b) => a.at.localeCompare(b.at)),
  }
}

const campaignOf = (row: Row): CampaignView => {
  const campaign = rowOf(row['campaign'])
  const attendance = row['attendance'] === 'UNKNOWN' ? undefined : labelOf(data.attendance, row['attendance'])
  return {
    id: textOf(row['id']),
    name: nameOf(campaign['name']) || nameOf(row['name']),
    heldOn: textOf(campaign['heldOn']),
    status: labelOf(data.campaignStates, campaign['status']),
    invitation: labelOf(data.invitations, row['invite']),
    attendance,
  }
}

/**
 * What the Ladder tab shows, from the rows as Twenty gives them. `now`: ISO instant; `today`: the ISO date of whoever looks.
 * Escalations come highest level first, then by their clock; campaigns newest first.
 */
export const pageOf = (rows: PageRows, now: string, today: string): PageView => ({
  customer: customerOf(rows, now, today),
  developments: rows.developments.map((row) => developmentOf(row, today)),
  escalations: rows.escalations
    .map((row) => escalationOf(row, now))
    .filter(({ status }) => status !== 'RESOLVED')
    .sort((a, b) => b.level - a.level || (a.climbsAt || '9').localeCompare(b.climbsAt || '9')),
  campaigns: rows.participations.map(campaignOf).sort((a, b) => b.heldOn.localeCompare(a.heldOn)),
})
