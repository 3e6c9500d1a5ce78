import type { World } from '../e2e/harness.ts'

type Row = Record<string, unknown>

const pick = (row: Row, names: string[]): Row =>
  Object.fromEntries(names.map((name) => [name, toMinute(row[name] ?? null)]))

/** The stand-in's clock moves on by a little with each look at it, so two runs are some milliseconds apart. */
const toMinute = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value.slice(0, 16) : value

const byKey = (rows: Row[], key: string, names: string[]): Record<string, Row> =>
  Object.fromEntries(
    rows.map((row): [string, Row] => [String(row[key]), pick(row, names)]).sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** What the CRM shows in the end, without times of writing and ids that are made by chance. */
export const picture = async (bank: World) => {
  const [companies, developments, ratings, escalations, tasks, targets] = await Promise.all(
    ['companies', 'developments', 'tierRatings', 'escalations', 'tasks', 'taskTargets'].map((plural) =>
      bank.list(plural),
    ),
  )
  // a stage's task that nobody saw open is never made: only open ones tell what is to be done
  const open = (tasks ?? []).filter(({ status }) => status !== 'DONE')
  const links = Map.groupBy(targets ?? [], ({ taskId }) => String(taskId))
  return {
    companies: byKey(companies ?? [], 'ladderCustomerNo', [
      'ladderTier',
      'ladderBalance',
      'ladderTierSince',
      'ladderNextRatingOn',
      'ladderContactsPerYear',
      'ladderLastContactOn',
      'ladderNextContactDue',
      'ladderGold',
    ]),
    developments: byKey(developments ?? [], 'name', ['stage', 'stageNotice', 'missing', 'stageDue', 'completeness']),
    ratings: byKey(ratings ?? [], 'ladderKey', ['oldTier', 'newTier', 'ruleRow', 'cause', 'approval', 'companyId']),
    escalations: byKey(escalations ?? [], 'ladderKey', ['cause', 'status', 'level', 'detail', 'companyId']),
    tasks: byKey(open, 'ladderKey', ['title', 'status', 'dueAt', 'ladderKind', 'ladderCompanyId']),
    links: Object.fromEntries(
      open.map((task) => [
        String(task.ladderKey),
        (links.get(String(task.id)) ?? []).map((one) => one.targetCompanyId),
      ]),
    ),
  }
}
