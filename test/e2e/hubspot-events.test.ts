import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hubspotWorld, type HubspotWorld } from './hubspot-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

describe('CAMP-S1: campaigns as marketing events of HubSpot', () => {
  let bank: HubspotWorld
  let campaign: string
  let guests: { contact: string; guest: string }[]

  beforeAll(async () => {
    bank = await hubspotWorld({ start: START, carrier: 'custom', marketingEvents: true, runtime: { worker } })
    const { store } = bank.hubspot
    const type = (object: string): string => bank.layout.types[object] ?? object
    campaign = store.create(type('campaign'), {
      ladder_name: 'Autumn salon',
      ladder_held_on: '2026-09-21T07:00:00Z',
      ladder_status: 'PLANNED',
    }).id
    guests = ['王小明', '李娜', '张伟'].map((lastname) => {
      const contact = store.create('contacts', { lastname }).id
      const guest = store.create(type('participation'), { ladder_name: lastname, ladder_invite: 'TO_INVITE' }).id
      store.link(type('participation'), guest, type('campaign'), campaign)
      store.link(type('participation'), guest, 'contacts', contact)
      return { contact, guest }
    })
    await bank.sweep()
    await bank.advance(bank.now() + MINUTE)
  })
  afterAll(async () => bank.close())

  const say = async (at: number, properties: Record<string, string>): Promise<void> => {
    bank.hubspot.store.update(bank.layout.types.participation ?? '', guests[at]?.guest ?? '', properties)
    await bank.advance(bank.now() + MINUTE)
    await bank.sweep()
    await bank.advance(bank.now() + MINUTE)
  }
  const ask = async (path: string) =>
    (await (
      await fetch(`${bank.hubspot.url}/marketing/marketing-events/2026-09/${path}`, {
        headers: { authorization: `Bearer ${bank.hubspot.token}` },
      })
    ).json()) as Record<string, unknown>
  const event = () => ask(`events/campaign-${campaign}?externalAccountId=ladder`)
  const counts = () => ask(`participations/ladder/campaign-${campaign}`)

  it('a campaign with a date is an event of that name and time', async () => {
    expect(await event()).toMatchObject({ eventName: 'Autumn salon', startDateTime: '2026-09-21T07:00:00Z' })
    expect(await counts()).toMatchObject({ registered: 0, attended: 0, cancelled: 0 })
  })

  it('who says yes is registered, who says no cancelled, who comes attended', async () => {
    await say(0, { ladder_invite: 'CONFIRMED' })
    await say(1, { ladder_invite: 'CONFIRMED' })
    expect(await counts()).toMatchObject({ registered: 2, attended: 0, cancelled: 0 })
    await say(1, { ladder_invite: 'DECLINED' })
    await say(0, { ladder_attendance: 'CAME' })
    expect(await counts()).toMatchObject({ registered: 1, attended: 1, cancelled: 1 })
  })

  it('what is shown already is not told again; an event is told before its guests', async () => {
    bank.hubspot.calls.clear()
    await say(2, { ladder_outcome: 'no news of taking part' })
    expect(bank.hubspot.calls.count(/marketing-events/)).toBe(0)
    bank.hubspot.store.update(bank.layout.types.campaign ?? '', campaign, { ladder_status: 'CANCELLED' })
    await say(2, { ladder_invite: 'DECLINED' })
    expect(await event()).toMatchObject({ eventCancelled: true })
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })

  it('while HubSpot cannot take them nothing is lost', async () => {
    bank.hubspot.failNext({ match: /marketing-events/, times: 5, status: 503 })
    await say(2, { ladder_invite: 'CONFIRMED' })
    await bank.advance(bank.now() + 30 * MINUTE)
    expect(await counts()).toMatchObject({ registered: 2, cancelled: 1 })
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })
})
