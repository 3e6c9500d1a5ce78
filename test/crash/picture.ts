import type { Value } from '../../schemas/events/index.ts'
import type { Shown, World } from '../e2e/harness.ts'
import { escalationsOf } from '../e2e/outcome.ts'

type Row = Record<string, Value>

/** The stand-in's clock may move on by a little with each look at it, so two runs are some milliseconds apart. */
const toMinute = (value: Value): Value =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value.slice(0, 16) : value

const pick = (row: Row, names: string[]): Row =>
  Object.fromEntries(names.map((name) => [name, toMinute(row[name] ?? null)]))

const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))

const byKey = (rows: Row[], key: string, names: string[]): Record<string, Row> =>
  sorted(rows.map((row): [string, Row] => [String(row[key]), pick(row, names)]))

/**
 * What the CRM shows in the end, and of what it has no place for, what Ladder says: without times of writing and with names
 * instead of ids, which a CRM makes as it likes.
 */
export const picture = async (bank: World) => {
  const { crm } = bank
  const companies = crm.list('company')
  const developments = crm.list('development')
  const names = new Map<string, string>([
    ...companies.map(({ id, ladderCustomerNo }): [string, string] => [`company:${id}`, String(ladderCustomerNo)]),
    ...developments.map(({ id, name }): [string, string] => [`development:${id}`, String(name)]),
  ])
  const named = (object: string, id: Value | undefined): Value => names.get(`${object}:${String(id)}`) ?? null
  /** Ids in a ladder key: of its subject, and of a development in its midst. */
  const nameIn = (key: Value | undefined): string =>
    String(key)
      .split('/')
      .map((part) => names.get(part) ?? names.get(`development:${part}`) ?? part)
      .join('/')
  const keyed = (rows: Shown[]): Row[] =>
    rows.map((row) => ({ ...row, ladderKey: nameIn(row.ladderKey), company: named('company', row.company) }))
  // a stage's task that nobody saw open is never made: only open ones tell what is to be done
  const tasks = crm.list('task').filter(({ status }) => status !== 'DONE')
  const escalations = await Promise.all(
    companies.map(async ({ id }): Promise<[string, Row][]> =>
      (await escalationsOf(bank, id)).map(({ key, cause, status, level }) => [nameIn(key), { cause, status, level }]),
    ),
  )
  return {
    companies: byKey(companies, 'ladderCustomerNo', [
      'ladderTier',
      'ladderBalance',
      'ladderTierSince',
      'ladderNextRatingOn',
      'ladderContactsPerYear',
      'ladderLastContactOn',
      'ladderNextContactDue',
      'ladderGold',
    ]),
    developments: byKey(developments, 'name', ['stage', 'stageNotice', 'missing', 'stageDue', 'completeness']),
    ratings: crm.carries('tierRating')
      ? byKey(keyed(crm.list('tierRating')), 'ladderKey', [
          'oldTier',
          'newTier',
          'ruleRow',
          'cause',
          'approval',
          'company',
        ])
      : {},
    escalations: sorted(escalations.flat()),
    tasks: byKey(
      tasks.map((task) => ({
        ...task,
        ladderKey: nameIn(task.ladderKey),
        ladderCompany: named('company', task.ladderCompany),
      })),
      'ladderKey',
      ['title', 'status', 'dueAt', 'ladderKind', 'ladderCompany'],
    ),
    links: sorted(
      tasks.map((task): [string, Value[]] => [
        nameIn(task.ladderKey),
        crm.companiesOf(task.id).map((id) => named('company', id)),
      ]),
    ),
    /** Records of one key: none is there twice. */
    twins: ['task', 'tierRating', 'escalation']
      .filter((object) => crm.carries(object))
      .flatMap((object) => crm.list(object).map(({ ladderKey }) => ladderKey))
      .filter((key, at, all) => key !== null && all.indexOf(key) !== at),
  }
}
