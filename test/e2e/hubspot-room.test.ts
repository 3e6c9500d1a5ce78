import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { hubspotWorld, type HubspotWorld, projectWebhooks } from './hubspot-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
/** Room for one call at a time, one every two seconds. */
const CALLS_PER_MINUTE = 30
const CUSTOMERS = 3

describe.each<Carrier>(['custom', 'deal'])('HubSpot with little room, %s carrier', (carrier) => {
  let bank: HubspotWorld
  beforeAll(async () => {
    bank = await hubspotWorld({ start: START, carrier })
    for (let at = 0; at < CUSTOMERS; at++)
      bank.hubspot.store.create('companies', {
        name: `N-${at}`,
        ladder_customer_no: `N-${at}`,
        hubspot_owner_id: '70001',
      })
    await bank.sweep()
    bank.hubspot.setWebhooks(projectWebhooks(bank))
    await bank.set({ callsPerMinute: CALLS_PER_MINUTE })
  })
  afterAll(async () => bank.close())

  it('ESC-MOVE: records and their relations are written once, though they never find room in one go', async () => {
    for (const yuan of [12_000_000, 1_000_000]) {
      const data = { amount: `${yuan}.00` }
      const customers = Array.from({ length: CUSTOMERS }, (_, at) => `N-${at}`)
      bank.hubspot.calls.clear()
      await bank.facts(
        customers.map((customer) => ({
          id: `${customer}/${yuan}`,
          type: 'balance.changed',
          customer,
          at: bank.now(),
          data,
        })),
      )
      await bank.advance(bank.now() + 10 * MINUTE)
    }
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0, toRead: { waiting: 0 } })
    const tasks = bank.list('task').filter(({ properties }) => properties.ladder_kind === 'ESCALATION')
    // each customer's task of the ladder, and the one of the named person
    const kinds = ['task/1/1', 'joint/NAMED_PERSON']
    expect(tasks.map(({ properties }) => properties.ladder_key).toSorted()).toEqual(
      kinds
        .flatMap((kind) => bank.list('company').map(({ id }) => `company:${id}/escalation/ESC_MOVE/1/${kind}`))
        .toSorted(),
    )
    for (const { id } of tasks) expect(bank.hubspot.store.links('tasks', id, 'companies')).toHaveLength(1)
    expect(bank.hubspot.calls.count(/POST .*\/tasks\/batch\/upsert/)).toBe(1)
  })
})
