import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import { ACCOUNT, type FactWish, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const QUARTER = 15 * MINUTE

const worker = await bundleWorker()

const balance = (bank: World, customer: string, yuan: number, id: string): FactWish => ({
  id,
  type: 'balance.changed',
  customer,
  at: bank.now(),
  data: { amount: `${yuan}.00` },
})

const make = async (bank: World, plural: string, fields: object): Promise<string> => {
  const { data } = await bank.rest<{ data: Record<string, { id: string }> }>('POST', plural, fields)
  return Object.values(data)[0]?.id ?? ''
}

const companies = (bank: World, tag: string, count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      make(bank, 'companies', { name: `${tag} ${index}`, ladderCustomerNo: `${tag}-${index}` }),
    ),
  )

const counters = async (bank: World): Promise<Record<string, number>> => {
  const answer = await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)
  return answer.body.counters as Record<string, number>
}

/** A fall of core banking's that raises an escalation with a task for each. */
const fall = async (bank: World, customers: string[]): Promise<void> => {
  for (const [step, yuan] of [12_000_000, 1_000_000].entries()) {
    const facts = customers.map((customer) => balance(bank, customer, yuan, `${customer}/${step}/${bank.now()}`))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.advance(bank.now() + MINUTE)
  }
}

/** Sweeps every so many minutes: a day passes sooner when they are rare. */
const rare = async (bank: World, sweepMinutes: number): Promise<void> => {
  const { body } = await bank.admin.call('GET', `/accounts/${ACCOUNT}`)
  const crm = { kind: 'twenty', url: bank.twenty.url, token: bank.twenty.apiKey }
  const { shards, callsPerMinute, joinMs } = body
  const wish = { crm, shards, callsPerMinute, joinMs, sweepMinutes }
  expect(await bank.admin.call('PUT', `/accounts/${ACCOUNT}`, wish)).toMatchObject({ ok: true })
}

