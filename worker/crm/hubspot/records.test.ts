import { describe, expect, it } from 'vitest'
import type { HubspotLayout } from './layout.ts'
import { keysIn, snapshotOf, toHubspot } from './records.ts'

const layout: HubspotLayout = {
  portalId: 1,
  carrier: 'custom',
  types: {
    company: '0-2',
    person: '0-1',
    development: '2-1',
    visit: '0-47',
    task: '0-27',
    campaignTemplate: '2-2',
    escalation: '2-3',
  },
  labels: {},
}
const deals: HubspotLayout = {
  ...layout,
  carrier: 'deal',
  types: { company: '0-2', person: '0-1', development: '0-3', visit: '0-47', task: '0-27' },
}
const times = { id: '7', createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-02T00:00:00.123Z', archived: false }
const read = (object: string, properties: Record<string, string | null>, of = layout) =>
  snapshotOf(of, object, { ...times, properties })

describe('snapshotOf', () => {
  it('money is fen, an owner is an id, an empty text is nothing', () => {
    const record = read('company', {
      name: 'Acme',
      hubspot_owner_id: '11',
      ladder_balance: '12345.67',
      ladder_notice: '',
      ladder_dormant: 'false',
      ladder_tier_since: '2026-11-20',
    })
    expect(record).toMatchObject({
      object: 'company',
      id: '7',
      at: '2026-11-02T00:00:00.123Z',
      createdAt: '2026-11-01T00:00:00.000Z',
      deleted: false,
    })
    expect(record?.fields).toMatchObject({
      name: 'Acme',
      accountOwnerId: '11',
      ladderBalance: 1_234_567,
      ladderNotice: null,
      ladderDormant: false,
      ladderTierSince: '2026-11-20',
      ladderTier: null,
    })
  })

  it.each([
    ['0.29', 29],
    ['1234567890123.45', 123_456_789_012_345],
    ['12000000', 1_200_000_000],
    ['1.2E7', 1_200_000_000],
    ['-3.5', -350],
    ['-0.01', -1],
    ['0', 0],
    ['1.005', 101],
    ['much', null],
  ])('%s yuan are exactly %s fen', (yuan, fen) => {
    expect(read('company', { ladder_balance: yuan })?.fields.ladderBalance).toBe(fen)
  })

  it('a Chinese name has its surname first, others their given name', () => {
    const nameOf = (firstname: string, lastname: string) => read('person', { firstname, lastname })?.fields.name
    expect(nameOf('娜', '李')).toBe('李娜')
    expect(nameOf('Ada', 'King')).toBe('Ada King')
    expect(nameOf('', '王小明')).toBe('王小明')
    expect(nameOf('', '')).toBeNull()
  })

  it('states of tasks and outcomes of meetings are Ladder’s', () => {
    const task = (hs_task_status: string) => read('task', { hs_task_status })?.fields.status
    expect(['NOT_STARTED', 'WAITING', 'DEFERRED', 'IN_PROGRESS', 'COMPLETED'].map(task)).toEqual([
      'TODO',
      'TODO',
      'TODO',
      'IN_PROGRESS',
      'DONE',
    ])
    const visit = (hs_meeting_outcome: string) => read('visit', { hs_meeting_outcome })?.fields.status
    expect(['SCHEDULED', 'RESCHEDULED', 'COMPLETED', 'CANCELED', 'NO_SHOW', ''].map(visit)).toEqual([
      'PLANNED',
      'PLANNED',
      'HELD',
      'CANCELLED',
      'CANCELLED',
      null,
    ])
  })

  it('a meeting that was held without a time was held when it was to begin', () => {
    const properties = { hs_meeting_outcome: 'COMPLETED', hs_meeting_start_time: '2026-11-20T02:00:00Z' }
    expect(read('visit', properties)?.fields.heldAt).toBe('2026-11-20T02:00:00.000Z')
    expect(read('visit', { ...properties, hs_meeting_outcome: 'SCHEDULED' })?.fields.heldAt).toBeNull()
    expect(read('visit', { ...properties, ladder_held_at: '2026-11-20T03:30:00Z' })?.fields.heldAt).toBe(
      '2026-11-20T03:30:00.000Z',
    )
  })

  it('what people wrote in the editor is plain text', () => {
    const html = '<div dir="auto"><p>First &amp; last</p><p>a &lt; b</p></div>'
    expect(read('visit', { hs_meeting_body: html })?.fields.record).toBe('First & last\na < b')
  })

  it('relations are those of the associations where they were read, else the copies', () => {
    const properties = { ladder_company_id: '5' }
    expect(read('visit', properties)?.fields.company).toBe('5')
    const raw = { ...times, properties }
    const people = snapshotOf(layout, 'visit', raw, { company: '6', person: '8' })
    expect(people?.fields).toMatchObject({ company: '6', person: '8', development: null })
  })

  it('DEV-A01: pipelines and stages go by their codes', () => {
    const fields = read('development', { hs_pipeline: 'ladder_dev_a', hs_pipeline_stage: 'ladder_dev_a01' })?.fields
    expect(fields).toMatchObject({ pipeline: 'DEV_A', stage: 'DEV_A01' })
  })

  it('a deal of another pipeline is none of Ladder’s; one that left Ladder’s is deleted', () => {
    expect(read('development', { pipeline: 'default', dealstage: '1' }, deals)).toBeUndefined()
    expect(read('development', { pipeline: 'ladder_dev_a', dealstage: 'ladder_dev_a02' }, deals)).toMatchObject({
      deleted: false,
      fields: { stage: 'DEV_A02' },
    })
    const left = { pipeline: 'default', dealstage: '1', ladder_stage_since: '2026-11-01T00:00:00Z' }
    expect(read('development', left, deals)?.deleted).toBe(true)
  })

  it('an archived record is deleted, from when it was archived', () => {
    const archived = { ...times, properties: {}, archived: true, archivedAt: '2026-11-05T00:00:00Z' }
    expect(snapshotOf(layout, 'company', archived)).toMatchObject({ deleted: true, at: '2026-11-05T00:00:00.000Z' })
  })

  it('a record of an object that is not carried, or without a time, is none', () => {
    expect(read('holding', {})).toBeUndefined()
    expect(snapshotOf(layout, 'company', { id: '7', properties: {} })).toBeUndefined()
  })
})

describe('toHubspot', () => {
  const back = (object: string, fields: Parameters<typeof toHubspot>[2], of = layout) =>
    read(object, toHubspot(of, object, fields).properties, of)?.fields

  it.each([
    ['company', { ladderBalance: 99, ladderTierSince: '2026-11-20', ladderTier: 'GOLD', ladderDormant: true }],
    ['company', { ladderBalance: null, ladderTier: null, name: 'A & B' }],
    ['person', { name: '王小明', ladderRm: '12' }],
    ['task', { title: 'Call', status: 'DONE', dueAt: '2026-11-20T02:00:00.000Z', assigneeId: null }],
    ['visit', { name: 'V', status: 'CANCELLED', plannedAt: '2026-11-20T02:00:00.000Z', record: 'a < b\nc & d' }],
    ['development', { name: 'D', pipeline: 'DEV_A', stage: 'DEV_A12', checklistDone: ['A02_ISSUED', 'A02_SPLIT'] }],
    ['campaignTemplate', { timeline: [{ day: -10, role: 'RM', title: 'Call' }], followUp: null }],
  ])('%s: what is written reads back as it was', (object, fields) => {
    expect(back(object, fields)).toMatchObject(fields)
  })

  it('on deals as well', () => {
    const fields = { name: 'D', pipeline: 'DEV_A', stage: 'DEV_A03' }
    const { properties } = toHubspot(deals, 'development', fields)
    expect(properties).toEqual({ dealname: 'D', pipeline: 'ladder_dev_a', dealstage: 'ladder_dev_a03' })
    expect(back('development', fields, deals)).toMatchObject(fields)
  })

  it('a relation is a copy and an association; one by key has the id of its key', () => {
    const fields = { company: '5', development: { key: 'company:5/development' }, person: null }
    expect(keysIn(fields)).toEqual(['company:5/development'])
    const { properties, links } = toHubspot(layout, 'escalation', fields, () => '77')
    expect(properties).toEqual({ ladder_company_id: '5', ladder_development_id: '77', ladder_person_id: '' })
    expect(links).toEqual([
      { relation: 'company', to: 'company', id: '5' },
      { relation: 'development', to: 'development', id: '77' },
      { relation: 'person', to: 'person', id: null },
    ])
  })

  it('a relation to what this account does not carry is left out', () => {
    const { properties, links } = toHubspot(deals, 'task', { title: 'T', ladderCampaign: { key: 'k' } })
    expect(properties).toEqual({ hs_task_subject: 'T' })
    expect(links).toEqual([])
  })

  it('a meeting has its time twice: HubSpot asks for the one and shows the other', () => {
    const plannedAt = '2026-11-20T02:00:00.000Z'
    expect(toHubspot(layout, 'visit', { plannedAt }).properties).toEqual({
      hs_meeting_start_time: plannedAt,
      hs_timestamp: plannedAt,
    })
  })
})
