import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { benchHubspotCalls } from './hubspot-calls.ts'
import { benchHubspotDay } from './hubspot-day.ts'
import type { HubspotResults } from './report-hubspot.ts'

const CARRIERS: readonly Carrier[] = ['custom', 'deal']
const SHARDS = [1, 8]
/** Facts and customers of a day. */
const DAY = [250_000, 10_000] as const
const QUICK_DAY = [2_000, 500] as const

/** Calls for changes, on both carriers, one shard and eight; then a day. */
export const benchHubspot = async (quick: boolean, say: (line: string) => void): Promise<HubspotResults> => {
  const calls = []
  for (const carrier of CARRIERS)
    for (const shards of SHARDS) {
      say(`hubspot calls, ${carrier}, ${shards}`)
      calls.push(await benchHubspotCalls(1_000, carrier, shards))
    }
  const [facts, customers] = quick ? QUICK_DAY : DAY
  const days = []
  for (const carrier of ['deal', 'custom'] as const) {
    say(`hubspot day ${facts}, ${carrier}`)
    const day = await benchHubspotDay(facts, customers, carrier, say)
    days.push(day)
    // a day takes long: what was measured is told at once, should the run be broken off
    say(`  ${JSON.stringify(day)}`)
  }
  return { calls, days }
}
