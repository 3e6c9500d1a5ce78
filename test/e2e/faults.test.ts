import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Fault } from '../../plugin/sandbox/twenty/index.ts'
import { ACCOUNT } from './harness.ts'
import { twentyWorld, type TwentyWorld } from './twenty-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const worker = inject('scripts')

/** Twenty's answer over its limit: no Retry-After, no rate headers. */
const LIMIT: Fault = { status: 429, body: { statusCode: 429, error: 'HttpException', messages: ['Limit reached'] } }
const DENIED: Fault = {
  status: 400,
  body: { statusCode: 400, error: 'BadRequestException', messages: ['no'], code: 'PERMISSION_DENIED' },
}
/** Writes to records: batches, and a lone update. */
const write = /^(POST \/rest\/batch|PATCH \/rest)\//

/** Every write of a while fails: what a CRM in trouble does. `after`: it was carried out, and only the answer is lost. */
const TROUBLES: [name: string, fault: Fault][] = [
  ['429 without Retry-After', LIMIT],
  ['500', { status: 500, body: 'Internal error' }],
  ['503 after it was carried out', { status: 503, when: 'after' }],
  ['a cut connection', { cut: true }],
  ['a connection cut after it was carried out', { cut: true, when: 'after' }],
  ['401: the token is wrong', { status: 401 }],
  ['403', { status: 403 }],
  ['400 PERMISSION_DENIED', DENIED],
]

