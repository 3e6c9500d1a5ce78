import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandbox } from '../index.ts'
import { call, results, Sandboxes } from '../testing.ts'
import type { Answer } from '../testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const CRM = '/crm/objects/2026-09'
const PROPERTIES = '/crm/properties/2026-09'

async function withKey(hubspot: HubspotSandbox, object = 'companies', groupName = 'companyinformation'): Promise<void> {
  const key = { name: 'ladder_key', label: 'Key', type: 'string', fieldType: 'text', groupName, hasUniqueValue: true }
  expect((await call(hubspot, `POST ${PROPERTIES}/${object}`, key)).status).toBe(201)
}

function codes(answer: Answer): unknown[] {
  return (answer.body['errors'] as { code?: string }[]).map(({ code }) => code)
}

describe('one record', () => {
  it('is made, read, changed, archived; its values are strings, what has none is null', async () => {
    const hubspot = await open.start({ now: () => Date.parse('2026-11-02T04:00:00Z') })
    const made = await call(hubspot, `POST ${CRM}/companies`, {
      properties: { name: '甲公司', annualrevenue: '12.50' },
    })
    expect(made).toMatchObject({ status: 201, body: { archived: false, createdAt: '2026-11-02T04:00:00Z' } })
    const line = `${CRM}/companies/${String(made.body['id'])}`
    const read = await call(hubspot, `GET ${line}?properties=name,domain,nonsense`)
    expect(read.body['properties']).toEqual({
      hs_object_id: made.body['id'],
      createdate: '2026-11-02T04:00:00Z',
      hs_lastmodifieddate: '2026-11-02T04:00:00Z',
      name: '甲公司',
      domain: null,
    })
    await call(hubspot, `PATCH ${line}`, { properties: { name: '' } })
    expect((await call(hubspot, `GET ${line}`)).body['properties']).toMatchObject({ name: null })
    expect((await call(hubspot, `DELETE ${line}`)).status).toBe(204)
    expect(await call(hubspot, `GET ${line}`)).toMatchObject({ status: 404, body: { category: 'OBJECT_NOT_FOUND' } })
    expect((await call(hubspot, `GET ${line}?archived=true`)).body).toMatchObject({ archived: true })
    expect((await call(hubspot, `DELETE ${line}`)).status).toBe(204)
  })

  it('is refused with every bad value named: unknown, read only, no option, no number, no date, no owner', async () => {
    const hubspot = await open.start()
    const properties = {
      nonsense: 'x',
      hs_object_id: '1',
      lifecyclestage: 'king',
      annualrevenue: '1e5',
      hubspot_owner_id: '1',
      numberofemployees: ' 5',
    }
    const answer = await call(hubspot, `POST ${CRM}/companies`, { properties })
    expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } })
    expect(codes(answer)).toEqual([
      'PROPERTY_DOESNT_EXIST',
      'READ_ONLY_VALUE',
      'INVALID_OPTION',
      'INVALID_INTEGER',
      'INVALID_OWNER_ID',
      'LEADING_TRAILING_WHITESPACE',
    ])
    const task = await call(hubspot, `POST ${CRM}/tasks`, { properties: { hs_task_subject: 'Call' } })
    expect(task).toMatchObject({ status: 400, body: { context: { properties: ['hs_timestamp'] } } })
    const number = await call(hubspot, `POST ${CRM}/companies`, { properties: { annualrevenue: 5 } })
    expect(number.status).toBe(400)
  })

  it('takes times as ms or ISO and gives them in UTC; a date is a day', async () => {
    const hubspot = await open.start()
    const day = { name: 'ladder_due', label: 'Due', type: 'date', fieldType: 'date', groupName: 'task' }
    await call(hubspot, `POST ${PROPERTIES}/tasks`, day)
    const properties = { hs_timestamp: '2026-11-02T12:00:00+08:00', ladder_due: '2026-11-05' }
    const task = await call(hubspot, `POST ${CRM}/tasks`, { properties })
    expect(task.body['properties']).toMatchObject({ hs_timestamp: '2026-11-02T04:00:00Z', ladder_due: '2026-11-05' })
    const line = `PATCH ${CRM}/tasks/${String(task.body['id'])}`
    const noon = await call(hubspot, line, { properties: { ladder_due: '2026-11-05T12:00:00Z' } })
    expect(codes(noon)).toEqual(['INVALID_DATE'])
    const ms = { hs_timestamp: String(Date.parse('2026-11-03T00:00:00Z')) }
    expect((await call(hubspot, line, { properties: ms })).body['properties']).toMatchObject({
      hs_timestamp: '2026-11-03T00:00:00Z',
    })
  })

  it('of a deal must be in a stage of its pipeline', async () => {
    const hubspot = await open.start()
    const deal = await call(hubspot, `POST ${CRM}/deals`, { properties: { dealname: 'd', dealstage: 'closedwon' } })
    expect(deal.body['properties']).toMatchObject({ pipeline: 'default', dealstage: 'closedwon' })
    const wrong = await call(hubspot, `POST ${CRM}/deals`, { properties: { dealstage: 'nowhere' } })
    expect(codes(wrong)).toEqual(['INVALID_OPTION'])
  })
})

