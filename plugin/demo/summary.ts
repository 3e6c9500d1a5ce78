import type { Label } from '../../schemas/model/define.ts'
import {
  type CampaignFigures,
  campaignsOf,
  campaignsOfTasks,
  type Count,
  type EscalationFigures,
  escalationsOf,
  escalationsToldBy,
  type LadderSummary,
  stagesOf,
  tasksOf,
  tiersOf,
} from './figures.ts'
import type { Played } from './history/play.ts'
import { ACCOUNT, type Status, type World } from './world.ts'

/** What a manager sees at the end: counted from the CRM's own records wherever it has them, health from Ladder. */
export interface DemoSummary {
  crm: Label
  /** The present moment of the trial run. */
  at: string
  weeks: number
  seed: number
  customers: { total: number; companies: number; people: number; companyTiers: Count[]; personTiers: Count[] }
  developments: { total: number; stages: (Count & { id: string })[]; movesPutBack: number }
  tasks: ReturnType<typeof tasksOf>
  escalations: EscalationFigures
  /** `total`: records of ratings, `changes`: those that changed a tier; null where the CRM has no records of them. */
  ratings: { rated: number; total: number | null; changes: number | null }
  campaigns: CampaignFigures[]
  /** Where figures come from that the CRM has no records of. */
  elsewhere: Partial<Record<'escalations' | 'campaigns', 'ladder' | 'tasks'>>
  events: { facts: number; edits: number; webhooks: number; crmCalls: number }
  health: { ok: boolean; inbox: number; outbox: number; deadLetters: number }
}

/** Escalations, ratings and campaigns: records of their own, or what stands for them. */
const ownRecords = async ({
  crm,
  ask,
}: World): Promise<Pick<DemoSummary, 'escalations' | 'campaigns' | 'elsewhere'>> => {
  const hasEscalations = crm.carries('escalation')
  const hasCampaigns = crm.carries('campaign')
  const escalations = hasEscalations
    ? escalationsOf(await crm.list('escalation'))
    : escalationsToldBy((await ask('GET', `/accounts/${ACCOUNT}/summary`)) as unknown as LadderSummary)
  const campaigns = hasCampaigns
    ? campaignsOf(await crm.list('campaign'), await crm.list('participation'))
    : campaignsOfTasks(await crm.taskedCampaigns())
  const elsewhere = {
    ...(hasEscalations ? {} : { escalations: 'ladder' as const }),
    ...(hasCampaigns ? {} : { campaigns: 'tasks' as const }),
  }
  return { escalations, campaigns, elsewhere }
}

/** Reads the CRM and Ladder and counts. */
export const summarise = async (
  world: World,
  played: Played | null,
  { weeks, seed }: { weeks: number; seed: number },
): Promise<DemoSummary> => {
  const { crm } = world
  const now = world.now()
  const lists = ['company', 'person', 'development', 'task']
  const [companies = [], people = [], developments = [], tasks = []] = await Promise.all(
    lists.map((object) => crm.list(object)),
  )
  const ratings = crm.carries('tierRating') ? await crm.list('tierRating') : null
  const own = await ownRecords(world)
  const status = (await world.ask('GET', `/accounts/${ACCOUNT}/status`)) as unknown as Status
  return {
    crm: crm.name,
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
      stages: stagesOf(developments),
      movesPutBack: played?.movesPutBack ?? 0,
    },
    tasks: tasksOf(tasks, now),
    escalations: own.escalations,
    ratings: {
      rated: [...companies, ...people].filter(({ fields }) => fields.ladderTier != null).length,
      total: ratings?.length ?? null,
      changes: ratings?.filter(({ fields }) => fields.oldTier != null).length ?? null,
    },
    campaigns: own.campaigns,
    elsewhere: own.elsewhere,
    events: {
      facts: played?.facts ?? 0,
      edits: played?.edits ?? 0,
      webhooks: crm.deliveries(),
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
