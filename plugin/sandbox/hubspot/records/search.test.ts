import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandbox } from '../index.ts'
import { call, results, Sandboxes } from '../testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const LINE = 'POST /crm/objects/2026-09/companies/search'

async function names(hubspot: HubspotSandbox, propertyName: string, operator: string, rest: object): Promise<string[]> {
  const body = { filterGroups: [{ filters: [{ propertyName, operator, ...rest }] }], properties: ['name'], limit: 200 }
  const found = await call(hubspot, LINE, body)
  expect(found.status).toBe(200)
  return results(found).map((one) => String((one['properties'] as { name: string }).name))
}

describe('search', () => {
  it('filters by every operator', async () => {
    const hubspot = await open.start()
    for (const [name, annualrevenue] of [
      ['Alpha', '5'],
      ['Beta', '10'],
      ['Gamma', '100'],
    ] as const) {
      hubspot.store.create('companies', { name, annualrevenue })
    }
    hubspot.store.create('companies', { name: 'Delta One' })
    const money = 'annualrevenue'
    expect(await names(hubspot, money, 'GT', { value: '9' })).toEqual(['Beta', 'Gamma'])
    expect(await names(hubspot, money, 'LTE', { value: '10' })).toEqual(['Alpha', 'Beta'])
    expect(await names(hubspot, money, 'BETWEEN', { value: '6', highValue: '100' })).toEqual(['Beta', 'Gamma'])
    expect(await names(hubspot, money, 'NOT_HAS_PROPERTY', {})).toEqual(['Delta One'])
    expect(await names(hubspot, money, 'NEQ', { value: '5' })).toEqual(['Beta', 'Gamma', 'Delta One'])
    expect(await names(hubspot, 'name', 'EQ', { value: 'alpha' })).toEqual(['Alpha'])
    // Text in a list has to be in lower case.
    expect(await names(hubspot, 'name', 'IN', { values: ['Alpha', 'beta'] })).toEqual(['Beta'])
    expect(await names(hubspot, 'name', 'CONTAINS_TOKEN', { value: 'del*' })).toEqual(['Delta One'])
  })

  it('pages 200 at a time up to 10,000, and refuses more filters than HubSpot takes', async () => {
    const hubspot = await open.start({ now: () => 1_800_000_000_000 })
    for (let at = 0; at < 450; at++) hubspot.store.create('companies', { name: `c${at}` })
    const seen = new Set<unknown>()
    let after: string | undefined
    do {
      const page = await call(hubspot, LINE, { limit: 200, after, sorts: ['hs_lastmodifieddate'] })
      expect(page.body['total']).toBe(450)
      for (const { id } of results(page)) seen.add(id)
      after = (page.body['paging'] as { next: { after: string } } | undefined)?.next.after
    } while (after !== undefined)
    expect(seen.size).toBe(450)
    expect((await call(hubspot, LINE, { limit: 201 })).status).toBe(400)
    expect((await call(hubspot, LINE, { limit: 200, after: '9900' })).status).toBe(400)
    const filter = { propertyName: 'name', operator: 'HAS_PROPERTY' }
    const group = { filters: Array.from({ length: 7 }, () => filter) }
    expect((await call(hubspot, LINE, { filterGroups: [group] })).status).toBe(400)
    const groups = Array.from({ length: 6 }, () => ({ filters: [filter] }))
    expect((await call(hubspot, LINE, { filterGroups: groups })).status).toBe(400)
  })

  it('is behind by the lag of the index: new ones come late, old values stay, archived ones too', async () => {
    let now = 1_800_000_000_000
    const hubspot = await open.start({ now: () => now, indexLagMs: 5_000 })
    const { id } = hubspot.store.create('companies', { name: 'old' })
    const all = (): Promise<string[]> => names(hubspot, 'name', 'HAS_PROPERTY', {})
    expect(await all()).toEqual([])
    now += 5_000
    expect(await all()).toEqual(['old'])
    hubspot.store.update('companies', id, { name: 'new' })
    expect(await all()).toEqual(['old'])
    now += 4_000
    hubspot.store.archive('companies', id)
    now += 1_000
    expect(await all()).toEqual(['new'])
    now += 4_000
    expect(await all()).toEqual([])
  })
})
