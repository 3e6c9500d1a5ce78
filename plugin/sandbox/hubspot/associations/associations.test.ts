import { afterEach, describe, expect, it } from 'vitest'
import { call, results, Sandboxes } from '../testing.ts'
import type { JsonObject } from '../types.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const ROOT = '/crm/associations/2026-09'
const CRM = '/crm/objects/2026-09'
const rm = { associationCategory: 'USER_DEFINED', associationTypeId: 0 }

describe('labels', () => {
  it('are made for both directions, read, and taken away with their links', async () => {
    const hubspot = await open.start()
    const line = `${ROOT}/meetings/companies/labels`
    const body = { name: 'ladder_visit_company', label: 'Visit of', inverseLabel: 'Visited in' }
    const made = await call(hubspot, `POST ${line}`, body)
    expect(made).toMatchObject({ status: 200, body: { results: [{ label: 'Visit of' }, { label: 'Visited in' }] } })
    expect((await call(hubspot, `POST ${line}`, body)).status).toBe(409)
    const [there] = results(made)
    const known = results(await call(hubspot, `GET ${line}`))
    expect(known).toEqual([{ category: 'HUBSPOT_DEFINED', typeId: 188 }, there])
    const meeting = hubspot.store.create('meetings', { hs_timestamp: '0' })
    const company = hubspot.store.create('companies', {})
    hubspot.store.link('meetings', meeting.id, 'companies', company.id, Number(there?.['typeId']))
    expect(hubspot.store.links('meetings', meeting.id, 'companies')[0]?.typeIds).toHaveLength(2)
    expect((await call(hubspot, `DELETE ${line}/${String(there?.['typeId'])}`)).status).toBe(204)
    expect(hubspot.store.links('meetings', meeting.id, 'companies')).toEqual([{ id: company.id, typeIds: [188] }])
  })

  it('are refused where two objects cannot be linked', async () => {
    const hubspot = await open.start()
    const body = { name: 'x', label: 'X' }
    expect((await call(hubspot, `POST ${ROOT}/tasks/meetings/labels`, body)).status).toBe(400)
  })
})

describe('links', () => {
  it('are made with the record, by one and in batches; read in batches and with the record', async () => {
    const hubspot = await open.start()
    const [one, two] = ['1', '2'].map((name) => hubspot.store.create('companies', { name }).id)
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }]
    const properties = { hs_timestamp: '0' }
    const task = await call(hubspot, `POST ${CRM}/tasks`, { properties, associations: [{ to: { id: one }, types }] })
    expect(task.status).toBe(201)
    const id = String(task.body['id'])
    const plain = await call(hubspot, `PUT ${CRM}/tasks/${id}/associations/default/companies/${String(two)}`)
    expect(results(plain)).toMatchObject([{ associationSpec: { associationTypeId: 192 } }, { from: { id: two } }])
    const read = await call(hubspot, `POST ${ROOT}/tasks/companies/batch/read`, { inputs: [{ id }, { id: '5' }] })
    expect(results(read)).toEqual([
      {
        from: { id },
        to: [one, two].map((toObjectId) => {
          return { toObjectId, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 192 }] }
        }),
      },
    ])
    const inline = await call(hubspot, `GET ${CRM}/tasks/${id}?associations=companies`)
    expect(inline.body['associations']).toMatchObject({ companies: { results: [{ id: one }, { id: two }] } })
    const inputs = [{ from: { id }, to: [{ id: one }] }]
    expect((await call(hubspot, `POST ${ROOT}/tasks/companies/batch/archive`, { inputs })).status).toBe(200)
    expect((await call(hubspot, `DELETE ${CRM}/tasks/${id}/associations/companies/${String(two)}`)).status).toBe(204)
    expect(hubspot.store.links('tasks', id, 'companies')).toEqual([])
    expect(hubspot.store.links('companies', String(one), 'tasks')).toEqual([])
  })

  it('with a label have the one without, too; what is missing is told in a 207', async () => {
    const hubspot = await open.start()
    const label = await call(hubspot, `POST ${ROOT}/tasks/contacts/labels`, { name: 'rm', label: 'RM' })
    const types = [{ ...rm, associationTypeId: results(label)[0]?.['typeId'] }]
    const task = hubspot.store.create('tasks', { hs_timestamp: '0' }).id
    const contact = hubspot.store.create('contacts', {}).id
    const inputs = [contact, '7'].map((id) => ({ from: { id: task }, to: { id }, types }))
    const linked = await call(hubspot, `POST ${ROOT}/tasks/contacts/batch/create`, { inputs })
    expect(linked).toMatchObject({ status: 207, body: { numErrors: 1, results: [{ labels: ['RM'] }] } })
    const [read] = results(await call(hubspot, `POST ${ROOT}/contacts/tasks/batch/read`, { inputs: [{ id: contact }] }))
    const [entry] = read?.['to'] as JsonObject[]
    expect(entry?.['associationTypes']).toMatchObject([{ label: 'RM' }, { typeId: 203 }])
    const unlabel = { inputs: [{ from: { id: task }, to: { id: contact }, types }] }
    expect((await call(hubspot, `POST ${ROOT}/tasks/contacts/batch/labels/archive`, unlabel)).status).toBe(200)
    expect(hubspot.store.links('tasks', task, 'contacts')).toEqual([{ id: contact, typeIds: [204] }])
    const wrong = [{ ...rm, associationTypeId: 4711 }]
    const line = `PUT ${CRM}/tasks/${task}/associations/contacts/${contact}`
    expect((await call(hubspot, line, wrong)).status).toBe(400)
    expect((await call(hubspot, line, types)).status).toBe(201)
  })

  it('of a contact show its first company in associatedcompanyid, and follow when that is written', async () => {
    const hubspot = await open.start()
    const [one, two] = ['1', '2'].map((name) => hubspot.store.create('companies', { name }).id)
    const contact = hubspot.store.create('contacts', {}).id
    const shown = (): unknown => hubspot.store.get('contacts', contact)?.properties['associatedcompanyid']
    hubspot.store.link('companies', String(one), 'contacts', contact)
    expect(shown()).toBe(one)
    hubspot.store.link('contacts', contact, 'companies', String(two))
    expect(shown()).toBe(one)
    hubspot.store.update('contacts', contact, { associatedcompanyid: String(two) })
    expect(hubspot.store.links('contacts', contact, 'companies')).toEqual([
      { id: one, typeIds: [279] },
      { id: two, typeIds: [279, 1] },
    ])
    hubspot.store.unlink('contacts', contact, 'companies', String(two))
    expect(shown()).toBeUndefined()
    expect(() => hubspot.store.update('contacts', contact, { associatedcompanyid: '4' })).toThrow('INVALID_COMPANY_ID')
  })
})