describe.each([1, 8])('what no webhook told of, %i shard(s)', (shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, shards, runtime: { worker } })
    await bank.quiet()
    // it was connected on the machine's clock: sweeps are planned anew on the held one
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/sweep`, {})
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('lost webhooks: the next sweep finds the records and all that hung on them happens', async () => {
    bank.twenty.dropWebhooks(() => true)
    const ids = await companies(bank, 'LOST', 5)
    const facts = ids.map((_, index) => balance(bank, `LOST-${index}`, 12_000_000, `lost-${index}`))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.quiet()
    expect(await bank.list('tierRatings')).toHaveLength(0)
    const before = (await counters(bank)).sweep_found ?? 0
    await bank.advance(bank.now() + QUARTER)
    bank.twenty.dropWebhooks(null)
    expect((await counters(bank)).sweep_found).toBeGreaterThanOrEqual(before + 5)
    const rows = await bank.list('companies', 'name[ilike]:"LOST%"')
    expect(rows.map((row) => row.ladderTier)).toEqual(ids.map(() => 'HIGH_END'))
    expect(await bank.list('tierRatings')).toHaveLength(5)
  })

  it('webhooks that come twice and in the other order have the effect of one', async () => {
    const [id = ''] = await companies(bank, 'TWICE', 1)
    await bank.quiet()
    bank.twenty.duplicateWebhooks(() => true)
    bank.twenty.reorderWebhooks(8)
    const development = await make(bank, 'developments', {
      name: 'Twice',
      companyId: id,
      stage: 'DEV_A01',
      pipeline: 'DEV_A',
    })
    await bank.rest('PATCH', `developments/${development}`, { segmentName: 'Dairy', segmentFeatures: 'Seasonal' })
    await bank.rest('PATCH', `developments/${development}`, { stage: 'DEV_A02' })
    await bank.quiet()
    bank.twenty.duplicateWebhooks(null)
    bank.twenty.reorderWebhooks(1)
    await bank.advance(bank.now() + QUARTER)
    const [row] = await bank.list('developments', `id[eq]:"${development}"`)
    expect(row).toMatchObject({ stage: 'DEV_A02', stageNotice: '' })
    const keys = (await bank.list('tasks')).map((task) => task.ladderKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('ESC-LADDER: a bulk destroy sends one event; the comparison of ids ends what was open for all of them', async () => {
    const ids = await companies(bank, 'BULK', 6)
    await bank.quiet()
    await fall(
      bank,
      ids.map((_, index) => `BULK-${index}`),
    )
    const open = async () =>
      (await bank.list('escalations')).filter((one) => ids.includes(String(one.companyId)) && one.status === 'OPEN')
    expect(await open()).toHaveLength(6)
    const events = bank.twenty.deliveries.length
    await bank.rest('DELETE', `companies?filter=${encodeURIComponent(`id[in]:[${ids.map((id) => `"${id}"`)}]`)}`)
    await bank.quiet()
    const told = bank.twenty.deliveries.slice(events).filter((one) => one.eventName === 'company.destroyed')
    expect(told).toHaveLength(1)
    const before = (await counters(bank)).sweep_found ?? 0
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/sweep`, { ids: true })
    await bank.quiet()
    expect((await counters(bank)).sweep_found).toBeGreaterThanOrEqual(before + 5)
    // the CRM took the company off its escalations with it, so they are found by their key
    const left = (await bank.list('escalations')).filter((one) => ids.some((id) => String(one.ladderKey).includes(id)))
    expect(left.map((one) => one.status)).toEqual(ids.map(() => 'RESOLVED'))
    const tasks = (await bank.list('tasks')).filter((one) => ids.some((id) => String(one.ladderKey).includes(id)))
    expect(tasks.length).toBeGreaterThanOrEqual(6)
    expect(new Set(tasks.map((one) => one.status))).toEqual(new Set(['DONE']))
  })

  it('a nightly comparison of ids comes by itself', async () => {
    const [id = ''] = await companies(bank, 'NIGHT', 1)
    await bank.quiet()
    bank.twenty.dropWebhooks(() => true)
    await bank.rest('DELETE', `companies/${id}`)
    await rare(bank, 12 * 60)
    await bank.advance(bank.now() + DAY + DAY / 2)
    await rare(bank, 15)
    bank.twenty.dropWebhooks(null)
    const known = await bank.admin.call('GET', `/accounts/${ACCOUNT}/explain?record=company:${id}`)
    const { records } = known.body.state as { records: Record<string, Record<string, { deleted: boolean }>> }
    expect(records.company?.[id]?.deleted).toBe(true)
  })

  it('edits made while Ladder was down are found after the restart', async () => {
    const [id = ''] = await companies(bank, 'DOWN', 1)
    const development = await make(bank, 'developments', {
      name: 'Down',
      companyId: id,
      stage: 'DEV_A01',
      pipeline: 'DEV_A',
    })
    await bank.quiet()
    await bank.ladder.stop('SIGKILL')
    await bank.rest('PATCH', `developments/${development}`, { stage: 'DEV_A07' })
    await bank.rest('PATCH', `companies/${id}`, { ladderGold: true })
    await bank.twenty.flushWebhooks()
    await bank.restartLadder('SIGKILL')
    await bank.advance(bank.now() + QUARTER)
    const [row] = await bank.list('developments', `id[eq]:"${development}"`)
    expect(row?.stage).toBe('DEV_A01')
    expect(String(row?.stageNotice)).not.toBe('')
    expect((await bank.list('companies', `id[eq]:"${id}"`))[0]).toMatchObject({ ladderTier: 'GOLD' })
  })

  it('ESC-LADDER: a timer that fell due while Ladder was down fires after the restart, by itself', async () => {
    const ids = await companies(bank, 'TIMER', 1)
    await bank.quiet()
    await fall(bank, ['TIMER-0'])
    const [raised] = (await bank.list('escalations')).filter((one) => one.companyId === ids[0])
    const due = Date.parse(String(raised?.climbsAt))
    expect(due).toBeGreaterThan(bank.now())
    // the clock passes the due time and the process is gone at once; nobody asks anything of it afterwards
    const climbed = new Promise<void>((done) => {
      const seen = (request: { method: string; path: string }): boolean => {
        if (request.method === 'POST' && request.path === '/rest/batch/escalations') done()
        return false
      }
      bank.twenty.failNext({ match: seen })
    })
    await bank.admin.call('PUT', '/clock', { at: new Date(due + MINUTE).toISOString() })
    await bank.restartLadder('SIGKILL')
    await climbed
    bank.twenty.clearFaults()
    await bank.advance(due + MINUTE)
    const [row] = (await bank.list('escalations')).filter((one) => one.companyId === ids[0])
    expect(Number(row?.level)).toBe(Number(raised?.level) + 1)
  })

  it('own writes end: nothing is asked of the CRM at the same instant, later only the sweep reads, and no webhook comes', async () => {
    await bank.quiet()
    bank.twenty.calls.clear()
    const deliveries = bank.twenty.deliveries.length
    await bank.quiet()
    expect(bank.twenty.calls.count()).toBe(0)
    const found = (await counters(bank)).sweep_found
    await bank.advance(bank.now() + QUARTER)
    const calls = Object.keys(bank.twenty.calls.byRoute())
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.filter((route) => !route.startsWith('GET '))).toEqual([])
    expect(bank.twenty.deliveries).toHaveLength(deliveries)
    expect((await counters(bank)).sweep_found).toBe(found)
  })
})
