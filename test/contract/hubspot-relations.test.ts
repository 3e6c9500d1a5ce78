import { describe, expect, it } from 'vitest'
import { begin, DUE, send, task } from './hubspot.world.ts'

/** Relations: associations with a label of Ladder’s, beside those of people. */

describe('relations', () => {
  it('a new one under Ladder’s label ends the old one, and people’s own stay', async () => {
    const world = await begin()
    const { hubspot, layout } = world
    const [a, b, c] = ['A', 'B', 'C'].map((name) => hubspot.store.create('companies', { name }).id)
    await send(world, world.crm, [task('1', 'k/1', { ladderCompany: a ?? '', ladderPerson: null })])
    const id = world.known.get('k/1') ?? ''
    hubspot.store.link('tasks', id, 'companies', c ?? '')
    const label = layout.labels['task.ladderCompany'] ?? 0
    const labelled = () =>
      hubspot.store.links('tasks', id, 'companies').flatMap((link) => (link.typeIds.includes(label) ? [link.id] : []))
    expect(labelled()).toEqual([a])
    await send(world, world.anew(), [{ id: '2', object: 'task', key: 'k/1', fields: { ladderCompany: b ?? '' } }])
    expect(labelled()).toEqual([b])
    await send(world, world.anew(), [{ id: '3', object: 'task', key: 'k/1', fields: { ladderCompany: null } }])
    expect(labelled()).toEqual([])
    expect(hubspot.store.links('tasks', id, 'companies').map((link) => link.id)).toContain(c)
  })

  it('a new record’s relations cost one call each, none that leads nowhere', async () => {
    const world = await begin()
    const company = world.hubspot.store.create('companies', { name: 'A' }).id
    world.hubspot.calls.clear()
    const writes = Array.from({ length: 100 }, (_one, at) =>
      task(String(at), `k/${at}`, { ladderCompany: company, ladderPerson: null, ladderDevelopment: null }),
    )
    expect(await send(world, world.crm, writes)).toBeNull()
    expect(world.hubspot.calls.list.map(({ path }) => path.split('/2026-09/')[1])).toEqual([
      'tasks/batch/upsert',
      'tasks/companies/batch/create',
    ])
  })

  it('of a new record that was looked up first cost no more', async () => {
    const world = await begin('deal', { edition: 'professional', uniqueActivities: false }, ['visit', 'task'])
    const company = world.hubspot.store.create('companies', { name: 'A' }).id
    const writes = Array.from({ length: 100 }, (_one, at) => task(String(at), `k/${at}`, { ladderCompany: company }))
    expect(await send(world, world.crm, writes)).toBeNull()
    expect(world.hubspot.calls.list.map(({ path }) => path.split('/2026-09/')[1])).toEqual([
      'tasks/search',
      'tasks/batch/create',
      'tasks/companies/batch/create',
    ])
  })

  it('without a label the default association serves', async () => {
    const world = await begin()
    const company = world.hubspot.store.create('companies', { name: 'A' }).id
    world.layout.labels = {}
    await send(world, world.anew(), [task('1', 'k/1', { ladderCompany: company })])
    const [link] = world.hubspot.store.links('tasks', world.known.get('k/1') ?? '', 'companies')
    expect(link).toEqual({ id: company, typeIds: [192] })
  })

  it('of several associations the labelled one counts', async () => {
    const { hubspot, layout, crm } = await begin()
    const [a, b] = ['A', 'B'].map((name) => hubspot.store.create('companies', { name }).id)
    const visit = hubspot.store.create('meetings', { hs_meeting_title: 'V', hs_timestamp: DUE }).id
    hubspot.store.link('meetings', visit, 'companies', a ?? '')
    hubspot.store.link('meetings', visit, 'companies', b ?? '', layout.labels['visit.company'])
    const read = await crm.read('visit', [visit])
    expect(read.ok && read.value[0]?.fields.company).toBe(b)
  })
})
