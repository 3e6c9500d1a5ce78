import { describe, expect, it } from 'vitest'
import { pathOf } from '../../worker/crm/hubspot/layout.ts'
import type { Crm } from '../../worker/crm/port.ts'
import { begin, send, task } from './hubspot.world.ts'

/** Changes read by search, inside its bounds. */

describe('searches', () => {
  const all = async (crm: Crm, since: string): Promise<string[]> => {
    const found: string[] = []
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page = await crm.changedSince('company', since, cursor)
      if (!page.ok) throw new Error(page.failure.message)
      found.push(...page.value.records.map(({ id }) => id))
      cursor = page.value.next
    }
    return found
  }

  it('more records of one instant than a page holds are all found', async () => {
    const { hubspot, crm } = await begin()
    hubspot.setClock(Date.parse('2026-11-03T02:00:00Z'))
    const ids = Array.from({ length: 450 }, (_one, at) => hubspot.store.create('companies', { name: `C ${at}` }).id)
    hubspot.setClock(Date.parse('2026-11-03T03:00:00Z'))
    ids.push(hubspot.store.create('companies', { name: 'later' }).id)
    const found = await all(crm, '2026-11-02T00:00:00.000Z')
    expect(new Set(found)).toEqual(new Set(ids))
    expect(found.length).toBeLessThan(ids.length + 250)
  })

  it('no query goes beyond its 10,000th record, however many there are', async () => {
    const { hubspot, crm } = await begin('deal', { edition: 'professional' })
    const ids = Array.from({ length: 10_450 }, (_one, at) => hubspot.store.create('companies', { name: `C ${at}` }).id)
    hubspot.calls.clear()
    const found = await all(crm, '2026-11-02T00:00:00.000Z')
    expect(new Set(found).size).toBe(ids.length)
    expect(hubspot.calls.list.filter(({ status }) => status !== 200)).toEqual([])
    expect(hubspot.calls.count(/search$/)).toBeLessThan(56)
  })

  it('a record that changes while pages are read is not missed, nor are its neighbours', async () => {
    const { hubspot, crm } = await begin()
    const ids = Array.from({ length: 500 }, (_one, at) => hubspot.store.create('companies', { name: `C ${at}` }).id)
    const since = '2026-11-02T00:00:00.000Z'
    const first = await crm.changedSince('company', since, null)
    if (!first.ok) throw new Error(first.failure.message)
    for (const id of ids.slice(0, 50)) hubspot.store.update('companies', id, { name: 'changed' })
    const found = new Set(first.value.records.map(({ id }) => id))
    for (let cursor = first.value.next; cursor !== null;) {
      const page = await crm.changedSince('company', since, cursor)
      if (!page.ok) throw new Error(page.failure.message)
      for (const { id } of page.value.records) found.add(id)
      cursor = page.value.next
    }
    expect(found.size).toBe(500)
  })

  it.each([
    ['changes', []],
    ['records of keys that can’t be unique', ['task']],
  ])('what finds %s is as the published specification has it', async (_what, plainKeys) => {
    const world = await begin('custom', { strict: true }, plainKeys)
    const { hubspot, crm } = world
    hubspot.store.create('companies', { name: 'C' })
    expect(await all(crm, '2026-11-02T00:00:00.000Z')).toHaveLength(1)
    expect(await send(world, crm, [task('1', 'k/1')])).toBeNull()
    expect(await send({ ...world, known: new Map() }, world.anew({ known: () => undefined }), [task('1', 'k/1')])).toBe(
      null,
    )
    expect(hubspot.store.list('tasks')).toHaveLength(1)
    expect(hubspot.calls.list.filter(({ path, status }) => /search$/.test(path) && status !== 200)).toEqual([])
    expect(hubspot.calls.count(/tasks\/search$/)).toBe(plainKeys.length > 0 ? 2 : 0)
  })

  it('a deal that left Ladder’s pipelines is deleted, one that never was in them is nobody’s', async () => {
    const world = await begin('deal', { edition: 'professional' })
    const { hubspot, crm } = world
    const fields = { name: 'D', pipeline: 'DEV_A', stage: 'DEV_A01', stageSince: '2026-11-02T00:00:00.000Z' }
    await send(world, crm, [{ id: '1', object: 'development', key: 'd/1', fields }])
    hubspot.store.create('deals', { dealname: 'Other', dealstage: 'closedwon' })
    const id = world.known.get('d/1') ?? ''
    expect(pathOf(world.layout, 'development')).toBe('deals')
    expect(await crm.ids('development', null)).toMatchObject({ value: { ids: [id] } })
    hubspot.store.update('deals', id, { pipeline: 'default', dealstage: 'closedwon' })
    expect(await crm.ids('development', null)).toMatchObject({ value: { ids: [] } })
    const changed = await crm.changedSince('development', '2026-11-02T00:00:00.000Z', null)
    expect(changed.ok && changed.value.records.map((record) => [record.id, record.deleted])).toEqual([[id, true]])
  })
})
