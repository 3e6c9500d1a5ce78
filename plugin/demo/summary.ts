import type { Label } from '../../schemas/model/define.ts'
import { fieldDef } from '../../schemas/model/index.ts'
import { devA } from '../../schemas/playbook/default/dev-a-close.ts'
import { schemes } from '../../schemas/playbook/default/tables.ts'
import type { Played } from './history/play.ts'
import { ACCOUNT, type Row, type Status, type World } from './world.ts'

export interface Count {
  code: string
  name: Label
  count: number
}

/** What a manager sees at the end: all counted from the CRM's own records, health from Ladder. */
export interface DemoSummary {
  /** The present moment of the trial run. */
  at: string
  weeks: number
  seed: number
  customers: { total: number; companies: number; people: number; companyTiers: Count[]; personTiers: Count[] }
  developments: { total: number; stages: (Count & { id: string })[]; movesPutBack: number }
  tasks: { open: number; overdue: number; done: number; kinds: (Count & { overdue: number })[] }
  escalations: {
    open: number
    acknowledged: number
    resolved: number
    levels: { level: number; count: number }[]
    causes: (Count & { resolved: number })[]
  }
  ratings: { total: number; changes: number }
  campaigns: {
    name: string
    template: string
    heldOn: string
    status: Label
    guests: number
    invited: number
    confirmed: number
    attended: number
    friends: number
  }[]
  events: { facts: number; edits: number; webhooks: number; crmCalls: number }
  health: { ok: boolean; inbox: number; outbox: number; deadLetters: number }
}

const optionsOf = (object: string, field: string): { code: string; label: Label }[] =>
  fieldDef(object, field)?.options ?? []

const labelOf = (object: string, field: string, code: unknown): Label =>
  optionsOf(object, field).find((one) => one.code === code)?.label ?? { en: String(code), zh: String(code) }

const UNRATED: Count = { code: 'UNRATED', name: { en: 'Not rated yet', zh: '尚未评级' }, count: 0 }

/** Rows by tier in the order of the scheme; those without a balance aren't rated. */
const tiersOf = (rows: Row[], subject: 'company' | 'person'): Count[] => {
  const codes = schemes.find((scheme) => scheme.subject === subject)?.tiers ?? []
  const count = (code: string | null): number => rows.filter((row) => (row.ladderTier ?? null) === code).length
  const tiers = codes.map((code) => ({ code, name: labelOf(subject, 'ladderTier', code), count: count(code) }))
  const unrated = count(null)
  return unrated > 0 ? [...tiers, { ...UNRATED, count: unrated }] : tiers
}

const isOverdue = ({ dueAt }: Row, now: number): boolean => typeof dueAt === 'string' && Date.parse(dueAt) < now

const tasksOf = (rows: Row[], now: number): DemoSummary['tasks'] => {
  const open = rows.filter(({ status }) => status !== 'DONE')
  const kinds = optionsOf('task', 'ladderKind').map(({ code, label }) => {
    const own = open.filter(({ ladderKind }) => ladderKind === code)
    return { code, name: label, count: own.length, overdue: own.filter((row) => isOverdue(row, now)).length }
  })
  return {
    open: open.length,
    overdue: open.filter((row) => isOverdue(row, now)).length,
    done: rows.length - open.length,
    kinds: kinds.filter(({ count }) => count > 0),
  }
}

const escalationsOf = (rows: Row[]): DemoSummary['escalations'] => {
  const by = (status: string): Row[] => rows.filter((row) => row.status === status)
  const standing = rows.filter(({ status }) => status !== 'RESOLVED')
  const levels = [...new Set(standing.map(({ level }) => Number(level)))].sort((a, b) => a - b)
  return {
    open: by('OPEN').length,
    acknowledged: by('ACKNOWLEDGED').length,
    resolved: by('RESOLVED').length,
    levels: levels.map((level) => ({ level, count: standing.filter((row) => Number(row.level) === level).length })),
    causes: optionsOf('escalation', 'cause').map(({ code, label }) => ({
      code,
      name: label,
      count: standing.filter(({ cause }) => cause === code).length,
      resolved: by('RESOLVED').filter(({ cause }) => cause === code).length,
    })),
  }
}

/** Reads the CRM and Ladder and counts. */
export const summarise = async (
  world: World,
  played: Played | null,
  { weeks, seed }: { weeks: number; seed: number },
): Promise<DemoSummary> => {
  const now = world.now()
  const lists = ['company', 'person', 'development', 'task', 'escalation', 'tierRating', 'campaign', 'participation']
  const [
    companies = [],
    people = [],
    developments = [],
    tasks = [],
    escalations = [],
    ratings = [],
    campaigns = [],
    guests = [],
  ] = await Promise.all(lists.map((object) => world.list(object)))
  const status = (await world.ask('GET', `/accounts/${ACCOUNT}/status`)) as unknown as Status
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
  return {
    at: new Date(now).toISOString(),
    weeks,
    seed,
    customers: {
      total: companies.length + people.length,
      companies: companies.length,
      people: people.length,
      companyTiers: tiersOf(companies, 'company'),
      personTiers: tiersOf(people, 'person'),
    },
    developments: {
      total: developments.length,
      stages: devA.stages
        .map(({ code, id, name }) => ({
          code,
          id,
          name,
          count: developments.filter(({ stage }) => stage === code).length,
        }))
        .filter(({ count }) => count > 0),
      movesPutBack: played?.movesPutBack ?? 0,
    },
    tasks: tasksOf(tasks, now),
    escalations: escalationsOf(escalations),
    ratings: { total: ratings.length, changes: ratings.filter(({ oldTier }) => oldTier != null).length },
    campaigns: campaigns.map((row) => ({
      name: String(row.name),
      template: String(row.templateCode),
      heldOn: String(row.heldOn),
      status: labelOf('campaign', 'status', row.status),
      guests: guests.filter(({ campaignId }) => campaignId === row.id).length,
      invited: number(row.invited),
      confirmed: number(row.confirmed),
      attended: number(row.attended),
      friends: number(row.friends),
    })),
    events: {
      facts: played?.facts ?? 0,
      edits: played?.edits ?? 0,
      webhooks: world.twenty.deliveries.length,
      crmCalls: status.counters.crm_calls ?? 0,
    },
    health: {
      ok: status.inbox.waiting === 0 && status.outbox === 0 && status.deadLetters === 0,
      inbox: status.inbox.waiting,
      outbox: status.outbox,
      deadLetters: status.deadLetters,
    },
  }
}
