import { afterEach, describe, expect, it } from 'vitest'
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
} from '../../plugin/sandbox/hubspot/index.ts'
import { calls } from '../../worker/crm/hubspot/calls.ts'
import { type Carrier, type HubspotLayout, pathOf } from '../../worker/crm/hubspot/layout.ts'
import { hubspot as adapter } from '../../worker/crm/hubspot/index.ts'
import type { Crm, CrmDeps, Failure, Write } from '../../worker/crm/port.ts'
import { layOut } from './hubspot.setup.ts'

/** What HubSpot alone does: its statuses, answers in parts, associations, searches. */

let sandbox: HubspotSandbox | undefined
let time = 0
/** The listed calls, as patterns over method and path. */
const listed = Object.entries(calls).map(([name, { method, path }]) => ({
  name,
  pattern: new RegExp(`^${method} ${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))
const made = new Set<string>()
afterEach(async () => {
  for (const { method, path } of sandbox?.calls.list ?? []) {
    const found = listed.find(({ pattern }) => pattern.test(`${method} ${path}`))
    made.add(found?.name ?? `not listed: ${method} ${path}`)
  }
  await sandbox?.close()
  sandbox = undefined
})

interface World {
  hubspot: HubspotSandbox
  layout: HubspotLayout
  known: Map<string, string>
  crm: Crm
  /** Another run's adapter. */
  anew(deps?: Partial<CrmDeps>, token?: string): Crm
}

const begin = async (
  carrier: Carrier = 'custom',
  options: HubspotSandboxOptions = {},
  plainKeys: string[] = [],
): Promise<World> => {
  time = Date.parse('2026-11-02T02:00:00Z')
  const hubspot = await startHubspotSandbox({ now: () => (time += 10), rateLimit: null, ...options })
  sandbox = hubspot
  const layout = await layOut(hubspot, carrier, plainKeys)
  hubspot.calls.clear()
  const known = new Map<string, string>()
  const base: CrmDeps = { known: (key) => known.get(key), spend: () => ({ ok: true }) }
  const anew: World['anew'] = (deps, token = hubspot.token) =>
    adapter({ kind: 'hubspot', url: hubspot.url, token, layout }, { ...base, ...deps })
  return { hubspot, layout, known, anew, crm: anew() }
}

const DUE = '2026-11-05T09:00:00.000Z'
const task = (id: string, key: string, fields: Write['fields'] = {}): Write => ({
  id,
  object: 'task',
  key,
  fields: { title: key, status: 'TODO', dueAt: DUE, ...fields },
})

/** Sends each planned batch once; a failure ends it. Keys are remembered as the Courier does. */
const send = async ({ known }: World, crm: Crm, writes: Write[]): Promise<Failure | null> => {
  for (const batch of crm.plan(writes).batches) {
    const result = await crm.send(batch)
    if (!result.ok) return result.failure
    for (const { id, recordId, gone } of result.value.written) {
      const key = batch.writes.find((write) => write.id === id)?.key
      if (key && !gone) known.set(key, recordId)
    }
  }
  return null
}

const limit = (policyName: string) => ({ status: 429, body: { status: 'error', message: 'limit', policyName } })
const EACH: [string, Parameters<HubspotSandbox['failNext']>[0], Partial<Failure>][] = [
  ['401', { status: 401 }, { kind: 'auth' }],
  ['403', { status: 403 }, { kind: 'auth' }],
  ['404', { status: 404 }, { kind: 'refused', status: 404 }],
  ['409', { status: 409 }, { kind: 'refused', status: 409 }],
  ['414', { status: 414 }, { kind: 'refused', status: 414 }],
  ['423', { status: 423 }, { kind: 'unreachable', waitMs: 2_000 }],
  ['429 in ten seconds', limit('TEN_SECONDLY_ROLLING'), { kind: 'limit', waitMs: 10_000 }],
  ['429 of the day', limit('DAILY'), { kind: 'limit', waitMs: null, of: 'day' }],
  ['429 with Retry-After', { ...limit('DAILY'), headers: { 'retry-after': '7' } }, { kind: 'limit', waitMs: 7_000 }],
  ['477', { status: 477, headers: { 'retry-after': '60' } }, { kind: 'unreachable', waitMs: 60_000 }],
  ['500', { status: 500 }, { kind: 'unreachable' }],
  ['502', { status: 502 }, { kind: 'unreachable' }],
  ['503', { status: 503 }, { kind: 'unreachable' }],
  ['504 after it was carried out', { status: 504, when: 'after' }, { kind: 'unreachable' }],
  ['522', { status: 522 }, { kind: 'unreachable' }],
  ['a cut connection', { cut: true }, { kind: 'unreachable', message: 'not reached' }],
  ['a cut connection after it was carried out', { cut: true, when: 'after' }, { kind: 'unreachable' }],
]

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

describe('workflows that wait', () => {
  it('are told how their action ended; one that waits no more is refused', async () => {
    const { crm } = await begin()
    const answer = await crm.completeAction?.('ap-1-2-3', { ladder_tier: 'GOLD' })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused', status: 404 } })
  })
})

describe('marketing events', () => {
  it('guests of an event that is not there yet wait for it; without the option there is no picture', async () => {
    const world = await begin()
    const person = world.hubspot.store.create('contacts', { lastname: '王小明' }).id
    const base = { at: DUE, createdAt: DUE, deleted: false }
    const campaign = { ...base, object: 'campaign', id: '1', fields: { name: 'Salon', heldOn: DUE, status: 'PLANNED' } }
    const guest = { ...base, object: 'participation', id: '2', fields: { campaign: '1', person, invite: 'CONFIRMED' } }
    expect(world.crm.picture?.([campaign, guest])).toEqual([])
    world.layout.marketingEvents = true
    const crm = world.anew()
    const [event, attendance] = crm.picture?.([campaign, guest]) ?? []
    if (!event || !attendance) throw new Error('no picture')
    expect(await crm.send({ object: attendance.object, writes: [attendance] })).toEqual({
      ok: true,
      value: { written: [], refused: [] },
    })
    expect(await send(world, crm, [attendance, event])).toBeNull()
    expect(world.hubspot.calls.list.map(({ status }) => status)).toEqual([404, 200, 200])
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

describe('answers in parts', () => {
  const five = ['1', '2', '3', '4', '5'].map((id) => task(id, `k/${id}`))

  it.each<[string, string, string[], string[]]>([
    ['a refusal of one', 'VALIDATION_ERROR', ['3'], []],
    ['an error of the moment', 'INTERNAL_ERROR', [], ['3']],
    ['a limit in the midst', 'RATE_LIMITS', [], ['3']],
  ])('207 with %s: the others are written', async (_name, category, refused, silent) => {
    const world = await begin()
    world.hubspot.failNext({ match: /batch\/upsert/, partial207: [2], category })
    const [batch] = world.crm.plan(five).batches
    const result = await world.crm.send(batch ?? { object: 'task', writes: [] })
    if (!result.ok) throw new Error(result.failure.message)
    const mentioned = [...result.value.written, ...result.value.refused].map(({ id }) => id)
    expect(result.value.written).toHaveLength(4)
    expect(result.value.refused.map(({ id }) => id)).toEqual(refused)
    expect(five.map(({ id }) => id).filter((id) => !mentioned.includes(id))).toEqual(silent)
    expect(world.hubspot.store.list('tasks')).toHaveLength(4)
  })

  it('updates of records that are gone are told one by one, in parts and where the batch fails as a whole', async () => {
    const world = await begin()
    const { hubspot, crm } = world
    const ids = ['A', 'B', 'C'].map((name) => hubspot.store.create('companies', { name }).id)
    hubspot.store.archive('companies', ids[1] ?? '')
    const writes = ids.map((recordId, at): Write => ({
      id: String(at),
      object: 'company',
      recordId,
      fields: { ladderNotice: 'n' },
    }))
    const [batch] = crm.plan(writes).batches
    const result = await crm.send(batch ?? { object: 'company', writes: [] })
    expect(result.ok && result.value.written.filter(({ gone }) => gone).map(({ recordId }) => recordId)).toEqual([
      ids[1],
    ])
    hubspot.setBatchErrors('whole')
    expect(await crm.send({ object: 'company', writes })).toMatchObject({ failure: { kind: 'refused', status: 404 } })
    const alone = await crm.send({ object: 'company', writes: writes.slice(1, 2) })
    expect(alone).toMatchObject({ ok: true, value: { written: [{ id: '1', gone: true }] } })
  })

  it('a relation to a record that is nowhere refuses that write alone', async () => {
    const world = await begin()
    const writes = [task('1', 'k/1'), task('2', 'k/2', { ladderDevelopment: { key: 'nowhere' } })]
    const [batch] = world.crm.plan(writes).batches
    const result = await world.crm.send(batch ?? { object: 'task', writes: [] })
    expect(result).toMatchObject({ ok: true, value: { written: [{ id: '1' }], refused: [{ id: '2' }] } })
    expect(JSON.stringify(result)).toContain('nowhere')
  })

  it('a few fields for a record that somebody deleted bring nothing back', async () => {
    const world = await begin()
    await send(world, world.crm, [task('1', 'k/1')])
    const id = world.known.get('k/1') ?? ''
    world.hubspot.store.archive('tasks', id)
    const closing: Write = { id: '2', object: 'task', key: 'k/1', fields: { status: 'DONE', dueAt: DUE } }
    const result = await world.anew().send({ object: 'task', writes: [closing] })
    expect(result).toMatchObject({ ok: true, value: { written: [{ id: '2', recordId: id, gone: true }] } })
    expect(world.hubspot.store.list('tasks')).toEqual([])
    // made anew as a whole it is a record again
    await send(world, world.anew(), [task('3', 'k/1')])
    expect(world.hubspot.store.list('tasks')).toHaveLength(1)
  })
})

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

it('every call that these tests saw is listed, and each that is listed was made: the document is made of the list', () => {
  expect([...made].sort()).toEqual(Object.keys(calls).sort())
})
