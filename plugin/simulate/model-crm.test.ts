import { describe, expect, it } from 'vitest'
import { idOfKey, ModelCrm } from './model-crm.ts'

const WHY = { event: 'e', playbook: 1, rule: 'ESC-LADDER' }
const crm = () => new ModelCrm(() => Date.parse('2026-03-02T02:00:00.000Z'))

describe('the CRM of a simulation', () => {
  it('tells of a change once, with what was before, and of nothing when nothing changed', () => {
    const one = crm()
    expect(one.save('company', 'c1', { name: 'Acme' })).toMatchObject({ before: undefined })
    expect(one.save('company', 'c1', { name: 'Acme' })).toBeNull()
    const change = one.save('company', 'c1', { name: 'Acme Foods', ladderGold: true })
    expect(change?.before?.fields).toEqual({ name: 'Acme' })
    expect(change?.record).toMatchObject({ at: '2026-03-02T02:00:00.001Z', createdAt: '2026-03-02T02:00:00.000Z' })
  })

  it('finds a record of Ladder again by its key, and names it where another has a relation to it', () => {
    const one = crm()
    const key = 'template:t1/launch/2026-03-20'
    one.write({ do: 'upsert', object: 'campaign', key, fields: { name: 'Salon' }, why: WHY })
    one.write({ do: 'upsert', object: 'campaign', key, fields: { status: 'PLANNED' }, why: WHY })
    expect(one.get('campaign', idOfKey(key))?.fields).toEqual({ name: 'Salon', status: 'PLANNED', ladderKey: key })
    one.write({ do: 'upsert', object: 'task', key: 'a/b', fields: { ladderCampaign: { key } }, why: WHY })
    expect(one.get('task', idOfKey('a/b'))?.fields.ladderCampaign).toBe(idOfKey(key))
  })

  it('keeps what is open before people until it is done, and a deleted record deleted', () => {
    const one = crm()
    one.save('task', 't1', { status: 'TODO' })
    one.save('task', 't2', { status: 'TODO' })
    one.save('task', 't1', { status: 'DONE' })
    expect(one.open('task').map(({ id }) => id)).toEqual(['t2'])
    one.save('task', 't1', { status: 'TODO' })
    one.save('task', 't2', {}, true)
    expect(one.open('task').map(({ id }) => id)).toEqual(['t1'])
    one.write({ do: 'update', object: 'task', id: 't2', fields: { status: 'DONE' }, why: WHY })
    expect(one.get('task', 't2')?.deleted).toBe(true)
  })
})
