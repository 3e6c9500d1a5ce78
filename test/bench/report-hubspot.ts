import type { HubspotCalls } from './hubspot-calls.ts'
import { type HubspotDay, LIMITS } from './hubspot-day.ts'
import { met, number, table } from './words.ts'

export interface HubspotResults {
  calls: HubspotCalls[]
  days: HubspotDay[]
}

const TITLE = '## Calls to HubSpot'
const EDITION = { custom: 'Enterprise', deal: 'Professional' } as const

const whole = (value: number): string => value.toLocaleString('en')
const percent = (share: number): string => `${number(share * 100)} %`
const seconds = (value: number): string => (value < 1 ? 'none' : `${number(value)} s`)

/** Rows of the table of aims: what, aim, result, whether it was met. */
export const hubspotAims = ({ calls, days }: HubspotResults): string[][] => {
  if (calls.length === 0) return []
  const worst = Math.max(...calls.map(({ ratio }) => ratio))
  return [
    ['HubSpot: calls / the least possible', 'at most 1.1', number(worst), met(worst <= 1.1)],
    ...days.map(({ carrier, facts, calls: taken, share, refused }) => [
      `HubSpot ${EDITION[carrier]}: a day of ${whole(facts)} facts`,
      `at most ${whole(LIMITS[carrier].daily)} calls, none refused`,
      `${whole(taken)} (${percent(share)}), ${refused} refused`,
      met(share <= 1 && refused === 0),
    ]),
  ]
}

const callsTable = (calls: HubspotCalls[]): string =>
  table(
    ['Carrier', 'Shards', 'Writing calls', 'Least possible', 'Ratio', 'Reading calls'],
    calls.map(({ carrier, shards, writes, least, ratio, reads }) =>
      [carrier, shards, writes, least, number(ratio), reads].map(String),
    ),
  )

const daysTable = (days: HubspotDay[]): string =>
  table(
    ['', ...days.map(({ carrier, facts }) => `${EDITION[carrier]}, ${whole(facts)} facts`)],
    [
      ['Carrier of the stages', ...days.map(({ carrier }) => (carrier === 'custom' ? 'custom objects' : 'deals'))],
      ['Customers', ...days.map(({ customers }) => whole(customers))],
      ['Calls', ...days.map(({ calls }) => whole(calls))],
      ['… that write', ...days.map(({ writes }) => whole(writes))],
      ['… that read', ...days.map(({ reads }) => whole(reads))],
      ['… that search', ...days.map(({ searches }) => whole(searches))],
      ['Of a day’s calls', ...days.map(({ share }) => percent(share))],
      ['Refused for a limit', ...days.map(({ refused }) => String(refused))],
      ['Most in any 10 s', ...days.map(({ busiest }) => String(busiest))],
      ['Longest wait, night’s file', ...days.map(({ nightWait }) => seconds(nightWait))],
      ['Longest wait, by day', ...days.map(({ dayWait }) => seconds(dayWait))],
    ],
  )

/** HubSpot's part of the results, as Markdown. */
export const hubspotSection = ({ calls, days }: HubspotResults): string => `${TITLE}

A change of one property on each of ${whole(calls[0]?.changes ?? 0)} companies, told by core banking in one request, with the app's webhooks on.
HubSpot takes 100 records a call. Its webhooks tell of Ladder's own changes too, by id alone, so these are read again: the
reading calls.

${callsTable(calls)}

A day on HubSpot (${LIMITS.deal.tenSeconds} calls in any 10 s, ${LIMITS.deal.search} searches a second; a day ${whole(LIMITS.deal.daily)} in Professional and ${whole(LIMITS.custom.daily)} in
Enterprise): the limits are on in the sandbox, the clock is moved from midnight to midnight. At six last night's file tells a balance of each customer at once; from
eight to eight the rest comes in even parcels of 1,000. One fact in a thousand tells that half of the money is gone. All calls of the day
are counted: writes, reads of what webhooks tell of, and the sweeps, every quarter of an hour. A wait is the time of the moved
clock, to the second, from an acknowledgement until all that follows from it is in HubSpot; two seconds of it join bursts.

${daysTable(days)}`

/** A report with HubSpot's section in its place, and its lines in the table of aims. */
export const withHubspotSection = (report: string, results: HubspotResults): string => {
  const at = report.indexOf(`\n${TITLE}\n`) + 1
  const rest = report.indexOf('\n## ', at) + 1
  const lines = report.slice(0, at).split('\n')
  const isOld = (line: string): boolean => line.startsWith('| HubSpot')
  const place = lines.findIndex(isOld)
  const aims = hubspotAims(results).map((cells) => `| ${cells.join(' | ')} |`)
  const head = [...lines.slice(0, place), ...aims, ...lines.slice(place).filter((line) => !isOld(line))]
  return `${head.join('\n')}${hubspotSection(results)}\n\n${report.slice(rest)}`
}
