import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { SubjectState } from '../../worker/method/state.ts'
import { EVERYWHERE, world, type World } from './harness.ts'
import { hubspotWorld, projectWebhooks } from './hubspot-world.ts'

/** Customers that are merged, and no webhook says so: Twenty never does, and HubSpot's may be lost. */

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

const open = (state: SubjectState | undefined): string[] =>
  Object.values(state?.escalations ?? {}).flatMap(({ key, status }) => (status === 'RESOLVED' ? [] : [key]))

let facts = 0
const balance = async (bank: World, customer: string, yuan: number): Promise<void> => {
  const data = { amount: `${yuan}.00` }
  await bank.facts([{ id: `m${++facts}`, type: 'balance.changed', customer, at: bank.now(), data }])
  await bank.advance(bank.now() + MINUTE)
}

/** Two customers with a history; the second has a development and an open escalation. */
const two = async (bank: World, tag: string) => {
  const [winner = '', loser = ''] = await Promise.all(
    ['W', 'L'].map((side) =>
      bank.crm.create('company', { name: `${tag}-${side}`, ladderCustomerNo: `${tag}-${side}` }),
    ),
  )
  const development = await bank.crm.create('development', {
    name: 'D',
    company: loser,
    pipeline: 'DEV_A',
    stage: 'DEV_A01',
  })
  await bank.quiet()
  await balance(bank, `${tag}-W`, 1_000_000)
  await balance(bank, `${tag}-L`, 12_000_000)
  await balance(bank, `${tag}-L`, 1_000_000)
  const raised = open((await bank.explain(`company:${loser}`))?.state)
  expect(raised).toHaveLength(1)
  return { winner, loser, development, raised }
}

const expectMerged = async (
  bank: World,
  tag: string,
  { loser, development, raised }: Awaited<ReturnType<typeof two>>,
  kept: string,
): Promise<void> => {
  const known = await bank.explain(`company:${loser}`)
  expect(known?.ref).toBe(`company:${kept}`)
  expect(open(known?.state)).toEqual(raised)
  expect(known?.state.developments[development]).toMatchObject({ stage: 'DEV_A01' })
  await balance(bank, `${tag}-L`, 8_000_000)
  expect(bank.crm.list('company', { id: kept })[0]?.ladderBalance).toBe(9_000_000_00)
  const keys = bank.crm.list('task').map((task) => task.ladderKey)
  expect(new Set(keys).size).toBe(keys.length)
}

describe.each(EVERYWHERE)('a merge of which no webhook tells, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    await bank.quiet()
    await bank.sweep()
  })
  afterEach(() => bank.crm.weather({}))
  afterAll(async () => bank.close())

  it('ESC-MOVE: all that is open goes on at the one that is left, found by the next sweep', async () => {
    const customers = await two(bank, 'SWEPT')
    bank.crm.weather({ lost: () => true })
    const kept = await bank.crm.merge('company', customers.winner, customers.loser)
    await bank.quiet()
    await bank.sweep({ ids: true })
    bank.crm.weather({})
    await expectMerged(bank, 'SWEPT', customers, kept)
  })

  it('killed before the sweep is over, it is the same', async () => {
    const customers = await two(bank, 'KILLED')
    bank.crm.weather({ lost: () => true })
    const kept = await bank.crm.merge('company', customers.winner, customers.loser)
    await bank.admin.call('POST', '/accounts/bank/sweep', { ids: true })
    await bank.restartLadder('SIGKILL')
    await bank.sweep({ ids: true })
    bank.crm.weather({})
    await expectMerged(bank, 'KILLED', customers, kept)
  })

  if (crm === 'twenty') {
    it('Twenty tells of the loser as destroyed: who has its ratings now is the winner', async () => {
      const customers = await two(bank, 'TOLD')
      const kept = await bank.crm.merge('company', customers.winner, customers.loser)
      await bank.quiet()
      await expectMerged(bank, 'TOLD', customers, kept)
    })

    it('one that is destroyed is no merge, though somebody gave one of its records to another before', async () => {
      const { winner, loser } = await two(bank, 'DESTROYED')
      const [rating] = bank.crm.list('tierRating', { company: loser })
      bank.crm.weather({ lost: () => true })
      await bank.crm.update('tierRating', rating?.id ?? '', { company: winner })
      bank.crm.weather({})
      await bank.crm.destroy('company', [loser])
      await bank.quiet()
      const known = await bank.explain(`company:${loser}`)
      expect(known?.ref).toBe(`company:${loser}`)
      expect(open(known?.state)).toEqual([])
    })
  }
})

describe.each(['winner', 'missing'] as const)('HubSpot, where a merged record by its old id is %s', (mergedReads) => {
  let bank: Awaited<ReturnType<typeof hubspotWorld>>
  beforeAll(async () => {
    bank = await hubspotWorld({
      start: START,
      carrier: 'custom',
      shards: 8,
      runtime: { worker },
      hubspot: { mergedReads },
    })
    await bank.sweep()
    bank.hubspot.setWebhooks(projectWebhooks(bank))
  })
  afterAll(async () => bank.close())

  it('word of the deletion alone comes: the record that took over says whom', async () => {
    const customers = await two(bank, 'HALF')
    // the winner's own change is what a sweep finds
    bank.hubspot.dropWebhooks(
      ({ subscriptionType }) => mergedReads === 'missing' || !subscriptionType.includes('deletion'),
    )
    const kept = bank.hubspot.store.merge('companies', customers.winner, customers.loser)
    await bank.advance(bank.now() + 3 * MINUTE)
    if (mergedReads === 'missing') await bank.sweep()
    bank.hubspot.dropWebhooks(null)
    await expectMerged(bank, 'HALF', customers, kept)
  })

  it('one that is deleted is no merge', async () => {
    const { loser } = await two(bank, 'DELETED')
    bank.hubspot.store.archive('companies', loser)
    await bank.advance(bank.now() + 3 * MINUTE)
    const known = await bank.explain(`company:${loser}`)
    expect(known?.ref).toBe(`company:${loser}`)
    expect(open(known?.state)).toEqual([])
  })
})
