import { describe, expect, it } from 'vitest'
import type { Crm, CrmDeps, Failure, Write } from '../../worker/crm/port.ts'
import { begin, DUE, EACH, limit, send, task } from './hubspot.world.ts'

/** What HubSpot answers instead of what it was asked for: each status, silence, limits, missing rights. */

describe.each(EACH)('%s', (_name, fault, expected) => {
  it('on each call of a write: nothing is lost, nothing is twice', async () => {
    const world = await begin()
    const { hubspot, layout } = world
    const [one, other] = ['One', 'Other'].map((name) => hubspot.store.create('companies', { name }).id)
    const development: Write = {
      id: '1',
      object: 'development',
      key: 'd/1',
      fields: { name: 'D', pipeline: 'DEV_A', stage: 'DEV_A01', company: one ?? '' },
    }
    await send(world, world.crm, [development, task('2', 't/1', { ladderCompany: one ?? '' })])
    const writes = [
      { ...development, fields: { ...development.fields, company: other ?? '' } },
      task('2', 't/1', { ladderCompany: other ?? '', ladderDevelopment: { key: 'd/1' } }),
      task('3', 't/2', { ladderCompany: one ?? '', ladderDevelopment: { key: 'd/1' } }),
      { id: '4', object: 'company', recordId: one ?? '', fields: { ladderTier: 'GOLD' } },
      { id: '5', object: 'company', key: 'N-1', fields: { name: 'Core' } },
    ] satisfies Write[]
    // how many calls it takes when all goes well, so that each of them can fail once
    let failed = 0
    for (let at = 0; ; at++) {
      world.known.clear()
      let nth = 0
      hubspot.failNext({ ...fault, match: () => nth++ === at })
      const failure = await send(world, world.anew(), writes)
      hubspot.clearFaults()
      if (failure === null) break
      expect(failure).toMatchObject(expected)
      failed++
    }
    expect(failed).toBeGreaterThan(5)
    expect(await send(world, world.anew(), writes)).toBeNull()
    expect(hubspot.store.list('tasks')).toHaveLength(2)
    expect(hubspot.store.list(layout.types.development ?? '')).toHaveLength(1)
    expect(hubspot.store.list('companies')).toHaveLength(3)
    expect(hubspot.store.get('companies', one ?? '')?.properties.ladder_tier).toBe('GOLD')
    const label = layout.labels['task.ladderCompany'] ?? 0
    const labelled = (id: string) =>
      hubspot.store.links('tasks', id, 'companies').filter(({ typeIds }) => typeIds.includes(label))
    for (const { id, properties } of hubspot.store.list('tasks')) {
      const company = properties.ladder_key === 't/1' ? other : one
      expect(labelled(id).map((link) => link.id)).toEqual([company])
      expect(properties.ladder_company_id).toBe(company)
    }
  })

  it('on each call of a reading: it is told, and the next time all is there', async () => {
    const { hubspot, anew } = await begin()
    const company = hubspot.store.create('companies', { name: 'C' }).id
    const visit = hubspot.store.create('meetings', { hs_meeting_title: 'V', hs_timestamp: DUE }).id
    hubspot.store.link('meetings', visit, 'companies', company)
    const binned = hubspot.store.create('meetings', { hs_meeting_title: 'B', hs_timestamp: DUE }).id
    hubspot.store.archive('meetings', binned)
    const since = '2026-11-02T00:00:00.000Z'
    const asks: ((crm: Crm) => Promise<{ ok: boolean; failure?: Failure }>)[] = [
      (crm) => crm.read('visit', [visit, binned]),
      (crm) => crm.changedSince('visit', since, null),
      (crm) => crm.changedSince('visit', since, 'b'),
      (crm) => crm.ids('visit', null),
      (crm) => crm.members(),
    ]
    for (const ask of asks) {
      let failed = 0
      for (let at = 0; ; at++) {
        let nth = 0
        let line = ''
        hubspot.failNext({ ...fault, match: ({ path }) => nth++ === at && (line = path) !== '' })
        const answer = await ask(anew())
        hubspot.clearFaults()
        if (answer.ok) break
        const isSearch = line.endsWith('/search')
        if (!(isSearch && expected.kind === 'limit')) expect(answer.failure).toMatchObject(expected)
        failed++
      }
      expect(failed).toBeGreaterThan(0)
    }
    const read = await anew().read('visit', [visit, binned])
    expect(read.ok && read.value.map(({ id, deleted, fields }) => [id, deleted, fields.company])).toEqual([
      [visit, false, company],
      [binned, true, null],
    ])
  })
})

describe('a server that does not answer in time', () => {
  it('counts as not reached, and what it did all the same is not done twice', async () => {
    const world = await begin()
    world.hubspot.failNext({ when: 'after', timeoutMs: 21_000, status: 200, body: { results: [] } })
    expect(await send(world, world.crm, [task('1', 'k/1')])).toEqual({
      kind: 'unreachable',
      message: 'no answer within 20 s',
    })
    expect(await send(world, world.anew(), [task('1', 'k/1')])).toBeNull()
    expect(world.hubspot.store.list('tasks')).toHaveLength(1)
  })
})

describe('limits', () => {
  it('a search over its own limit waits a second, and by itself', async () => {
    const { hubspot, crm } = await begin()
    hubspot.failNext({ match: /search$/, ...limit('SECONDLY') })
    expect(await crm.changedSince('company', '2026-11-02T00:00:00.000Z', null)).toMatchObject({
      failure: { kind: 'limit', waitMs: 1_000, of: 'search' },
    })
  })

  it('the account’s own word of the day is passed on', async () => {
    const { anew } = await begin('deal', { edition: 'professional', rateLimit: {} })
    const heard: number[] = []
    await anew({ heard: (left) => heard.push(left) }).members()
    expect(heard).toHaveLength(1)
    expect(heard[0]).toBeLessThan(625_000)
  })
})

describe('rights', () => {
  it('a scope that is missing is named', async () => {
    const { hubspot, anew } = await begin()
    const poor = hubspot.addToken({ scopes: ['crm.objects.companies.read'] })
    const answer = await anew({}, poor).members()
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'auth' } })
    expect(answer.ok ? '' : answer.failure.message).toContain('crm.objects.owners.read')
    expect(JSON.stringify(answer)).not.toContain(poor)
  })

  it('a token that has run out is asked for anew, once, and the call goes on', async () => {
    const { hubspot, anew } = await begin()
    const refused: string[] = []
    let token = 'stale-token'
    const access: CrmDeps['access'] = async (stale) => {
      if (stale !== undefined) refused.push(stale)
      if (stale === token) token = hubspot.token
      return { ok: true, value: token }
    }
    const crm = anew({ access }, '')
    expect((await crm.members()).ok).toBe(true)
    expect((await crm.members()).ok).toBe(true)
    expect(refused).toEqual(['stale-token'])
    const hopeless = anew({ access: async () => ({ ok: true, value: 'another-stale-token' }) }, '')
    expect(await hopeless.members()).toMatchObject({ failure: { kind: 'auth' } })
    const taken = anew({ access: async () => ({ ok: false, failure: { kind: 'auth', message: 'taken back' } }) }, '')
    hubspot.calls.clear()
    expect(await taken.members()).toMatchObject({ failure: { message: 'taken back' } })
    expect(hubspot.calls.list).toHaveLength(0)
  })
})