describe('lists', () => {
  it('give at most 100 records a page and the place to go on from', async () => {
    const hubspot = await open.start()
    for (let at = 0; at < 5; at++) hubspot.store.create('companies', { name: `c${at}` })
    const seen: unknown[] = []
    let after = ''
    do {
      const page = await call(hubspot, `GET ${CRM}/companies?limit=2${after}`)
      seen.push(...results(page).map((one) => (one['properties'] as { name: string }).name))
      const paging = page.body['paging'] as { next: { after: string } } | undefined
      after = paging ? `&after=${paging.next.after}` : ''
    } while (after !== '')
    expect(seen).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect((await call(hubspot, `GET ${CRM}/companies?limit=101`)).status).toBe(400)
  })
})

describe('batches', () => {
  it('upsert by a unique property: made once, then changed, and told which', async () => {
    const hubspot = await open.start()
    await withKey(hubspot)
    const upsert = (name: string): Promise<Answer> =>
      call(hubspot, `POST ${CRM}/companies/batch/upsert`, {
        inputs: [{ id: 'k1', idProperty: 'ladder_key', properties: { name }, objectWriteTraceId: 'row' }],
      })
    const first = await upsert('a')
    expect(first).toMatchObject({ status: 200, body: { results: [{ new: true, objectWriteTraceId: 'row' }] } })
    expect(results(await upsert('b'))).toMatchObject([{ new: false, properties: { name: 'b', ladder_key: 'k1' } }])
    expect(hubspot.store.list('companies')).toHaveLength(1)
  })

  it('refuse ids that are not unique, ids twice, and more than 100 inputs', async () => {
    const hubspot = await open.start()
    await withKey(hubspot)
    const line = `POST ${CRM}/companies/batch/upsert`
    const input = (id: string, idProperty: string): object => ({ id, idProperty, properties: {} })
    const byId = await call(hubspot, line, { inputs: [input('1', 'hs_object_id')] })
    expect(byId.body['message']).toBe(
      'Unable to perform update/upsert by non-unique 0-2 property hs_object_id in portal ID 62515',
    )
    const twice = { inputs: [input('k', 'ladder_key'), input('k', 'ladder_key')] }
    expect((await call(hubspot, line, twice)).status).toBe(400)
    const many = Array.from({ length: 101 }, (_, at) => input(`k${at}`, 'ladder_key'))
    expect((await call(hubspot, line, { inputs: many })).status).toBe(400)
    expect((await call(hubspot, line, { inputs: many.slice(0, 100) })).status).toBe(200)
    expect(hubspot.store.list('companies')).toHaveLength(100)
  })

  it('tell in a 207 which inputs failed, or refuse as a whole where the account does so', async () => {
    const hubspot = await open.start()
    await withKey(hubspot)
    const [a] = [
      hubspot.store.create('companies', { ladder_key: 'a' }),
      hubspot.store.create('companies', { ladder_key: 'b' }),
    ]
    const inputs = [
      { id: a.id, properties: { ladder_key: 'b' }, objectWriteTraceId: 't1' },
      { id: '77', properties: {}, objectWriteTraceId: 't2' },
      { id: String(Number(a.id) + 1), properties: { name: 'fine' } },
    ]
    const line = `POST ${CRM}/companies/batch/update`
    const mixed = await call(hubspot, line, { inputs })
    expect(mixed).toMatchObject({ status: 207, body: { status: 'COMPLETE', numErrors: 2 } })
    expect(mixed.body['errors']).toMatchObject([
      { errors: [{ code: 'CONFLICTING_UNIQUE_VALUE' }], context: { objectWriteTraceId: ['t1'] } },
      { category: 'OBJECT_NOT_FOUND', context: { ids: ['77'], objectWriteTraceId: ['t2'] } },
    ])
    expect(results(mixed)).toMatchObject([{ properties: { name: 'fine' } }])
    hubspot.setBatchErrors('whole')
    const other = inputs.map((one) => ({ ...one, properties: { ...one.properties, domain: 'x.example' } }))
    expect((await call(hubspot, line, { inputs: other })).status).toBe(400)
    expect(JSON.stringify(hubspot.store.list('companies'))).not.toContain('x.example')
  })

  it('create all or nothing, unless each input can be told apart', async () => {
    const hubspot = await open.start()
    const line = `POST ${CRM}/companies/batch/create`
    const inputs = [{ properties: { name: 'a' } }, { properties: { nonsense: 'b' } }]
    expect((await call(hubspot, line, { inputs })).status).toBe(400)
    expect(hubspot.store.list('companies')).toHaveLength(0)
    const traced = inputs.map((input, at) => ({ ...input, objectWriteTraceId: String(at) }))
    expect((await call(hubspot, line, { inputs: traced })).status).toBe(207)
    expect(hubspot.store.list('companies')).toHaveLength(1)
  })

  it('read by id or key, telling what is missing; archive', async () => {
    const hubspot = await open.start()
    await withKey(hubspot)
    const { id } = hubspot.store.create('companies', { ladder_key: 'a', name: 'A' })
    const line = `POST ${CRM}/companies/batch`
    const body = { idProperty: 'ladder_key', properties: ['name'], inputs: [{ id: 'a' }, { id: 'zz' }] }
    const read = await call(hubspot, `${line}/read`, body)
    expect(read).toMatchObject({ status: 207, body: { errors: [{ context: { ids: ['zz'] } }] } })
    expect(results(read)).toMatchObject([{ id, properties: { name: 'A' } }])
    expect((await call(hubspot, `${line}/archive`, { inputs: [{ id }, { id: '5' }] })).status).toBe(204)
    const gone = await call(hubspot, `${line}/read?archived=true`, { inputs: [{ id }] })
    expect(results(gone)).toMatchObject([{ id, archived: true }])
    expect(hubspot.store.create('companies', { ladder_key: 'a' }).id).not.toBe(id)
  })
})

describe('merging and forgetting', () => {
  it('moves values and links to the winner and archives the other', async () => {
    const hubspot = await open.start()
    const [one, two] = ['one', 'two'].map((name) => hubspot.store.create('companies', { name }))
    const contact = hubspot.store.create('contacts', { email: 'a@bank.example', associatedcompanyid: two?.id ?? '' })
    hubspot.store.update('companies', two?.id ?? '', { city: 'Xi’an' })
    const body = { primaryObjectId: one?.id, objectIdToMerge: two?.id }
    const merged = await call(hubspot, `POST ${CRM}/companies/merge`, body)
    expect(merged.body).toMatchObject({ id: one?.id, properties: { name: 'one', city: 'Xi’an' } })
    expect(hubspot.store.get('contacts', contact.id)?.properties['associatedcompanyid']).toBe(one?.id)
    expect(hubspot.store.list('companies', true)).toMatchObject([{ id: two?.id }])
    await call(hubspot, `POST ${CRM}/contacts/gdpr-delete`, { objectId: 'a@bank.example', idProperty: 'email' })
    expect(hubspot.store.get('contacts', contact.id)).toBeNull()
    expect(hubspot.store.links('companies', one?.id ?? '', 'contacts')).toEqual([])
  })
})
