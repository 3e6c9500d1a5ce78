import { describe, expect, it } from 'vitest'
import { model, objectDef } from '../../../schemas/model/index.ts'
import { carriedObjects, isCarried, objectOfType, pathOf, type Shape, standardType } from './layout.ts'
import {
  keyPropertyOf,
  labelName,
  ladderProperties,
  objectsOf,
  propertyOf,
  readProperties,
  relationsOf,
  schemaName,
} from './names.ts'

const shapeOf = (carrier: Shape['carrier']): Shape => ({
  carrier,
  types: Object.fromEntries(
    objectsOf(carrier).map((object, index) => [object, standardType(carrier, object) ?? `2-${index}`]),
  ),
})
const custom = shapeOf('custom')
const deal = shapeOf('deal')

describe('what an account carries', () => {
  it('with custom objects the whole model, with deals the customers, developments, visits and tasks', () => {
    expect(objectsOf('custom')).toEqual(model.map(({ name }) => name))
    expect(carriedObjects(deal)).toEqual(['company', 'person', 'development', 'visit', 'task'])
    expect(isCarried(deal, 'escalation')).toBe(false)
  })

  it('paths name HubSpot’s own objects by plural, custom ones by type id', () => {
    expect(pathOf(deal, 'development')).toBe('deals')
    expect(pathOf(custom, 'development')).toMatch(/^2-\d+$/)
    expect(pathOf(deal, 'visit')).toBe('meetings')
    expect(pathOf(deal, 'campaign')).toBeUndefined()
    expect(objectOfType(deal, '0-3')).toBe('development')
    expect(objectOfType(deal, '0-5')).toBeUndefined()
  })
})

describe('names', () => {
  it.each([
    ['company', 'ladderTier', 'ladder_tier'],
    ['company', 'ladderCustomerNo', 'ladder_customer_no'],
    ['company', 'name', 'name'],
    ['company', 'accountOwnerId', 'hubspot_owner_id'],
    ['person', 'ladderRm', 'hubspot_owner_id'],
    ['development', 'stageDue', 'ladder_stage_due'],
    ['development', 'company', 'ladder_company_id'],
    ['task', 'ladderDevelopment', 'ladder_development_id'],
    ['task', 'title', 'hs_task_subject'],
    ['visit', 'heldAt', 'ladder_held_at'],
    ['tierRule', 'name', 'ladder_name'],
  ])('%s.%s is %s', (object, name, property) => {
    expect(propertyOf('custom', object, name)).toBe(property)
  })

  it('the stages of a custom object and of deals have names of their own', () => {
    expect(propertyOf('custom', 'development', 'stage')).toBe('hs_pipeline_stage')
    expect(propertyOf('deal', 'development', 'stage')).toBe('dealstage')
    expect(propertyOf('deal', 'development', 'name')).toBe('dealname')
  })

  it('labels and schemas', () => {
    expect(labelName('task', 'ladderCompany')).toBe('ladder_task_company')
    expect(schemaName('campaignTemplate')).toBe('ladder_campaign_template')
    expect(keyPropertyOf('person')).toBe('ladder_customer_no')
    expect(keyPropertyOf('escalation')).toBe('ladder_key')
  })
})

describe.each([
  ['custom', custom],
  ['deal', deal],
] as const)('properties that Ladder makes (%s)', (_, shape) => {
  it.each(carriedObjects(shape))('%s: each name once, in Ladder’s prefix, at most ten unique ones', (object) => {
    const made = ladderProperties(shape, object)
    const names = made.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^ladder_[a-z0-9_]{1,90}$/)
    expect(made.filter(({ unique }) => unique).map(({ name }) => name)).toEqual([keyPropertyOf(object)])
  })

  it.each(carriedObjects(shape))('%s: what is read is what was made, and HubSpot’s own', (object) => {
    const made = ladderProperties(shape, object).map(({ name }) => name)
    const read = readProperties(shape, object)
    expect(new Set(read).size).toBe(read.length)
    expect(read.filter((name) => name.startsWith('ladder_')).sort()).toEqual([...made].sort())
  })

  it('every field of a carried object has a place, or leads to an object that is not carried', () => {
    for (const object of carriedObjects(shape)) {
      const read = new Set(readProperties(shape, object))
      const lost = (objectDef(object)?.fields ?? [])
        .filter(({ name }) => !read.has(propertyOf(shape.carrier, object, name)))
        .map(({ relation }) => relation?.to ?? 'a plain field')
      for (const to of lost) expect(isCarried(shape, to)).toBe(false)
    }
  })
})

it('relations lead to carried objects alone; users are owners', () => {
  expect(relationsOf(deal, 'task').map(({ name }) => name)).toEqual([
    'ladderCompany',
    'ladderPerson',
    'ladderDevelopment',
  ])
  expect(relationsOf(custom, 'escalation').map(({ name }) => name)).toEqual(['company', 'person', 'development'])
})
