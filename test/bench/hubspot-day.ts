import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { type HubspotWorld, hubspotWorld, projectWebhooks } from '../e2e/hubspot-world.ts'

export interface HubspotDay {
  carrier: Carrier
  facts: number
  customers: number
  /** Calls of the day that HubSpot took, of them those that write, read, search. */
  calls: number
  writes: number
  reads: number
  searches: number
  /** Calls that HubSpot refused for its limits. */
  refused: number
  /** Part of the day's calls that the edition grants, 0 to 1. */
  share: number
  /** Most calls in any ten seconds. */
  busiest: number
  /** Longest from a delivery's acknowledgement until all that follows is in HubSpot, seconds of the moved clock: at night, by day. */
  nightWait: number
  dayWait: number
  /** What the measuring took, seconds. */
  took: number
}

const MIDNIGHT = Date.parse('2026-09-08T00:00:00.000+08:00') // a Tuesday
const HOUR = 3_600_000
/** HubSpot's own: of Enterprise, which has custom objects, and of Professional, where deals carry the stages. */
export const LIMITS: Record<Carrier, { tenSeconds: number; daily: number; search: number }> = {
  custom: { tenSeconds: 190, daily: 1_000_000, search: 5 },
  deal: { tenSeconds: 190, daily: 625_000, search: 5 },
}
const LONGEST_WAIT_MS = HOUR
const NIGHT_PARCEL = 2_000
const DAY_PARCEL = 1_000
/** As an account has it: bursts of changes to one record are one event. */
const JOIN_MS = 2_000

/** Chance that is the same in each run. */
const mixed = (seed: number): number => {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** Yuan: most move by a percent or less, one fact in a thousand tells that half is gone (ESC-MOVE). */
const balanceOf = (customer: number, fact: number): number => {
  const base = 50_000 + (mixed(customer + 1) % 20_000_000)
  const dice = mixed(fact + 7_919)
  return Math.round(base * (dice % 1_000 === 0 ? 0.5 : 1 + ((dice % 21) - 10) / 1_000))
}

interface Told {
  customer: number
  fact: number
}

const parcelsOf = (told: readonly Told[], size: number): Told[][] =>
  Array.from({ length: Math.ceil(told.length / size) }, (_, at) => told.slice(at * size, (at + 1) * size))

const send = (bank: HubspotWorld, told: readonly Told[], name: string): Promise<unknown> =>
  bank.facts(
    told.map(({ customer, fact }) => ({
      id: `${name}-${fact}`,
      type: 'balance.changed',
      customer: `N-${customer}`,
      at: bank.now(),
      data: { amount: `${balanceOf(customer, fact)}.00` },
    })),
  )

/** Moves the clock second by second until nothing waits for HubSpot; how many seconds that took. */
const untilDone = async (bank: HubspotWorld): Promise<number> => {
  const from = bank.now()
  const waiting = async (): Promise<number> => {
    const { inbox, outbox } = await bank.status()
    return (inbox as { waiting: number }).waiting + Number(outbox)
  }
  for (await bank.quiet(); (await waiting()) > 0; await bank.advance(bank.now() + 1_000))
    if (bank.now() - from > LONGEST_WAIT_MS) throw new Error('an hour after a delivery not all is in HubSpot')
  return (bank.now() - from) / 1000
}

/** Most calls in any ten seconds; `times` in order. */
const busiestOf = (times: readonly number[]): number => {
  let most = 0
  for (let last = 0, first = 0; last < times.length; last++) {
    while ((times[first] ?? 0) <= (times[last] ?? 0) - 10_000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

/**
 * A day of a bank on HubSpot Enterprise or Professional, its limits switched on, the clock moved: at six in the morning last night's file
 * tells a balance of each customer at once, from eight to eight the rest comes in even parcels. Webhooks tell Ladder of its own
 * changes as of others', sweeps run every quarter of an hour.
 */
export const benchHubspotDay = async (
  facts: number,
  customers: number,
  carrier: Carrier,
  say: (line: string) => void,
): Promise<HubspotDay> => {
  const began = performance.now()
  // while the account is made ready the day's limit stays, since it tells the edition
  const rateLimit = { ...LIMITS[carrier], tenSeconds: 1e9, search: 1e9 }
  const bank = await hubspotWorld({
    start: new Date(MIDNIGHT - HOUR).toISOString(),
    carrier,
    hubspot: { rateLimit },
    callsPerMinute: null,
  })
  const { store, calls } = bank.hubspot
  for (let index = 0; index < customers; index++)
    store.create('companies', { name: `N ${index}`, ladder_customer_no: `N-${index}` })
  await bank.sweep()
  const all = Array.from({ length: customers }, (_, index) => ({ customer: index, fact: index + 1_000_000_000 }))
  for (const parcel of parcelsOf(all, NIGHT_PARCEL)) await send(bank, parcel, 'first')
  await untilDone(bank)
  bank.hubspot.setWebhooks(projectWebhooks(bank))
  await bank.set({ joinMs: JOIN_MS })
  await bank.advance(MIDNIGHT)
  Object.assign(rateLimit, LIMITS[carrier])
  calls.clear()

  await bank.advance(MIDNIGHT + 6 * HOUR)
  const night = Array.from({ length: Math.min(customers, facts) }, (_, index) => ({ customer: index, fact: index }))
  for (const parcel of parcelsOf(night, NIGHT_PARCEL)) await send(bank, parcel, 'night')
  const nightWait = await untilDone(bank)
  const rest = Array.from({ length: facts - night.length }, (_, index) => {
    const fact = night.length + index
    return { customer: mixed(fact) % customers, fact }
  })
  const parcels = parcelsOf(rest, DAY_PARCEL)
  say(`  the night’s file is in HubSpot after ${nightWait} s`)
  let dayWait = 0
  for (const [index, parcel] of parcels.entries()) {
    await bank.advance(MIDNIGHT + 8 * HOUR + Math.round((index * 12 * HOUR) / parcels.length))
    await send(bank, parcel, 'day')
    dayWait = Math.max(dayWait, await untilDone(bank))
    if (index % 50 === 49) say(`  ${index + 1} of ${parcels.length} parcels, ${calls.list.length} calls`)
  }
  await bank.advance(MIDNIGHT + 24 * HOUR - 1)

  const status = await bank.status()
  if (Number(status.outbox) > 0 || Number(status.deadLetters) > 0) throw new Error('not all is in HubSpot')
  const taken = calls.list.filter((call) => call.status !== 429)
  const count = (of: RegExp): number => taken.filter(({ path }) => of.test(path)).length
  const searches = count(/\/search$/)
  const writes = count(/\/batch\/(create|update|upsert|archive)|\/associate\/|\/labels\//)
  await bank.close()
  return {
    carrier,
    facts,
    customers,
    calls: taken.length,
    writes,
    searches,
    reads: taken.length - writes - searches,
    refused: calls.list.length - taken.length,
    share: taken.length / LIMITS[carrier].daily,
    busiest: busiestOf(taken.map(({ at }) => at)),
    nightWait,
    dayWait,
    took: Math.round((performance.now() - began) / 1000),
  }
}
