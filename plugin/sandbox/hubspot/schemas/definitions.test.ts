import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandbox } from '../index.ts'
import { call, results, Sandboxes } from '../testing.ts'
import type { Answer } from '../testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const SCHEMAS = '/crm-object-schemas/2026-09/schemas'
const PROPERTIES = '/crm/properties/2026-09'
const PIPELINES = '/crm/pipelines/2026-09'

const text = (name: string): object => ({ name, label: name, type: 'string', fieldType: 'text' })

async function groupOf(hubspot: HubspotSandbox, type: string): Promise<string> {
  const [first] = results(await call(hubspot, `GET ${PROPERTIES}/${type}/groups`))
  return String(first?.['name'])
}

function define(hubspot: HubspotSandbox, name: string, more: object = {}): Promise<Answer> {
  return call(hubspot, `POST ${SCHEMAS}`, {
    name,
    labels: { singular: name, plural: `${name}s` },
    requiredProperties: ['ladder_name'],
    searchableProperties: [],
    secondaryDisplayProperties: [],
    primaryDisplayProperty: 'ladder_name',
    allowsSensitiveProperties: false,
    associatedObjects: ['COMPANY'],
    properties: [text('ladder_name')],
    ...more,
  })
}

describe('custom objects', () => {
  it('are defined, read under all their names, changed and taken away', async () => {
    const hubspot = await open.start()
    const made = await define(hubspot, 'ladder_development')
    expect(made).toMatchObject({
      status: 201,
      body: { fullyQualifiedName: 'p62515_ladder_development', archived: false },
    })
    const id = String(made.body['objectTypeId'])
    expect(id).toMatch(/^2-\d+$/)
    for (const name of [id, 'p62515_ladder_development', 'ladder_development']) {
      expect((await call(hubspot, `GET ${SCHEMAS}/${name}`)).body['objectTypeId']).toBe(id)
    }
    const record = await call(hubspot, `POST /crm/objects/2026-09/${id}`, { properties: { ladder_name: 'd' } })
    expect(record.status).toBe(201)
    const bare = await call(hubspot, `POST /crm/objects/2026-09/${id}`, { properties: {} })
    expect(bare.body).toMatchObject({ context: { properties: ['ladder_name'] } })
    const changed = await call(hubspot, `PATCH ${SCHEMAS}/${id}`, { description: 'x', clearDescription: false })
    expect(changed.body).toMatchObject({ description: 'x', portalId: 62515 })
    expect((await call(hubspot, `DELETE ${SCHEMAS}/${id}`)).status).toBe(400)
    hubspot.store.archive(id, String(record.body['id']))
    expect((await call(hubspot, `DELETE ${SCHEMAS}/${id}`)).status).toBe(204)
    expect(results(await call(hubspot, `GET ${SCHEMAS}`))).toEqual([])
    expect((await call(hubspot, `DELETE ${SCHEMAS}/${id}?archived=true`)).status).toBe(204)
    expect((await define(hubspot, 'ladder_development')).status).toBe(201)
  })

  it('are refused by name, by list, by number and by edition; the limits tell before', async () => {
    const hubspot = await open.start({ customObjectLimit: 1 })
    expect((await define(hubspot, '1st')).status).toBe(400)
    expect((await define(hubspot, 'ladder_a', { searchableProperties: ['nope'] })).status).toBe(400)
    expect((await define(hubspot, 'ladder_a')).status).toBe(201)
    expect((await define(hubspot, 'ladder_a')).status).toBe(409)
    expect(await define(hubspot, 'ladder_b')).toMatchObject({
      status: 400,
      body: { category: 'OBJECT_LIMIT_EXCEEDED' },
    })
    const limit = await call(hubspot, 'GET /crm/limits/2026-09/custom-object-types')
    expect(limit.body).toEqual({ limit: 1, usage: 1, percentage: 100 })
    const small = await open.start({ edition: 'professional' })
    expect(await define(small, 'ladder_a')).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } })
    expect((await call(small, 'GET /crm/limits/2026-09/custom-object-types')).body).toMatchObject({ limit: 0 })
    const pipelines = await call(small, 'GET /crm/limits/2026-09/pipelines')
    expect(pipelines.body['hubspotDefinedObjectTypes']).toMatchObject([{ objectTypeId: '0-3', limit: 15, usage: 1 }])
    for (const what of ['custom-properties', 'calculated-properties', 'records', 'associations/labels']) {
      expect((await call(small, `GET /crm/limits/2026-09/${what}`)).status).toBe(200)
    }
  })
})

