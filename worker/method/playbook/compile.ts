import type { Fields } from '../../../schemas/events/index.ts'
import type { CampaignTemplate, Pipeline, Playbook, Stage } from '../../../schemas/playbook/index.ts'
import { workingCalendar } from '../calendar/index.ts'
import { calledIn, spelledOut } from '../campaigns/named.ts'
import type { CompiledCampaign, CompiledExit, CompiledPipeline, CompiledPlaybook } from '../context.ts'
import { compileExpression } from '../../rules/index.ts'
import { calendarOf, checkCalendar } from './check-calendar.ts'
import { checkDocuments } from './check-documents.ts'
import { checkOccasions } from './check-occasions.ts'
import { checkOrg } from './check-org.ts'
import { checkCampaigns } from './check-campaigns.ts'
import { checkPipelines } from './check-pipelines.ts'
import { checkRoles } from './check-roles.ts'
import { compileTables } from './check-tables.ts'
import { checkSchemes, compileRms, compileSchemes } from './schemes.ts'
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
  checkSchemes(source, found)
  const policies = compilePolicies(source, found)
  checkCampaigns(source, found)
  checkDocuments(source, found)
  checkOccasions(source, found)
  checkOrg(source, today, found)
  if (!found.failed) checkRoles(source, policies, today, found)
  if (found.failed) return { ok: false, issues: found.list }
  const playbook: CompiledPlaybook = {
    version,
    source,
    calendar: workingCalendar(source.calendar),
    branches: new Map(),
    tables,
    schemes: { company: compileSchemes(source, 'company'), person: compileSchemes(source, 'person') },
    rms: compileRms(source, tables),
    pipelines: new Map(source.pipelines.map((pipeline) => [pipeline.code, compilePipeline(pipeline)])),
    policies,
    campaigns: new Map(source.campaigns.map((template) => [template.code, compileCampaign(template, source)])),
  }
  playbook.branches = branchPlaybooks(playbook)
  return { ok: true, playbook, warnings: found.list }
}

/** The playbook of each branch that has working time of its own: the same, with its calendar. */
const branchPlaybooks = (bank: CompiledPlaybook): ReadonlyMap<string, CompiledPlaybook> => {
  const branches = new Map<string, CompiledPlaybook>()
  for (const branch of bank.source.branches) {
    const calendar = calendarOf(bank.source, branch.code)
    if (calendar !== bank.source.calendar) branches.set(branch.code, { ...bank, calendar: workingCalendar(calendar) })
  }
  for (const playbook of branches.values()) playbook.branches = branches
  return branches
}

/**
 * A pipeline ready to be used; also for one that was kept as data from an earlier version. `hash` is that of its content,
 * the same wherever and whenever it is computed, and whether it is switched on or off. A rule that can't be read never holds.
 */
export const compilePipeline = (source: Pipeline): CompiledPipeline => ({
  hash: hashOf({ ...source, active: undefined }),
  source,
  exits: source.stages.map(({ exit }) => exit.map(compileExit)),
  entry: (source.entry ?? []).map(compileExit),
  won: source.won === undefined ? () => false : audienceOf(source.won),
})

const compileExit = ({ id, rule, level, message }: Stage['exit'][number]): CompiledExit => {
  const compiled = compileExpression(rule)
  return { id, level, message, holds: (context: Fields) => (compiled.ok ? plain(compiled.fn(context)) : false) }
}

/** A rule over a customer as a test; one that can't be read takes nobody. */
export const audienceOf = (rule: string): ((customer: Fields) => boolean) => {
  const compiled = compileExpression(rule)
  return (customer) => compiled.ok && compiled.fn(customer) === true
}

/** A template with its audience rule spelled out (CAMP-AUD). */
const compileCampaign = (source: CampaignTemplate, { audiences }: Playbook): CompiledCampaign => ({
  source,
  audience: spelledOut(source.audience, audiences),
  calls: calledIn(source.audience, audiences),
})

const plain = (value: unknown): boolean => value === true
