import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import type { SubjectState } from '../../worker/method/state.ts'
import { hubspotWorld, type HubspotWorld, projectWebhooks } from './hubspot-world.ts'
import { ACCOUNT } from './ladder.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

describe.each<[Carrier, number]>([
  ['custom', 1],
  ['custom', 8],
  ['deal', 8],
])('webhooks of HubSpot, %s carrier, %i shard(s)', (carrier, shards) => {
  let bank: HubspotWorld
  let facts = 0
  const path = (object: string): string => bank.layout.types[object] ?? object

  beforeAll(async () => {
    // whether a merge makes a new record isn't established: with eight shards and custom objects it does here
    const hubspot = { mergeMakesNew: carrier === 'custom' && shards > 1 }
    bank = await hubspotWorld({ start: START, carrier, shards, runtime: { worker }, hubspot })
    // the first reading of the account is over, and no sweep comes for a while
    await bank.sweep()
    bank.hubspot.setWebhooks(projectWebhooks(bank))
  })
  afterEach(() => {
    bank.hubspot.dropWebhooks(null)
    bank.hubspot.duplicateWebhooks(null)
    bank.hubspot.reorderWebhooks(null)
    bank.hubspot.clearFaults()
  })
  afterAll(async () => bank.close())

  const quiet = () => bank.advance(bank.now() + MINUTE)
  const company = (name: string, more: Record<string, string> = {}): string =>
    bank.hubspot.store.create('companies', { name, ladder_customer_no: name, ...more }).id
  const develop = (companyId: string): string => {
    const names: Record<string, string> =
      carrier === 'custom'
        ? { ladder_name: 'D', hs_pipeline: 'ladder_dev_a', hs_pipeline_stage: 'ladder_dev_a01' }
        : { dealname: 'D', pipeline: 'ladder_dev_a', dealstage: 'ladder_dev_a01' }
    const { id } = bank.hubspot.store.create(path('development'), names)
    bank.hubspot.store.link(path('development'), id, 'companies', companyId)
    return id
  }
  const balance = async (customer: string, yuan: number): Promise<void> => {
    const data = { amount: `${yuan}.00` }
    await bank.facts([{ id: `f${++facts}`, type: 'balance.changed', customer, at: bank.now(), data }])
    await quiet()
  }
  const explain = (record: string) => bank.explain(record)
  const counters = async () => (await bank.status()).counters
  const shown = (id: string) => bank.hubspot.store.get('companies', id)?.properties ?? {}
  const open = (state: SubjectState | undefined): string[] =>
    Object.values(state?.escalations ?? {}).flatMap(({ key, status }) => (status === 'RESOLVED' ? [] : [key]))

  it('a record that somebody makes or edits is read once and followed up at once', async () => {
    const before = (await counters()).sweep_found ?? 0
    const id = company('NEW')
    await quiet()
    await balance('NEW', 12_000_000)
    expect(shown(id)).toMatchObject({ ladder_tier: 'HIGH_END' })
    bank.hubspot.store.update('companies', id, { ladder_gold: 'true' })
    await quiet()
    expect(shown(id)).toMatchObject({ ladder_tier: 'GOLD' })
    expect((await counters()).sweep_found ?? 0).toBe(before)
  })

  it('own writes end: their echoes are read in few calls, and nothing is written for them', async () => {
    for (let at = 0; at < 30; at++) company(`ECHO-${at}`)
    await quiet()
    const events = Array.from({ length: 30 }, (_, at) => at)
    const data = { amount: '12000000.00' }
    await bank.facts(
      events.map((at) => ({ id: `e${at}`, type: 'balance.changed', customer: `ECHO-${at}`, at: bank.now(), data })),
    )
    await quiet()
    bank.hubspot.calls.clear()
    const sent = bank.hubspot.deliveries.length
    await quiet()
    expect(bank.hubspot.deliveries).toHaveLength(sent)
    expect(bank.hubspot.calls.count()).toBe(0)
    expect((await bank.status()).toRead).toEqual({ waiting: 0, faults: [] })
  })

  it('DEV-A01: a stage moved by hand is put back with the reason; webhooks twice, in any order', async () => {
    bank.hubspot.duplicateWebhooks(() => true)
    bank.hubspot.reorderWebhooks((events) => events.toReversed())
    const id = company('STAGE')
    const development = develop(id)
    await quiet()
    const stage = carrier === 'custom' ? 'hs_pipeline_stage' : 'dealstage'
    bank.hubspot.store.update(path('development'), development, { [stage]: 'ladder_dev_a05' })
    await quiet()
    const { properties = {} } = bank.hubspot.store.get(path('development'), development) ?? {}
    expect(properties).toMatchObject({ [stage]: 'ladder_dev_a01' })
    expect(String(properties.ladder_stage_notice)).not.toBe('')
  })

  it('an association that is made or taken away is heard of from both sides', async () => {
    const [one, other] = [company('ONE'), company('OTHER')]
    const development = develop(one)
    await quiet()
    expect((await explain(`company:${one}`))?.state.developments[development]).toBeDefined()
    bank.hubspot.store.unlink(path('development'), development, 'companies', one)
    bank.hubspot.store.link(path('development'), development, 'companies', other)
    await quiet()
    expect((await explain(`company:${other}`))?.state.developments[development]).toBeDefined()
    expect((await explain(`company:${one}`))?.state.records.development?.[development]?.deleted).toBe(true)
  })

  it('ESC-LADDER: deleted, all that was open ends; restored, the customer has its state again', async () => {
    const id = company('GONE')
    const development = develop(id)
    await quiet()
    await balance('GONE', 12_000_000)
    await balance('GONE', 1_000_000)
    expect(open((await explain(`company:${id}`))?.state)).toHaveLength(1)
    bank.hubspot.store.archive('companies', id)
    await quiet()
    await quiet()
    expect(open((await explain(`company:${id}`))?.state)).toEqual([])
    bank.hubspot.store.restore('companies', id)
    await quiet()
    await quiet()
    const state = (await explain(`company:${id}`))?.state
    expect(state?.records.company?.[id]?.deleted).toBe(false)
    expect(state?.developments[development]).toMatchObject({ stage: 'DEV_A01' })
    await balance('GONE', 9_000_000)
    expect(shown(id)).toMatchObject({ ladder_balance: '9000000.00' })
  })

  it('a merge: developments, escalations, tasks and facts of the old number are the winner’s, after a kill too', async () => {
    const [winner, loser] = [company('WIN'), company('LOSE')]
    const developments = [develop(winner), develop(loser)]
    await quiet()
    await balance('WIN', 1_000_000)
    await balance('LOSE', 12_000_000)
    await balance('LOSE', 1_000_000)
    const raised = open((await explain(`company:${loser}`))?.state)
    expect(raised).toHaveLength(1)
    const kept = bank.hubspot.store.merge('companies', winner, loser)
    await bank.hubspot.flushWebhooks()
    await bank.restartLadder('SIGKILL')
    await quiet()
    await quiet()
    const known = await explain(`company:${kept}`)
    expect(Object.keys(known?.state.developments ?? {})).toEqual(expect.arrayContaining(developments))
    expect(open(known?.state)).toEqual(raised)
    expect((await explain(`company:${loser}`))?.ref).toBe(`company:${kept}`)
    await balance('LOSE', 8_000_000)
    expect(shown(kept)).toMatchObject({ ladder_balance: '9000000.00' })
    const keys = bank.list('task').map(({ properties }) => properties.ladder_key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('privacy deletion: the contact is forgotten, and late facts do not bring it back', async () => {
    const { id } = bank.hubspot.store.create('contacts', { lastname: '李', firstname: '雷', ladder_customer_no: 'LI' })
    await quiet()
    await balance('LI', 600_000)
    expect((await explain(`person:${id}`))?.state.balances).toHaveLength(1)
    bank.hubspot.store.forget(id)
    await quiet()
    expect(await explain(`person:${id}`)).toBeNull()
    await balance('LI', 700_000)
    await quiet()
    expect(await explain('LI')).toBeNull()
    expect((await bank.status()).parked).toBe(0)
    const log = await bank.admin.call('GET', `/accounts/${ACCOUNT}/events?filter=person:${id}`)
    expect(log.body.events).toEqual([])
    expect(
      bank.hubspot.store.list('contacts').filter(({ properties }) => properties.ladder_customer_no === 'LI'),
    ).toEqual([])
  })

  it('HubSpot can’t be read: deliveries are taken, nothing is lost, and facts of others go on', async () => {
    const id = company('BEFORE')
    await quiet()
    bank.hubspot.failNext({ match: /batch\/read/, status: 503, times: 1000 })
    const late = company('LATE')
    await quiet()
    expect((await bank.status()).toRead).toMatchObject({ waiting: expect.any(Number) as number })
    await balance('BEFORE', 12_000_000)
    expect((await explain(`company:${id}`))?.state.balances).toHaveLength(1)
    await balance('LATE', 3_000_000)
    bank.hubspot.clearFaults()
    await bank.advance(bank.now() + 10 * MINUTE)
    expect(shown(late)).toMatchObject({ ladder_balance: '3000000.00' })
    expect((await bank.status()).toRead).toEqual({ waiting: 0, faults: [] })
  })

  it('a delivery that is signed for another address, or by another secret, is refused and counted', async () => {
    const plan = projectWebhooks(bank)
    bank.hubspot.setWebhooks({ ...plan, targetUrl: `${bank.hook}?x=1`, deliverTo: bank.hook, signatures: ['v3'] })
    company('ELSEWHERE')
    await bank.hubspot.flushWebhooks()
    expect(bank.hubspot.deliveries.at(-1)).toMatchObject({ outcome: 'failed', status: 401 })
    expect((await counters())['hubspot.mismatch']).toBeGreaterThan(0)
    bank.hubspot.setWebhooks(plan)
  })
})
