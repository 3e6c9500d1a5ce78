import { describe, expect, it } from 'vitest'
import { wantedSubscriptions } from '../../plugin/install/hubspot/journal.ts'
import type { Crm, JournalRead } from '../../worker/crm/port.ts'
import { appAccess, begin, EACH, type World } from './hubspot.world.ts'

/** The webhooks journal: places, files, subscriptions, and what it refuses. */

const subscribed = async (world: World): Promise<Crm> => {
  const { hubspot, layout } = world
  const token = await appAccess(hubspot, 'developer.webhooks_journal.subscriptions.write')()
  if (!token.ok) throw new Error('no token')
  for (const wish of wantedSubscriptions(layout, hubspot.portalId)) {
    const made = await fetch(`${hubspot.url}/webhooks-journal/subscriptions/2026-03`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    expect(made.status).toBe(200)
  }
  hubspot.calls.clear()
  return world.anew({ appAccess: appAccess(hubspot) })
}

const pageOf = async (crm: Crm, from: Parameters<NonNullable<Crm['journal']>>[0]): Promise<JournalRead> => {
  const read = await crm.journal?.(from)
  if (!read?.ok) throw new Error(JSON.stringify(read))
  return read.value
}
const page = async (...args: Parameters<typeof pageOf>) => {
  const read = await pageOf(...args)
  if (read.state !== 'page') throw new Error(read.state)
  return read
}

describe('the journal', () => {
  it('is read on from place to place, in order, and ends where nothing is new', async () => {
    const world = await begin()
    const crm = await subscribed(world)
    const { hubspot, layout } = world
    expect(await pageOf(crm, 'latest')).toEqual({ state: 'end' })
    hubspot.setJournalFile(2)
    const company = hubspot.store.create('companies', { name: 'A' }).id
    const development = hubspot.store.create(layout.types.development ?? '', { ladder_name: 'D' }).id
    hubspot.store.link(layout.types.development ?? '', development, 'companies', company)
    hubspot.store.archive('companies', company)
    hubspot.store.restore('companies', company)
    const events: object[] = []
    let place = await page(crm, 'earliest')
    for (let read: JournalRead = place; read.state === 'page'; read = await pageOf(crm, { after: place.offset })) {
      events.push(...read.events)
      place = read
    }
    const told = events as { subscriptionType: string; objectTypeId?: string; occurredAt: number }[]
    expect(told.map(({ subscriptionType }) => subscriptionType.replace('object.', ''))).toEqual([
      'propertyChange',
      'propertyChange',
      'associationChange',
      'associationChange',
      'deletion',
      'restore',
    ])
    expect(told.map(({ occurredAt }) => occurredAt)).toEqual(told.map(({ occurredAt }) => occurredAt).sort())
    expect(told[2]).toMatchObject({
      fromObjectTypeId: layout.types.development,
      fromObjectId: Number(development),
      toObjectTypeId: '0-2',
      toObjectId: Number(company),
    })
    expect(await pageOf(crm, { after: place.offset })).toEqual({ state: 'end' })
  })

  it('tells a merge by who is left and who is not, and a privacy deletion', async () => {
    const world = await begin()
    const crm = await subscribed(world)
    const { store } = world.hubspot
    const [one = '', other = ''] = ['A', 'B'].map((name) => store.create('companies', { name }).id)
    const contact = store.create('contacts', { lastname: 'C' }).id
    store.merge('companies', one, other)
    store.forget(contact)
    const { events } = await page(crm, 'latest')
    expect(events).toContainEqual(
      expect.objectContaining({
        subscriptionType: 'object.merge',
        objectTypeId: '0-2',
        objectId: Number(one),
        mergedObjectIds: [Number(other)],
      }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({ subscriptionType: 'object.privacyDeletion', objectId: Number(contact) }),
    )
  })

  it('a place that was kept for more than three days is lost, and so is one that never was', async () => {
    const world = await begin()
    const crm = await subscribed(world)
    world.hubspot.store.create('companies', { name: 'A' })
    const { offset } = await page(crm, 'latest')
    world.hubspot.setClock(Date.parse('2026-11-05T03:00:00Z'))
    expect(await pageOf(crm, { after: offset })).toEqual({ state: 'lost' })
    expect(await pageOf(crm, { after: '550e8400-e29b-41d4-a716-446655440000' })).toEqual({ state: 'lost' })
    expect(await pageOf(crm, 'latest')).toEqual({ state: 'end' })
  })

  it.each(EACH)(
    '%s on a place, and on a file: it is told, and the next time all is there',
    async (name, fault, expected) => {
      const world = await begin()
      const crm = await subscribed(world)
      const { hubspot } = world
      hubspot.store.create('companies', { name: 'A' })
      const { offset } = await page(crm, 'latest')
      hubspot.store.create('companies', { name: 'B' })
      hubspot.failNext({ ...fault, match: /offset/ })
      // with another token it is asked again, once: a 401 that lasts is a fault of the app
      if (expected.kind === 'auth' && name === '401') hubspot.failNext({ ...fault, match: /offset/ })
      const asked = await crm.journal?.({ after: offset })
      if (name === '404') expect(asked).toMatchObject({ ok: true, value: { state: 'lost' } })
      else expect(asked).toMatchObject({ ok: false, failure: expected })
      hubspot.clearFaults()
      hubspot.failNext({ ...fault, match: /journal-files/ })
      expect(await crm.journal?.({ after: offset })).toMatchObject({ ok: false, failure: { kind: 'unreachable' } })
      hubspot.clearFaults()
      expect((await page(crm, { after: offset })).events).toHaveLength(1)
    },
  )

  it('an app without it, or without its scope, is told from one that is slow', async () => {
    const world = await begin()
    const crm = await subscribed(world)
    world.hubspot.setJournal('missing')
    expect(await crm.journal?.('latest')).toMatchObject({ failure: { kind: 'refused', status: 404 } })
    world.hubspot.setJournal('forbidden')
    expect(await crm.journal?.('latest')).toMatchObject({ failure: { kind: 'auth' } })
    world.hubspot.setJournal('there')
    const poor = world.anew({ appAccess: appAccess(world.hubspot, 'developer.webhooks_journal.snapshots.read') })
    const answer = await poor.journal?.('latest')
    expect(answer?.ok === false && answer.failure.message).toContain('developer.webhooks_journal.read')
    expect(world.anew().journal).toBeUndefined()
  })

  it('the token of an account opens no journal, and the app’s no records; no token goes to where files lie', async () => {
    const world = await begin()
    const crm = await subscribed(world)
    const { hubspot } = world
    const account = world.anew({ appAccess: async () => ({ ok: true, value: hubspot.token }) })
    expect(await account.journal?.('latest')).toMatchObject({ failure: { kind: 'auth' } })
    const app = await appAccess(hubspot)()
    expect(await world.anew({}, app.ok ? app.value : '').members()).toMatchObject({ failure: { kind: 'auth' } })
    hubspot.store.create('companies', { name: 'A' })
    await page(crm, 'latest')
    // the stand-in refuses a file that is asked for with a token
    expect(hubspot.calls.list.filter(({ path }) => path.startsWith('/journal-files/'))).toMatchObject([{ status: 200 }])
  })

  it('is called a hundred times a second at most; the journal’s own limit is told as one', async () => {
    const world = await begin('custom', { now: () => 1_793_584_800_000 })
    const crm = await subscribed(world)
    const other = await begin('custom', { now: () => 1_793_584_800_000, rateLimit: {} })
    const limited = other.anew({ appAccess: appAccess(other.hubspot) })
    for (let at = 0; at < 100; at++) expect((await limited.journal?.('latest'))?.ok).toBe(true)
    expect(await limited.journal?.('latest')).toMatchObject({ failure: { kind: 'limit', waitMs: 1_000 } })
    expect((await crm.journal?.('latest'))?.ok).toBe(true)
    await world.hubspot.close()
  })
})
