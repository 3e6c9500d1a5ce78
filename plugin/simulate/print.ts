import { INVARIANTS } from './invariants/index.ts'
import type { Simulation } from './run.ts'
import type { Counts } from './totals.ts'

const MOST_SHOWN = 50

const inWords = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

const section = (title: string, groups: Record<string, Counts>): string[] => {
  const names = Object.keys(groups).sort()
  if (names.length === 0) return []
  const width = Math.max(...names.map((name) => name.length))
  return ['', title, ...names.map((name) => `  ${name.padEnd(width)}  ${inWords(groups[name] ?? {})}`)]
}

/** A simulation as people read it. */
export const printed = ({ from, until, days, seed, uncertainFrom, totals, invariants }: Simulation): string[] => [
  `${totals.customers} customers, ${days} days from ${from} to ${until}, seed ${seed}: ${totals.facts} facts of core banking, ${totals.edits} edits of people`,
  ...(uncertainFrom === null
    ? []
    : [`From ${uncertainFrom} on no public holidays are known yet: plain weekdays are used.`]),
  ...section('Decisions by rule 决策', { '': totals.rules }),
  ...section('Tiers at the end 等级', totals.tiers),
  ...section('Ratings by scheme 评级', totals.ratings),
  ...section('Moves between tiers 等级变动', totals.moves),
  ...section('Tasks 任务', totals.tasks.made),
  ...section('Tasks still open 未完成任务', { '': totals.tasks.open }),
  ...section('Escalations by cause 升级督办', totals.escalations),
  ...section('Developments 客户开发', totals.developments),
  ...section('Campaigns 营销活动', totals.campaigns),
  '',
  `What must hold, looked at for each customer on each day (${invariants.customerDays}):`,
  ...Object.entries(INVARIANTS).map(([, { rule, text }]) => `  ${rule.padEnd(12)}  ${text}`),
  invariants.broken === 0 ? 'All of it held.' : `${invariants.broken} times it did not:`,
  ...invariants.first
    .slice(0, MOST_SHOWN)
    .map(({ day, rule, customer, text }) => `  ${day}  ${rule}  ${customer}: ${text}`),
  ...(invariants.broken > MOST_SHOWN ? [`  … and ${invariants.broken - MOST_SHOWN} more`] : []),
  `SHA-256 of all decisions: ${totals.digest}`,
]
