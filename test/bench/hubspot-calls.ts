import { hubspotWorld, projectWebhooks } from '../e2e/hubspot-world.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'

export interface HubspotCalls {
  carrier: Carrier
  shards: number
  changes: number
  /** Calls that change records. */
  writes: number
  least: number
  ratio: number
  /** Calls that read what HubSpot's webhooks then tell of: Ladder's own changes. */
  reads: number
}

/** HubSpot takes so many records a call. */
const BATCH = 100
const WRITE = /\/batch\/(create|update|upsert|archive|associate)|\/labels\//

/** A change of each of `changes` companies' records, with the app's webhooks on: how many calls it takes, and how few it could. */
export const benchHubspotCalls = async (changes: number, carrier: Carrier, shards: number): Promise<HubspotCalls> => {
  const bank = await hubspotWorld({ start: '2026-09-07T02:00:00.000Z', carrier, shards })
  const { store, calls } = bank.hubspot
  const numbers = Array.from({ length: changes }, (_, index) => `N-${index}`)
  for (const number of numbers) store.create('companies', { name: number, ladder_customer_no: number })
  await bank.sweep()
  bank.hubspot.setWebhooks(projectWebhooks(bank))
  const tell = async (yuan: number): Promise<void> => {
    const at = bank.now()
    const data = { amount: `${yuan}.00` }
    await bank.facts(
      numbers.map((customer) => ({ id: `${customer}/${yuan}`, type: 'balance.changed', customer, at, data })),
    )
    await bank.advance(bank.now() + 60_000)
  }
  await tell(1_000_000)
  calls.clear()
  // the tier stays: one property of one record each
  await tell(1_000_500)
  const writes = calls.list.filter(({ path }) => WRITE.test(path)).length
  const reads = calls.list.length - writes
  const written = store.list('companies').filter(({ properties }) => Number(properties.ladder_balance) === 1_000_500)
  if (written.length !== changes) throw new Error(`${written.length} of ${changes} changes were written`)
  await bank.close()
  const least = Math.ceil(changes / BATCH)
  return { carrier, shards, changes, writes, least, ratio: writes / least, reads }
}
