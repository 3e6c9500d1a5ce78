import { afterEach, describe, expect, it } from 'vitest'
import { call, Sandboxes } from '../testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const CRM = '/crm/objects/2026-09'

describe('what differs from account to account', () => {
  it('rules of the admin bind the API: required when made, required once another value is there', async () => {
    const hubspot = await open.start()
    const conditional = [{ property: 'lifecyclestage', values: ['customer'], requires: ['city'] }]
    hubspot.store.setRules('companies', { creator: ['name'], conditional })
    const bare = await call(hubspot, `POST ${CRM}/companies`, { properties: {} })
    expect(bare).toMatchObject({ status: 400, body: { errors: [{ code: 'MISSING_REQUIRED_PROPERTY' }] } })
    const { id } = hubspot.store.create('companies', { name: 'a' })
    const line = `PATCH ${CRM}/companies/${id}`
    const customer = await call(hubspot, line, { properties: { lifecyclestage: 'customer' } })
    expect(customer.body).toMatchObject({ errors: [{ code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY' }] })
    expect((await call(hubspot, line, { properties: { lifecyclestage: 'customer', city: 'x' } })).status).toBe(200)
  })

  it('a merge may make a new record: both are archived and it has their values and links', async () => {
    const hubspot = await open.start({ mergeMakesNew: true })
    const one = hubspot.store.create('companies', { name: 'one' }).id
    const two = hubspot.store.create('companies', { name: 'two', city: 'Xi’an' }).id
    const contact = hubspot.store.create('contacts', { associatedcompanyid: two }).id
    const body = { primaryObjectId: one, objectIdToMerge: two }
    const merged = await call(hubspot, `POST ${CRM}/companies/merge`, body)
    expect(merged.body['properties']).toMatchObject({ name: 'one', city: 'Xi’an' })
    expect(hubspot.store.list('companies')).toMatchObject([{ id: merged.body['id'] }])
    expect(hubspot.store.links('contacts', contact, 'companies')).toMatchObject([{ id: merged.body['id'] }])
  })

  it('strict asks for what the published specification calls required, in each input too', async () => {
    const hubspot = await open.start({ strict: true })
    const line = `POST ${CRM}/companies`
    const refused = await call(hubspot, `${line}/batch/create`, { inputs: [{ properties: {} }] })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ in: 'inputs.*.associations' }] } })
    expect((await call(hubspot, line, { properties: {}, associations: [] })).status).toBe(201)
    expect((await call(hubspot, `${line}/search`, {})).status).toBe(400)
    const search = { filterGroups: [], sorts: [], properties: [], limit: 10, after: '0' }
    expect((await call(hubspot, `${line}/search`, search)).status).toBe(200)
  })

  it('an edit of a pipeline moves the times of all that is in it, and long addresses are refused', async () => {
    let now = 1_800_000_000_000
    const hubspot = await open.start({ now: () => now })
    const { id } = hubspot.store.create('deals', { dealstage: 'closedwon' })
    now += 60_000
    const change = { label: 'Won', metadata: { probability: '1.0' } }
    await call(hubspot, 'PATCH /crm/pipelines/2026-09/deals/default/stages/closedwon', change)
    expect(Date.parse(hubspot.store.get('deals', id)?.updatedAt ?? '')).toBe(now)
    const long = await call(hubspot, `GET ${CRM}/deals?properties=${'x'.repeat(8_200)}`)
    expect(long.status).toBe(414)
  })
})
