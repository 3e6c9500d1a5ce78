import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { EVERYWHERE, type FactWish, world, type World } from './harness.ts'
import { escalationsOf } from './outcome.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const QUARTER = 15 * MINUTE

const worker = inject('scripts')

const balance = (bank: World, customer: string, yuan: number, id: string): FactWish => ({
  id,
  type: 'balance.changed',
  customer,
  at: bank.now(),
  data: { amount: `${yuan}.00` },
})

const companies = (bank: World, tag: string, count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      bank.crm.create('company', { name: `${tag} ${index}`, ladderCustomerNo: `${tag}-${index}` }),
    ),
  )

const develop = (bank: World, company: string): Promise<string> =>
  bank.crm.create('development', { name: 'D', company, pipeline: 'DEV_A', stage: 'DEV_A01', leadSource: 'COLD' })

const swept = async (bank: World): Promise<number> => (await bank.status()).counters.sweep_found ?? 0

/** A fall of core banking's that raises an escalation with a task for each. */
const fall = async (bank: World, customers: string[]): Promise<void> => {
  for (const [step, yuan] of [12_000_000, 1_000_000].entries()) {
    const facts = customers.map((customer) => balance(bank, customer, yuan, `${customer}/${step}/${bank.now()}`))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.advance(bank.now() + MINUTE)
  }
}

describe.each(EVERYWHERE)('what no webhook told of, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    await bank.quiet()
    // it was connected on the machine's clock: sweeps are planned anew on the held one
    await bank.sweep()
  })
  afterAll(async () => bank.close())

  it('lost webhooks: the next sweep finds the records and all that hung on them happens', async () => {
    bank.crm.weather({ lost: () => true })
    const ids = await companies(bank, 'LOST', 5)
    const facts = ids.map((_, index) => balance(bank, `LOST-${index}`, 12_000_000, `lost-${index}`))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.quiet()
    const tiers = () => ids.map((id) => bank.crm.list('company', { id })[0]?.ladderTier)
    expect(tiers()).toEqual(ids.map(() => null))
    expect((await bank.status()).parked).toBe(5)
    const before = await swept(bank)
    await bank.advance(bank.now() + QUARTER)
    bank.crm.weather({})
    expect(await swept(bank)).toBeGreaterThanOrEqual(before + 5)
    expect(tiers()).toEqual(ids.map(() => 'HIGH_END'))
    if (bank.crm.carries('tierRating')) expect(bank.crm.list('tierRating')).toHaveLength(5)
  })

  it('webhooks that come twice and in the other order have the effect of one', async () => {
    const [id = ''] = await companies(bank, 'TWICE', 1)
    await bank.quiet()
    bank.crm.weather({ twice: () => true, mixed: true })
    const development = await develop(bank, id)
    await bank.crm.update('development', development, { segmentName: 'Dairy', segmentFeatures: 'Seasonal' })
    await bank.crm.update('development', development, { stage: 'DEV_A02' })
    await bank.quiet()
    bank.crm.weather({})
    await bank.advance(bank.now() + QUARTER)
    const [row] = bank.crm.list('development', { id: development })
    expect(row).toMatchObject({ stage: 'DEV_A02', stageNotice: null })
    const keys = bank.crm.list('task').map((task) => task.ladderKey)
    expect(keys.length).toBeGreaterThan(0)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('ESC-LADDER: many are taken away and no webhook tells of each; what was open for all of them ends', async () => {
    const ids = await companies(bank, 'BULK', 6)
    await bank.quiet()
    await fall(
      bank,
      ids.map((_, index) => `BULK-${index}`),
    )
    const escalations = async () => (await Promise.all(ids.map((id) => escalationsOf(bank, id)))).flat()
    expect((await escalations()).map(({ status }) => status)).toEqual(ids.map(() => 'OPEN'))
    // Twenty tells of one of a bulk by itself
    bank.crm.weather({ lost: () => crm !== 'twenty' })
    await bank.crm.destroy('company', ids)
    await bank.quiet()
    const before = await swept(bank)
    await bank.sweep({ ids: true })
    bank.crm.weather({})
    expect(await swept(bank)).toBeGreaterThanOrEqual(before + 5)
    expect((await escalations()).map(({ status }) => status)).toEqual(ids.map(() => 'RESOLVED'))
    const tasks = bank.crm.list('task').filter((one) => ids.some((id) => String(one.ladderKey).includes(id)))
    expect(tasks.length).toBeGreaterThanOrEqual(6)
    expect(new Set(tasks.map((one) => one.status))).toEqual(new Set(['DONE']))
  })

  it('a nightly comparison of ids comes by itself', async () => {
    const [id = ''] = await companies(bank, 'NIGHT', 1)
    await bank.quiet()
    bank.crm.weather({ lost: () => true })
    await bank.crm.destroy('company', [id])
    // a day passes sooner when sweeps are rare
    await bank.set({ sweepMinutes: 12 * 60 })
    await bank.advance(bank.now() + DAY + DAY / 2)
    await bank.set({ sweepMinutes: 15 })
    bank.crm.weather({})
    expect((await bank.explain(`company:${id}`))?.state.records.company?.[id]?.deleted).toBe(true)
  })

  it('edits made while Ladder was down are found after the restart', async () => {
    const [id = ''] = await companies(bank, 'DOWN', 1)
    const development = await develop(bank, id)
    await bank.quiet()
    await bank.ladder.stop('SIGKILL')
    await bank.crm.update('development', development, { stage: 'DEV_A07' })
    await bank.crm.update('company', id, { ladderGold: true })
    await bank.deliver()
    await bank.restartLadder('SIGKILL')
    await bank.advance(bank.now() + QUARTER)
    expect(bank.crm.list('development', { id: development })[0]).toMatchObject({
      stage: 'DEV_A01',
      stageNotice: expect.stringMatching(/./),
    })
    expect(bank.crm.list('company', { id })[0]).toMatchObject({ ladderTier: 'GOLD' })
  })

  it('ESC-LADDER: a timer that fell due while Ladder was down fires after the restart, by itself', async () => {
    const [id = ''] = await companies(bank, 'TIMER', 1)
    await bank.quiet()
    await fall(bank, ['TIMER-0'])
    const [raised] = await escalationsOf(bank, id)
    const due = Date.parse(String(raised?.climbsAt))
    expect(due).toBeGreaterThan(bank.now())
    // the clock passes the due time and the process is gone at once; nobody asks anything of it afterwards
    const climbed = new Promise<void>((done) => {
      bank.crm.beforeWrite(() => {
        done()
        return false
      }, 'task')
    })
    await bank.admin.call('PUT', '/clock', { at: new Date(due + MINUTE).toISOString() })
    await bank.restartLadder('SIGKILL')
    await climbed
    bank.crm.clearFaults()
    await bank.advance(due + MINUTE)
    expect(await escalationsOf(bank, id)).toMatchObject([{ level: (raised?.level ?? 0) + 1 }])
  })

  it('own writes end: nothing is asked of the CRM at the same instant, later only the sweep reads, and no webhook comes', async () => {
    await bank.quiet()
    const told = bank.crm.webhooks().all
    const asked = bank.crm.calls()
    await bank.quiet()
    expect(bank.crm.calls().all).toHaveLength(asked.all.length)
    const found = await swept(bank)
    await bank.advance(bank.now() + QUARTER)
    expect(bank.crm.calls().all.length).toBeGreaterThan(asked.all.length)
    expect(bank.crm.calls().writes).toHaveLength(asked.writes.length)
    expect(bank.crm.webhooks().all).toBe(told)
    expect(await swept(bank)).toBe(found)
  })
})