describe('properties', () => {
  const tier = {
    name: 'ladder_tier',
    label: 'Tier',
    type: 'enumeration',
    fieldType: 'select',
    groupName: 'ladder',
    options: [{ label: 'A', value: 'a', displayOrder: 0, hidden: false }],
  }

  it('need a group, a pair of types that goes together, good options, and a name that is free', async () => {
    const hubspot = await open.start()
    const line = `POST ${PROPERTIES}/companies`
    expect((await call(hubspot, line, tier)).status).toBe(400)
    expect((await call(hubspot, `${line}/groups`, { name: 'ladder', label: 'Ladder' })).status).toBe(201)
    expect((await call(hubspot, `${line}/groups`, { name: 'ladder', label: 'Ladder' })).status).toBe(409)
    expect((await call(hubspot, line, { ...tier, fieldType: 'text' })).status).toBe(400)
    expect((await call(hubspot, line, { ...tier, fieldType: 'slect' })).status).toBe(400)
    expect((await call(hubspot, line, { ...tier, name: 'Ladder Tier' })).status).toBe(400)
    const [option] = tier.options
    expect((await call(hubspot, line, { ...tier, options: [option, option] })).status).toBe(400)
    expect((await call(hubspot, line, tier)).status).toBe(201)
    expect(await call(hubspot, line, tier)).toMatchObject({
      status: 409,
      body: { category: 'OBJECT_ALREADY_EXISTS', subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS' },
    })
    expect((await call(hubspot, `DELETE ${PROPERTIES}/companies/groups/ladder`)).status).toBe(400)
  })

  it('archived ones come back with their values when they are made again', async () => {
    const hubspot = await open.start()
    const key = { ...text('ladder_key'), groupName: 'companyinformation' }
    const line = `${PROPERTIES}/companies`
    await call(hubspot, `POST ${line}`, key)
    const { id } = hubspot.store.create('companies', { ladder_key: 'k' })
    expect((await call(hubspot, `DELETE ${line}/ladder_key`)).status).toBe(204)
    expect((await call(hubspot, `GET ${line}/ladder_key`)).status).toBe(404)
    expect((await call(hubspot, `GET ${line}/ladder_key?archived=true`)).body).toMatchObject({ archived: true })
    expect(hubspot.store.get('companies', id)?.properties).not.toHaveProperty('ladder_key')
    expect((await call(hubspot, `POST ${line}`, { ...key, label: 'Again' })).status).toBe(201)
    expect(hubspot.store.get('companies', id)?.properties['ladder_key']).toBe('k')
  })

  it('of tasks and meetings can be unique, or can’t, as the account has it', async () => {
    const unique = { ...text('ladder_key'), hasUniqueValue: true }
    for (const uniqueActivities of [true, false]) {
      const hubspot = await open.start({ uniqueActivities })
      const statusOf = async (type: string, body: object): Promise<number> => {
        const made = await call(hubspot, `POST ${PROPERTIES}/${type}`, {
          ...body,
          groupName: await groupOf(hubspot, type),
        })
        return made.status
      }
      for (const type of ['tasks', 'meetings']) {
        expect(await statusOf(type, unique)).toBe(uniqueActivities ? 201 : 400)
        if (!uniqueActivities) expect(await statusOf(type, { ...unique, hasUniqueValue: false })).toBe(201)
      }
      expect(await statusOf('deals', unique)).toBe(201)
    }
  })

  it('are not archived while a definition needs them; at most ten are unique; uniqueness is never changed', async () => {
    const hubspot = await open.start()
    const id = String((await define(hubspot, 'ladder_a')).body['objectTypeId'])
    expect(await call(hubspot, `DELETE ${PROPERTIES}/${id}/ladder_name`)).toMatchObject({
      status: 400,
      body: { subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE' },
    })
    const groupName = 'ladder_a_information'
    const unique = Array.from({ length: 11 }, (_, at) => ({ ...text(`u${at}`), groupName, hasUniqueValue: true }))
    const line = `POST ${PROPERTIES}/${id}`
    const made = await call(hubspot, `${line}/batch/create`, { inputs: unique.slice(0, 10) })
    expect(results(made)).toHaveLength(10)
    expect((await call(hubspot, line, unique[10])).status).toBe(400)
    expect((await call(hubspot, `PATCH ${PROPERTIES}/${id}/u1`, { hasUniqueValue: false })).status).toBe(400)
    expect((await call(hubspot, `PATCH ${PROPERTIES}/${id}/u1`, { label: 'One' })).body['label']).toBe('One')
    expect(results(await call(hubspot, `${line}/batch/read`, { inputs: [{ name: 'u1' }] }))).toHaveLength(1)
    expect((await call(hubspot, `${line}/batch/archive`, { inputs: [{ name: 'u1' }] })).status).toBe(204)
  })
})

describe('pipelines', () => {
  const stages = ['a01', 'a02'].map((stageId, displayOrder) => {
    return { stageId, label: stageId, displayOrder, metadata: { probability: '0.5' } }
  })
  const pipeline = { label: 'Ladder A', displayOrder: 1, pipelineId: 'ladder_dev_a', stages }

  it('take the ids that the caller chose; deals need probabilities', async () => {
    const hubspot = await open.start()
    const line = `POST ${PIPELINES}/deals`
    const made = await call(hubspot, line, pipeline)
    expect(made).toMatchObject({ status: 201, body: { id: 'ladder_dev_a', stages: [{ id: 'a01' }, { id: 'a02' }] } })
    expect((await call(hubspot, line, pipeline)).status).toBe(409)
    const other = { ...pipeline, label: 'B', pipelineId: 'b' }
    expect((await call(hubspot, line, other)).status).toBe(409)
    const bad = stages.map((stage) => ({ ...stage, stageId: `b${stage.stageId}`, metadata: { probability: '0.55' } }))
    expect((await call(hubspot, line, { ...other, stages: bad })).status).toBe(400)
    expect((await call(hubspot, `POST ${PIPELINES}/tasks`, pipeline)).status).toBe(400)
  })

  it('and stages that records are in are not deleted, unless the caller asks not to look', async () => {
    const hubspot = await open.start()
    await call(hubspot, `POST ${PIPELINES}/deals`, pipeline)
    hubspot.store.create('deals', { pipeline: 'ladder_dev_a', dealstage: 'a01' })
    const line = `DELETE ${PIPELINES}/deals/ladder_dev_a`
    expect((await call(hubspot, `${line}/stages/a01`)).status).toBe(400)
    expect((await call(hubspot, `${line}/stages/a02`)).status).toBe(204)
    const added = { label: 'New', displayOrder: 3, stageId: 'a03', metadata: { probability: '1.0' } }
    const stage = await call(hubspot, `POST ${PIPELINES}/deals/ladder_dev_a/stages`, added)
    expect(stage.body['metadata']).toEqual({ probability: '1.0', isClosed: 'true' })
    expect((await call(hubspot, `PATCH ${PIPELINES}/deals/ladder_dev_a/stages/a03`, { label: 'Newer' })).status).toBe(
      200,
    )
    expect(await call(hubspot, line)).toMatchObject({ status: 400 })
    expect((await call(hubspot, `${line}?validateReferencesBeforeDelete=false`)).status).toBe(204)
  })

  it('of custom objects need no metadata of their own', async () => {
    const hubspot = await open.start()
    const id = String((await define(hubspot, 'ladder_a')).body['objectTypeId'])
    const plain = stages.map((stage) => ({ ...stage, metadata: {} }))
    expect((await call(hubspot, `POST ${PIPELINES}/${id}`, { ...pipeline, stages: plain })).status).toBe(201)
    const properties = { ladder_name: 'x', hs_pipeline: 'ladder_dev_a', hs_pipeline_stage: 'a02' }
    expect(hubspot.store.create(id, properties).properties).toMatchObject(properties)
    expect(() => hubspot.store.create(id, { ...properties, hs_pipeline_stage: 'a09' })).toThrow('INVALID_OPTION')
  })
})
