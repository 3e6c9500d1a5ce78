import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { HubspotFault } from '../../plugin/sandbox/hubspot/index.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { hubspotWorld, type HubspotWorld } from './hubspot-world.ts'

/** An account that takes no unique key on tasks and meetings, and whose search is ten seconds behind. */

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LAG_MS = 10 * SECOND

const worker = inject('scripts')
const isCreate = ({ path }: { path: string }): boolean => path.endsWith('/tasks/batch/create')

describe.each<[Carrier, number]>([
  ['custom', 8],
  ['deal', 1],
])('HubSpot without unique keys on tasks, %s carrier, %i shard(s)', (carrier, shards) => {
  let bank: HubspotWorld
  let customers = 0

  beforeAll(async () => {
    const hubspot = { uniqueActivities: false, indexLagMs: LAG_MS }
    bank = await hubspotWorld({ start: START, carrier, shards, runtime: { worker }, hubspot })
    await bank.sweep()
  })
  afterEach(() => bank.hubspot.clearFaults())
  afterAll(async () => bank.close())

  /** A new customer whose balance has risen; the next fact is its fall, for which a task is made (ESC-MOVE). */
  const risen = async (): Promise<{ company: string; fall: () => Promise<void> }> => {
    const no = `C-${++customers}`
    const company = bank.hubspot.store.create('companies', { name: no, ladder_customer_no: no }).id
    await bank.advance(bank.now() + HOUR)
    await bank.sweep()
    const balance = async (id: string, yuan: number): Promise<void> => {
      const data = { amount: `${yuan}.00` }
      await bank.facts([{ id: `${id}-${no}`, type: 'balance.changed', customer: no, at: bank.now(), data }])
    }
    await balance('rise', 12_000_000)
    await bank.advance(bank.now() + MINUTE)
    return { company, fall: () => balance('fall', 1_000_000) }
  }
  const tasksOf = (company: string) =>
    bank
      .list('task')
      .filter(({ properties }) => properties.ladder_kind === 'ESCALATION' && properties.ladder_company_id === company)
  const creates = () => bank.hubspot.calls.list.filter(isCreate)
  const expectOne = async (company: string): Promise<void> => {
    const [task, ...others] = tasksOf(company)
    expect(others).toEqual([])
    expect(bank.hubspot.store.links('tasks', task?.id ?? '', 'companies').map(({ id }) => id)).toEqual([company])
    const status = await bank.status()
    expect(status).toMatchObject({ outbox: 0, deadLetters: 0 })
    expect(status.counters.twins_archived ?? 0).toBe(0)
    expect(bank.hubspot.store.list('tasks', true)).toEqual([])
  }

  it('ESC-MOVE: the installer has told Ladder; a task is looked up, made once, and changed by its id', async () => {
    expect(bank.layout.plainKeys).toEqual(['visit', 'task'])
    const { company, fall } = await risen()
    bank.hubspot.calls.clear()
    await fall()
    await bank.advance(bank.now() + MINUTE)
    await expectOne(company)
    const [task] = tasksOf(company)
    const of = (what: string) => bank.hubspot.calls.count(new RegExp(`/tasks/${what}`))
    expect([of('search'), of('batch/create'), of('batch/upsert')]).toEqual([1, 1, 0])
    // who answers the escalation ends its task
    bank.hubspot.store.update('tasks', task?.id ?? '', { hs_task_status: 'COMPLETED' })
    await bank.advance(bank.now() + HOUR)
    expect(of('batch/create')).toBe(1)
    await expectOne(company)
  })

  const lost: [string, HubspotFault][] = [
    ['a connection cut after it was carried out', { cut: true, when: 'after' }],
    ['503 after it was carried out', { status: 503, when: 'after' }],
    ['207 that says of no task what became of it', { partial207: () => true, category: 'INTERNAL_ERROR' }],
    ['503', { status: 503 }],
  ]
  it.each(lost)('ESC-MOVE: %s, three times: one task, tried again when a search can see it', async (_name, fault) => {
    const { company, fall } = await risen()
    bank.hubspot.failNext({ ...fault, times: 3, match: isCreate })
    bank.hubspot.calls.clear()
    await fall()
    await bank.advance(bank.now() + 10 * MINUTE)
    const tries = creates().map(({ at }) => at)
    for (const [nth, at] of tries.entries()) if (nth > 0) expect(at - (tries[nth - 1] ?? 0)).toBeGreaterThan(LAG_MS)
    await expectOne(company)
  })

  it('ESC-MOVE: Ladder is killed while HubSpot makes the task: one task, and it is known', async () => {
    const { company, fall } = await risen()
    const { pid } = bank.ladder
    const kill = () => process.kill(pid, 'SIGKILL')
    bank.hubspot.failNext({ cut: true, when: 'after', match: (call) => isCreate(call) && kill() })
    bank.hubspot.calls.clear()
    await fall()
    await expect(bank.quiet()).rejects.toThrow()
    await bank.restartLadder('SIGKILL')
    expect(tasksOf(company)).toHaveLength(1)
    await bank.quiet()
    await bank.advance(bank.now() + MINUTE)
    expect(creates()).toHaveLength(1)
    await expectOne(company)
  })
})
