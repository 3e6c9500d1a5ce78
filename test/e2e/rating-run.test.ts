import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { EVERYWHERE, world, type World } from './harness.ts'

const START = '2026-03-02T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const RUN = 'TIER-VALUE/2026-03-03'
const worker = inject('scripts')

describe.each(EVERYWHERE)('a rating run on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  const api = (method: 'GET' | 'POST', path: string, body?: object) =>
    bank.admin.call(method, `/accounts/bank/rating-runs${path}`, body)
  const refusal = async (path: string, body: object): Promise<number> => {
    const answer = await api('POST', path, body)
    return answer.ok ? 0 : answer.status
  }
  const valueOf = (no: string) =>
    bank.crm.list('person', { ladderCustomerNo: no }).map(({ ladderValueTier }) => ladderValueTier)

  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    const facts = Array.from({ length: 10 }, (_, loss) => ({
      id: `f-${loss}`,
      type: 'customer.profile',
      customer: `P-${loss}`,
      at: bank.now(),
      data: { customer: 'person', name: `Client ${loss}`, attributes: { revenue: '0', cost: `${loss + 1}.00` } },
    }))
    await bank.facts(facts)
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('TIER-VALUE: what core banking tells of a customer rates it', () => {
    expect(valueOf('P-9')).toEqual(['NEGATIVE'])
  })

  it('TIER-RERATE: asked for, proposed, approved in bulk with a reason, in force on its day', async () => {
    await bank.advance(Date.parse('2026-03-03T02:00:00Z'))
    expect(await refusal('', { scheme: 'NONE' })).toBe(404)
    expect(await refusal('', { scheme: 'TIER-VALUE', effectiveOn: '2026-03-10' })).toBe(0)
    await bank.quiet()
    expect((await api('GET', '')).body).toMatchObject({ runs: { [RUN]: { status: 'OPEN', leaving: 1 } } })
    expect((await api('GET', `?run=${encodeURIComponent(RUN)}`)).body).toMatchObject({
      total: 1,
      rows: [{ name: 'Client 9', from: 'NEGATIVE', to: 'EXIT', effectiveOn: '2026-03-10' }],
    })
    expect(bank.crm.list('task', { ladderKind: 'RATING' })).toHaveLength(1)
    const answer = { run: RUN, answer: 'APPROVED', by: 'Wang', reason: 'agreed' }
    expect(await refusal('/answer', { ...answer, reason: '' })).toBe(400)
    expect(await refusal('/answer', answer)).toBe(0)
    await bank.quiet()
    expect(await refusal('/answer', answer)).toBe(404)
    await bank.advance(Date.parse('2026-03-10T00:59:00Z'))
    expect(valueOf('P-9')).toEqual(['NEGATIVE'])
    await bank.advance(Date.parse('2026-03-10T01:01:00Z'))
    expect(valueOf('P-9')).toEqual(['EXIT'])
    expect(valueOf('P-8')).toEqual(['NEGATIVE'])
  })
})