describe.each([1, 8])('a CRM in trouble, %i shard(s)', (shards) => {
  let bank: TwentyWorld
  let company: string
  let facts = 0

  beforeAll(async () => {
    bank = await twentyWorld({ start: START, shards, runtime: { worker } })
    const made = await bank.rest<{ data: { createCompany: { id: string } } }>('POST', 'companies', {
      name: 'Acme',
      ladderCustomerNo: 'C-1',
    })
    company = made.data.createCompany.id
    await bank.quiet()
  })
  afterEach(() => bank.twenty.clearFaults())
  afterAll(async () => bank.close())

  const balance = async (yuan: number): Promise<void> => {
    const data = { amount: `${yuan}.00` }
    const answer = await bank.facts([
      { id: `t${++facts}`, type: 'balance.changed', customer: 'C-1', at: bank.now(), data },
    ])
    expect(answer.status).toBe(202)
  }
  const shown = async (): Promise<unknown> => {
    const row = (await bank.list('companies', `id[eq]:"${company}"`))[0]
    return (row?.ladderBalance as { amountMicros: unknown }).amountMicros
  }
  const status = async () => (await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)).body

  it.each(TROUBLES)(
    '%s: nothing is lost, nothing is doubled, and it is tried less and less often',
    async (_, fault) => {
      const yuan = 1_000_000 + 1000 * facts
      bank.twenty.failNext({ match: write, times: 5, ...fault })
      bank.twenty.calls.clear()
      const since = bank.now()
      await balance(yuan)
      await bank.quiet()
      expect(bank.twenty.calls.count(write)).toBe(1)
      expect((await status()).outbox).toBeGreaterThan(0)
      await bank.advance(bank.now() + HOUR)
      expect(await shown()).toBe(yuan * 1_000_000)
      expect(await status()).toMatchObject({ outbox: 0, deadLetters: 0 })
      const tries = bank.twenty.calls.list.filter(({ method, path }) => write.test(`${method} ${path}`))
      const failed = tries.slice(0, 6).map(({ at }) => at - since)
      const pauses = failed.slice(1).map((at, index) => at - (failed[index] ?? 0))
      expect(pauses).toHaveLength(5)
      for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(SECOND)
      // spread by chance, each pause is half of what it may be at least: the third is longer than the first could be
      if (fault.status !== 401 && fault.status !== 403 && fault !== DENIED) {
        expect(pauses[2]).toBeGreaterThan(2 * SECOND)
        expect(pauses[4]).toBeGreaterThan(8 * SECOND)
      }
      const keys = [...(await bank.list('tasks')), ...(await bank.list('tierRatings'))].map((row) => row.ladderKey)
      expect(new Set(keys).size).toBe(keys.length)
    },
  )

  it('ESC-MOVE: what is decided while nothing can be written comes in its order once it can', async () => {
    await balance(12_000_000)
    await bank.quiet()
    const ratings = (await bank.list('tierRatings')).length
    bank.twenty.failNext({ match: write, times: 1000, status: 503 })
    for (const yuan of [6_000_000, 13_000_000, 1_000_000]) {
      await bank.advance(bank.now() + MINUTE)
      await balance(yuan)
      await bank.quiet()
    }
    expect((await bank.list('escalations')).length).toBe(0)
    bank.twenty.clearFaults()
    await bank.advance(bank.now() + 10 * MINUTE)
    expect(await shown()).toBe(1_000_000 * 1_000_000)
    const [row] = await bank.list('companies', `id[eq]:"${company}"`)
    expect(row?.ladderTier).toBe('GENERAL')
    expect((await bank.list('tierRatings')).length).toBe(ratings + 3)
    expect(await bank.list('escalations')).toHaveLength(1)
    expect((await bank.list('tasks')).filter(({ ladderKind }) => ladderKind === 'ESCALATION')).toHaveLength(1)
    expect(await status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })

  it.runIf(shards === 1)('a server that does not answer in time counts as not reached', async () => {
    // the call is carried out, its answer comes too late: Ladder waits 20 s for it
    bank.twenty.failNext({ match: write, times: 1, when: 'after', timeoutMs: 21_000 })
    await balance(1_100_000)
    await bank.quiet()
    expect((await status()).fault).toMatchObject({ kind: 'unreachable', message: 'no answer within 20 s' })
    await bank.advance(bank.now() + MINUTE)
    expect(await shown()).toBe(1_100_000 * 1_000_000)
    expect(await status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })

  it('a page or a redirect instead of an answer counts as not reached, and the token goes nowhere else', async () => {
    bank.twenty.failNext({ match: write, times: 1, status: 302, body: 'moved' })
    bank.twenty.failNext({ match: write, times: 1, status: 200, body: 'hello' })
    await balance(1_200_000)
    await bank.advance(bank.now() + 10 * MINUTE)
    expect(await shown()).toBe(1_200_000 * 1_000_000)
    expect(await status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })

  it('while the CRM cannot be read, a sweep waits and the others go on', async () => {
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/sweep`, {})
    bank.twenty.failNext({ match: /^GET \/rest\/visits/, times: 3, status: 500 })
    await bank.quiet()
    const of = (sweeps: unknown, object: string) =>
      (sweeps as { object: string; fault: string }[]).find((one) => one.object === object)
    const { sweeps } = await status()
    expect(of(sweeps, 'visit')?.fault).not.toBe('')
    expect(of(sweeps, 'task')?.fault).toBe('')
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(of((await status()).sweeps, 'visit')?.fault).toBe('')
  })
})

describe("inside the CRM's own limit", () => {
  it("a CRM that takes 100 calls a minute is never asked more, though Ladder's customers are many", async () => {
    const limit = { limit: 100, windowMs: 60_000 }
    const bank = await twentyWorld({ start: START, runtime: { worker }, callsPerMinute: 90 })
    const rows = Array.from({ length: 400 }, (_, index) => ({ name: `N ${index}`, ladderCustomerNo: `N-${index}` }))
    await bank.twenty.store.insert('company', rows)
    await bank.advance(bank.now() + MINUTE)
    bank.twenty.calls.clear()
    const data = { amount: '12000000.00' }
    await bank.facts(
      rows.map(({ ladderCustomerNo }) => ({
        id: ladderCustomerNo,
        type: 'balance.changed',
        customer: ladderCustomerNo,
        at: bank.now(),
        data,
      })),
    )
    await bank.advance(bank.now() + 10 * MINUTE)
    const times = bank.twenty.calls.list.map(({ at }) => at)
    for (const [index, at] of times.entries()) {
      const later = times.slice(index).filter((one) => one < at + limit.windowMs)
      expect(later.length).toBeLessThanOrEqual(limit.limit)
    }
    const tiers = (await bank.list('companies', 'name[ilike]:"N %"')).map(({ ladderTier }) => ladderTier)
    expect(tiers).toEqual(rows.map(() => 'HIGH_END'))
    await bank.close()
  })
})
