import { afterEach, describe, expect, it } from 'vitest'
import { call, results, Sandboxes } from '../testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const ROOT = '/marketing/marketing-events/2026-09'
const EVENT = {
  externalAccountId: 'ladder',
  externalEventId: 'camp-1',
  eventName: 'Salon',
  eventOrganizer: 'Bank',
  endDateTime: '2026-11-05T10:00:00Z',
  customProperties: [],
}

describe('marketing events', () => {
  it('are made, made or changed, cancelled, and read by account', async () => {
    const hubspot = await open.start()
    expect((await call(hubspot, `POST ${ROOT}/events`, EVENT)).status).toBe(200)
    expect((await call(hubspot, `POST ${ROOT}/events`, EVENT)).status).toBe(409)
    const changed = await call(hubspot, `POST ${ROOT}/events/upsert`, { inputs: [{ ...EVENT, eventName: 'Tea' }] })
    expect(results(changed)).toMatchObject([{ eventName: 'Tea' }])
    const one = `${ROOT}/events/camp-1`
    expect((await call(hubspot, `PUT ${one}`, { ...EVENT, eventName: 'Dinner' })).body['eventName']).toBe('Dinner')
    expect((await call(hubspot, `POST ${one}/cancel?externalAccountId=ladder`)).body['eventCancelled']).toBe(true)
    expect((await call(hubspot, `GET ${one}?externalAccountId=other`)).status).toBe(404)
    const read = await call(hubspot, `GET ${one}?externalAccountId=ladder`)
    expect(read.body).toMatchObject({ externalEventId: 'camp-1', registrants: 0 })
  })

  it('count who registered, came, said no and stayed away; unknown people become contacts', async () => {
    let now = Date.parse('2026-11-05T00:00:00Z')
    const hubspot = await open.start({ now: () => now })
    await call(hubspot, `POST ${ROOT}/events`, EVENT)
    const inputs = (...names: string[]): object => ({
      inputs: names.map((name) => ({ email: `${name}@bank.example`, interactionDateTime: now })),
    })
    const line = `POST ${ROOT}/attendance/camp-1`
    const query = 'externalAccountId=ladder'
    const told = await call(hubspot, `${line}/register/email-create?${query}`, inputs('a', 'b', 'c'))
    expect(results(told)).toHaveLength(3)
    expect(hubspot.store.list('contacts')).toHaveLength(3)
    await call(hubspot, `${line}/attend/email-create?${query}`, inputs('a'))
    const vid = Number(results(told)[1]?.['vid'])
    await call(hubspot, `${line}/cancel/create?${query}`, { inputs: [{ vid, interactionDateTime: now }] })
    await call(hubspot, `POST ${ROOT}/events/camp-1/register/email-upsert?${query}`, inputs('stranger'))
    const counters = (): Promise<unknown> =>
      call(hubspot, `GET ${ROOT}/participations/ladder/camp-1`).then(({ body }) => body)
    expect(await counters()).toEqual({ registered: 2, attended: 1, cancelled: 1, noShows: 0 })
    now += 86_400_000
    expect(await counters()).toMatchObject({ noShows: 1 })
    const breakdown = await call(hubspot, `GET ${ROOT}/participations/ladder/camp-1/breakdown?state=ATTENDED`)
    expect(breakdown.body).toMatchObject({ total: 1, results: [{ properties: { attendanceState: 'ATTENDED' } }] })
    expect((await call(hubspot, `${line}/dance/email-create?${query}`, inputs('a'))).status).toBe(400)
  })
})
