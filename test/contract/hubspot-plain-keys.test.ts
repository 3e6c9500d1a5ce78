import { afterEach, describe, expect, it } from 'vitest'
import { type HubspotFault, type HubspotSandbox, startHubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { hubspot as adapter } from '../../worker/crm/hubspot/index.ts'
import type { Crm, CrmDeps, Failure, Write } from '../../worker/crm/port.ts'
import { layOut } from './hubspot.setup.ts'

/** An account that takes no unique key on tasks and meetings, and whose search is ten seconds behind. */

const LAG_MS = 10_000
const DUE = '2026-11-05T09:00:00.000Z'

let hubspot: HubspotSandbox
let time = 0
afterEach(() => hubspot.close())

interface World {
  known: Map<string, string>
  spent: string[]
  archived: () => number
  /** A run's adapter. */
  anew(): Crm
}

const begin = async (): Promise<World> => {
  time = Date.parse('2026-11-02T02:00:00Z')
  hubspot = await startHubspotSandbox({
    now: () => (time += 10),
    rateLimit: null,
    edition: 'professional',
    uniqueActivities: false,
    indexLagMs: LAG_MS,
  })
  const layout = await layOut(hubspot, 'deal', ['task', 'visit'])
  hubspot.calls.clear()
  const known = new Map<string, string>()
  const spent: string[] = []
  let twins = 0
  const deps: CrmDeps = {
    known: (key) => known.get(key),
    spend: (call) => {
      spent.push(call)
      return { ok: true }
    },
    twins: (count) => (twins += count),
  }
  const { url, token } = hubspot
  return { known, spent, archived: () => twins, anew: () => adapter({ kind: 'hubspot', url, token, layout }, deps) }
}

const task = (id: string, key: string, fields: Write['fields'] = {}): Write => ({
  id,
  object: 'task',
  key,
  fields: { title: key, status: 'TODO', dueAt: DUE, ...fields },
})

/** One run: each planned batch once; a failure ends it. What has no answer is told too. */
const run = async ({ known, anew }: World, writes: Write[]): Promise<{ failure: Failure | null; open: string[] }> => {
  const crm = anew()
  const open: string[] = []
  for (const batch of crm.plan(writes).batches) {
    const result = await crm.send(batch)
    if (!result.ok) return { failure: result.failure, open }
    const told = new Set([...result.value.written, ...result.value.refused].map(({ id }) => id))
    open.push(...batch.writes.flatMap(({ id }) => (told.has(id) ? [] : [id])))
    for (const { id, recordId, gone } of result.value.written) {
      const key = batch.writes.find((write) => write.id === id)?.key
      if (key && !gone) known.set(key, recordId)
    }
  }
  return { failure: null, open }
}

const waitOf = (failure: Failure): number =>
  failure.kind === 'unreachable' || failure.kind === 'limit' ? (failure.waitMs ?? 2_000) : 2_000

/** Runs until all is written, with the waits that the failures ask for; how many runs failed. */
const runAll = async (world: World, writes: Write[]): Promise<number> => {
  for (let failed = 0; ; failed++) {
    const { failure, open } = await run(world, writes)
    if (!failure && open.length === 0) return failed
    if (failed > 10) throw new Error(JSON.stringify(failure))
    time += failure ? waitOf(failure) : (world.anew().plan(writes).batches[0]?.settleMs ?? 2_000)
  }
}

const tasks = () => hubspot.store.list('tasks')
const keys = () => tasks().map(({ properties }) => properties.ladder_key)

const LOST: [string, HubspotFault][] = [
  ['a connection cut after it was carried out', { cut: true, when: 'after' }],
  ['504 after it was carried out', { status: 504, when: 'after' }],
  ['an answer that is not whole', { status: 200, when: 'after', body: {} }],
]
const EACH: [string, HubspotFault][] = [
  ...LOST,
  ['a cut connection', { cut: true }],
  ['423', { status: 423 }],
  ['429', { status: 429, body: { status: 'error', message: 'limit', policyName: 'TEN_SECONDLY_ROLLING' } }],
  ['500', { status: 500 }],
  ['401', { status: 401 }],
]

describe.each(EACH)('%s', (_name, fault) => {
  it('on each call of a write: nothing is lost, nothing is twice', async () => {
    const world = await begin()
    const company = hubspot.store.create('companies', { name: 'One' }).id
    let failed = 0
    for (let at = 0; ; at++) {
      const old = task(`o${at}`, `${at}:old`, { ladderCompany: company })
      await runAll(world, [old])
      const writes = [
        { ...old, fields: { status: 'DONE', ladderCompany: null } } satisfies Write,
        task(`a${at}`, `${at}:new/1`, { ladderCompany: company }),
        task(`b${at}`, `${at}:new/2`),
      ]
      let nth = 0
      hubspot.failNext({ ...fault, match: () => nth++ === at })
      const failures = await runAll(world, writes)
      hubspot.clearFaults()
      const mine = keys().filter((key) => key?.startsWith(`${at}:`))
      expect(mine.sort()).toEqual([`${at}:new/1`, `${at}:new/2`, `${at}:old`])
      expect(hubspot.store.links('tasks', world.known.get(`${at}:new/1`) ?? '', 'companies')).toHaveLength(1)
      expect(hubspot.store.get('tasks', world.known.get(`${at}:old`) ?? '')?.properties.hs_task_status).toBe(
        'COMPLETED',
      )
      if (failures === 0) break
      failed++
    }
    // search, update, create, reading associations; then what it takes to end and to set one, of which some say nothing
    expect(failed).toBeGreaterThanOrEqual(4)
    expect(world.archived()).toBe(0)
  })
})

describe('the lost answer of a create', () => {
  it.each(LOST)('%s: it asks for a wait that is longer than the search is behind', async (_name, fault) => {
    const world = await begin()
    hubspot.failNext({ match: /batch\/create/, ...fault })
    const { failure } = await run(world, [task('1', 'k/1')])
    expect(failure).toMatchObject({ kind: 'unreachable' })
    expect(failure && waitOf(failure)).toBeGreaterThan(LAG_MS)
  })

  it('or of half of it: what was made stays, the others are looked up before they go again', async () => {
    const world = await begin()
    const writes = ['1', '2', '3', '4'].map((id) => task(id, `k/${id}`))
    hubspot.failNext({ match: /batch\/create/, partial207: [1, 2], category: 'INTERNAL_ERROR' })
    expect(await run(world, writes)).toEqual({ failure: null, open: ['2', '3'] })
    expect(await runAll(world, writes)).toBe(0)
    expect(keys().sort()).toEqual(['k/1', 'k/2', 'k/3', 'k/4'])
  })

  it('whose process is gone too waits as long: the batch says so beforehand', async () => {
    const world = await begin()
    const [making] = world.anew().plan([task('1', 'k/1')]).batches
    // the call itself may take twenty seconds
    expect(making?.settleMs).toBeGreaterThanOrEqual(20_000 + LAG_MS)
    world.known.set('k/1', '1')
    const [change] = world.anew().plan([{ id: '2', object: 'task', key: 'k/1', fields: { status: 'DONE' } }]).batches
    expect(change?.settleMs).toBeUndefined()
  })

  it('sent again too soon makes two: of them the older one stays, the other goes into the bin and is counted', async () => {
    const world = await begin()
    hubspot.failNext({ match: /batch\/create/, cut: true, when: 'after', times: 2 })
    await run(world, [task('1', 'k/1')])
    await run(world, [task('1', 'k/1')])
    const [older, younger] = tasks().map(({ id }) => id)
    expect(tasks()).toHaveLength(2)
    time += LAG_MS
    expect(await run(world, [task('1', 'k/1', { status: 'DONE' })])).toEqual({ failure: null, open: [] })
    expect(tasks()).toMatchObject([{ id: older, properties: { hs_task_status: 'COMPLETED' } }])
    expect(hubspot.store.list('tasks', true).map(({ id }) => id)).toEqual([younger])
    expect(world.known.get('k/1')).toBe(older)
    expect(world.archived()).toBe(1)
  })
})

describe('keys', () => {
  it('that the Courier knows cost no search', async () => {
    const world = await begin()
    const writes = Array.from({ length: 150 }, (_one, at) => task(String(at), `k/${at}`))
    await runAll(world, writes)
    hubspot.calls.clear()
    await runAll(world, writes)
    expect(hubspot.calls.list.map(({ path }) => path.split('/2026-09/')[1])).toEqual([
      'tasks/batch/update',
      'tasks/batch/update',
    ])
    expect(tasks()).toHaveLength(150)
  })

  it('that nobody knows any more are found, a hundred by one search, and what is not there is made', async () => {
    const world = await begin()
    const writes = Array.from({ length: 100 }, (_one, at) => task(String(at), `K/${at}`))
    await runAll(world, writes.slice(0, 60))
    world.known.clear()
    time += LAG_MS
    hubspot.calls.clear()
    world.spent.length = 0
    await runAll(world, writes)
    expect(hubspot.calls.list.map(({ path }) => path.split('/2026-09/')[1])).toEqual([
      'tasks/search',
      'tasks/batch/update',
      'tasks/batch/create',
    ])
    expect(world.spent).toHaveLength(3)
    expect(world.spent[0]).toBe('search')
    expect(tasks()).toHaveLength(100)
  })

  it('that differ in capital letters alone are two', async () => {
    const world = await begin()
    await runAll(world, [task('1', 'k/A'), task('2', 'k/a')])
    time += LAG_MS
    world.known.clear()
    await runAll(world, [task('1', 'k/A', { status: 'DONE' }), task('2', 'k/a')])
    expect(tasks().map(({ properties }) => [properties.ladder_key, properties.hs_task_status])).toEqual([
      ['k/A', 'COMPLETED'],
      ['k/a', 'NOT_STARTED'],
    ])
    expect(world.archived()).toBe(0)
  })

  it('of a record that somebody deleted: a few fields bring nothing back, a whole one is made anew, once', async () => {
    const world = await begin()
    await runAll(world, [task('1', 'k/1')])
    const id = world.known.get('k/1') ?? ''
    hubspot.store.archive('tasks', id)
    const few: Write = { id: '2', object: 'task', key: 'k/1', fields: { status: 'DONE' } }
    expect(await world.anew().send({ object: 'task', writes: [few] })).toMatchObject({
      value: { written: [{ id: '2', recordId: id, gone: true }] },
    })
    expect(tasks()).toEqual([])
    // the search still shows the old one, and then the answer is lost
    hubspot.failNext({ match: /batch\/create/, cut: true, when: 'after' })
    expect(await runAll(world, [task('3', 'k/1')])).toBe(1)
    expect(keys()).toEqual(['k/1'])
    expect(world.known.get('k/1')).toBe(tasks()[0]?.id)
    expect(world.archived()).toBe(0)
  })
})
