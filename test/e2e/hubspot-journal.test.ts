import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { hubspotWorld, type HubspotWorld, projectWebhooks } from './hubspot-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

describe.each<[Carrier, number]>([
  ['custom', 8],
  ['deal', 1],
])('the journal of HubSpot, %s carrier, %i shard(s)', (carrier, shards) => {
  let bank: HubspotWorld

  beforeAll(async () => {
    bank = await hubspotWorld({ start: START, carrier, shards, runtime: { worker }, journal: true })
    await bank.sweep()
    bank.hubspot.setWebhooks(projectWebhooks(bank))
  })
  afterEach(() => {
    bank.hubspot.dropWebhooks(null)
    bank.hubspot.clearFaults()
    bank.hubspot.setJournal('there')
  })
  afterAll(async () => bank.close())

  const wait = (minutes: number) => bank.advance(bank.now() + minutes * MINUTE)
  const journal = async () => (await bank.status()).journal as { state: string; after: string | null; fault: string }
  const found = async () => (await bank.status()).counters.sweep_found ?? 0
  const company = (name: string): string =>
    bank.hubspot.store.create('companies', { name, ladder_customer_no: name }).id
  const shown = (id: string) => bank.hubspot.store.get('companies', id)?.properties ?? {}
  const reads = () => bank.hubspot.calls.count(/companies\/batch\/read$/)

  it('DEV-A01: a stage whose webhook is lost is put back within two minutes, long before a sweep', async () => {
    const path = bank.layout.types.development ?? ''
    const id = company('LOST')
    const stage = carrier === 'custom' ? 'hs_pipeline_stage' : 'dealstage'
    const [pipeline, name] = carrier === 'custom' ? ['hs_pipeline', 'ladder_name'] : ['pipeline', 'dealname']
    const made = { [name ?? '']: 'D', [pipeline ?? '']: 'ladder_dev_a', [stage]: 'ladder_dev_a01' }
    const development = bank.hubspot.store.create(path, made).id
    bank.hubspot.store.link(path, development, 'companies', id)
    await wait(1)
    const before = await found()
    bank.hubspot.dropWebhooks(() => true)
    bank.hubspot.store.update(path, development, { [stage]: 'ladder_dev_a05' })
    await wait(2)
    expect(bank.hubspot.store.get(path, development)?.properties[stage]).toBe('ladder_dev_a01')
    expect(await found()).toBe(before)
  })

  it('what webhooks told is not read a second time', async () => {
    company('TOLD')
    await wait(0)
    const before = reads()
    await wait(3)
    expect(reads()).toBe(before)
  })

  it('a merge whose webhooks are lost moves the customer, and a deletion ends it', async () => {
    const [winner, loser] = [company('J-WIN'), company('J-LOSE')]
    await wait(1)
    const data = { amount: '12000000.00' }
    await bank.facts([{ id: 'j1', type: 'balance.changed', customer: 'J-LOSE', at: bank.now(), data }])
    await wait(1)
    bank.hubspot.dropWebhooks(() => true)
    const kept = bank.hubspot.store.merge('companies', winner, loser)
    const gone = company('J-GONE')
    await wait(2)
    bank.hubspot.store.archive('companies', gone)
    await wait(4)
    expect((await bank.explain(`company:${loser}`))?.ref).toBe(`company:${kept}`)
    expect(shown(kept)).toMatchObject({ ladder_balance: '12000000.00', ladder_tier: 'HIGH_END' })
    expect((await bank.explain(`company:${gone}`))?.state.records.company?.[gone]?.deleted).toBe(true)
  })

  it('killed in the midst, it goes on where it was: nothing is lost', async () => {
    bank.hubspot.dropWebhooks(() => true)
    bank.hubspot.setJournalFile(3)
    const ids = Array.from({ length: 12 }, (_one, at) => company(`KILL-${at}`))
    // the files are there; the third of them is not answered, and then the process ends
    let files = 0
    bank.hubspot.failNext({ match: ({ path }) => path.includes('/offset/') && ++files > 3, cut: true, times: 100 })
    await wait(1)
    await bank.restartLadder('SIGKILL')
    bank.hubspot.clearFaults()
    await wait(3)
    for (const id of ids) expect(await bank.explain(`company:${id}`)).not.toBeNull()
    bank.hubspot.setJournalFile(10_000)
  })

  it('a place that is too old: all is swept, with the ids, and then the journal goes on', async () => {
    const gone = company('OLD-GONE')
    await wait(2)
    bank.hubspot.dropWebhooks(() => true)
    bank.hubspot.setJournal('missing')
    // the runtime is down for a long weekend
    const late = company('OLD-NEW')
    bank.hubspot.store.archive('companies', gone)
    bank.hubspot.forgetJournal()
    bank.hubspot.setJournal('there')
    await wait(2)
    expect((await bank.status()).counters.journal_lost).toBe(1)
    expect(await bank.explain(`company:${late}`)).not.toBeNull()
    expect((await bank.explain(`company:${gone}`))?.state.records.company?.[gone]?.deleted).toBe(true)
    const after = company('OLD-AFTER')
    await wait(2)
    expect(await bank.explain(`company:${after}`)).not.toBeNull()
    expect((await journal()).state).toBe('on')
  })

  it('taken away from the app: sweeps go on, health is not troubled, and it is found again when it is there', async () => {
    bank.hubspot.dropWebhooks(() => true)
    bank.hubspot.setJournal('forbidden')
    const id = company('WITHOUT')
    await wait(2)
    expect(await journal()).toMatchObject({ state: 'absent' })
    expect((await bank.status()).fault).toBeNull()
    await wait(16)
    expect(await bank.explain(`company:${id}`)).not.toBeNull()
    bank.hubspot.setJournal('there')
    await bank.sweep()
    expect(await journal()).toMatchObject({ state: 'on', fault: '' })
  })
})
