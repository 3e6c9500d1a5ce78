import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, type CrmName, type Shown, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HELD = '2026-09-28T06:00:00.000Z'
const DAY = 24 * 60 * 60_000

const worker = inject('scripts')

describe.each<[CrmName, number]>([
  ['twenty', 2],
  ['hubspot', 2],
])('campaigns from list to results, %s, %i shards', (crm, shards) => {
  let bank: World
  const people: Record<string, string> = {}
  let firm: string
  const yuan = { 王一: 300_000, 李二: 200_000, 张三: 90_000, 赵四: 80_000, 钱五: 70_000, 孙六: 500_000 }

  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    firm = await bank.crm.create('company', { name: '华星', ladderCustomerNo: 'C-1' })
    for (const name of Object.keys(yuan))
      people[name] = await bank.crm.create('person', {
        name,
        ladderCustomerNo: `P-${name}`,
        // the contact of an invited company, and one who said no
        ...(name === '李二' ? { companyId: firm } : {}),
        ...(name === '孙六' ? { ladderConsent: 'WITHDRAWN' } : {}),
      })
    await bank.quiet()
    const facts = [['C-1', 20_000_000], ...Object.entries(yuan).map(([name, amount]) => [`P-${name}`, amount])].map(
      ([customer, amount]) => ({
        id: `b-${customer}`,
        type: 'balance.changed',
        customer: String(customer),
        at: bank.now(),
        data: { amount: `${amount}.00` },
      }),
    )
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.quiet()
    await bank.set({ sweepMinutes: 1440 })
  })
  afterAll(async () => bank.close())

  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await bank.admin.call(method, `/accounts/${ACCOUNT}${path}`, body)
    expect(answer).toMatchObject({ ok: true })
    return answer.body
  }
  const campaign = (code: string): Shown => {
    const [row, ...others] = bank.crm.list('campaign', { templateCode: code, status: 'PLANNED' })
    if (!row || others.length > 0) throw new Error(`not one campaign ${code}`)
    return row
  }
  const seats = (of: Shown): Shown[] => bank.crm.list('participation', { campaign: of.id })
  const names = (of: Shown): string[] =>
    seats(of)
      .map(({ name }) => String(name))
      .sort()
  const seatOf = (of: Shown, name: string): Shown => {
    const found = seats(of).find((seat) => seat.name === name)
    if (!found) throw new Error(`${name} has no place`)
    return found
  }
  const work = (name: string): Shown[] =>
    bank.crm.list('task', { ladderKind: 'CAMPAIGN', ladderPerson: people[name] ?? '', status: 'TODO' })

  it('CAMP-HOL: festivals that are near are proposed with a task to decide; nobody is invited', async () => {
    expect(bank.crm.list('campaign')).toEqual([])
    await bank.advance(bank.now() + DAY)
    const proposed = bank.crm.list('campaign', { status: 'PROPOSED' })
    expect(proposed.map(({ name }) => name).sort()).toEqual([
      '节日活动：中秋节 2026-09-25',
      '节日活动：国庆节 2026-10-01',
    ])
    expect(proposed.map(({ templateCode }) => templateCode)).toEqual(['CAMP-HOL', 'CAMP-HOL'])
    const decide = bank.crm.list('task', { ladderKind: 'CAMPAIGN' })
    expect(decide.map(({ title }) => title).sort()).toEqual([
      '请决定：节日活动：中秋节 2026-09-25',
      '请决定：节日活动：国庆节 2026-10-01',
    ])
    expect(bank.crm.list('participation')).toEqual([])
    await bank.sweep({ ids: true })
    expect(bank.crm.list('campaign')).toHaveLength(2)
  })

  it('CAMP-AUD: audiences are counted before use, by their name or by a rule that is tried out', async () => {
    const { audiences } = (await call('GET', '/audiences')) as { audiences: { code: string; fits: number }[] }
    const fits = Object.fromEntries(audiences.map((one) => [one.code, one.fits]))
    expect(fits).toMatchObject({ WEALTH: 5, TOP: 2, KEY_FIRMS: 1, 'CAMP-MEET': 6 })
    const tried = await call('POST', '/audiences/count', { subject: 'PERSON', rule: 'WEALTH and amount < 80000' })
    expect(tried).toMatchObject({ audiences: [{ code: 'TRIAL', fits: 1 }] })
    const wrong = await bank.admin.call('POST', `/accounts/${ACCOUNT}/audiences/count`, {
      subject: 'BOTH',
      rule: 'x > 1',
    })
    expect(wrong).toMatchObject({ ok: false, status: 400 })
  })

  it('CAMP-MEET: one place a customer, in working order, capped, without those who said no', async () => {
    const [template] = bank.crm.list('campaignTemplate', { code: 'CAMP-MEET' })
    await bank.crm.update('campaignTemplate', template?.id ?? '', { size: 3 })
    await bank.quiet()
    await bank.crm.update('campaignTemplate', template?.id ?? '', { launchOn: HELD })
    await bank.quiet()
    expect(campaign('CAMP-MEET')).toMatchObject({ size: 3, reserve: 2 })
    // 李二 comes with the company; 孙六 withdrew consent
    expect(names(campaign('CAMP-MEET'))).toEqual(['华星', '张三', '王一'].sort())
  })

  it('CAMP-MEET: who declines makes room for the next, once; who withdraws consent is left alone', async () => {
    await bank.crm.update('participation', seatOf(campaign('CAMP-MEET'), '王一').id, { invite: 'DECLINED' })
    await bank.quiet()
    expect(names(campaign('CAMP-MEET'))).toHaveLength(4)
    expect(names(campaign('CAMP-MEET'))).toContain('赵四')
    expect(work('赵四').length).toBeGreaterThan(0)
    await bank.crm.update('person', people['赵四'] ?? '', { ladderDoNotContact: true })
    await bank.quiet()
    expect(work('赵四')).toEqual([])
    expect(seatOf(campaign('CAMP-MEET'), '赵四')).toMatchObject({ invite: 'DECLINED' })
    expect(names(campaign('CAMP-MEET'))).toContain('钱五')
    await bank.sweep({ ids: true })
    expect(names(campaign('CAMP-MEET'))).toHaveLength(5)
  })

  it('CAMP-REF: attendance comes from a list; a friend becomes a lead with source and a first call, once', async () => {
    const guests = campaign('CAMP-MEET')
    await bank.crm.update('participation', seatOf(guests, '张三').id, { invite: 'CONFIRMED' })
    await bank.crm.update('participation', seatOf(guests, '钱五').id, { invite: 'CONFIRMED' })
    await bank.crm.update('person', people['张三'] ?? '', { ladderRm: null })
    await bank.quiet()
    await bank.advance(Date.parse(HELD) + DAY)
    const rows = [
      { customer: 'P-张三', came: true, friend: '周七', friendPhone: '13800000000' },
      { name: '路人', came: true },
    ]
    const enter = () => call('POST', `/campaigns/${guests.id}/attendance`, { rows, absent: true })
    expect(await enter()).toMatchObject({ changed: 2, same: 0, unknown: ['路人'], ambiguous: [] })
    await bank.quiet()
    expect(seatOf(guests, '钱五')).toMatchObject({ attendance: 'ABSENT' })
    const friend = () => bank.crm.list('person', { name: '周七' })
    expect(friend()).toMatchObject([{ ladderReferredBy: '张三', ladderReferralPhone: '13800000000' }])
    expect(friend()).toMatchObject([{ ladderSource: 'REFERRAL', ladderReferral: `CAMP-MEET/${guests.id}` }])
    const calls = () => bank.crm.list('task', { ladderPerson: friend()[0]?.id ?? '', ladderKind: 'CALL' })
    expect(calls()).toHaveLength(1)
    expect(await enter()).toMatchObject({ changed: 0, same: 2 })
    await bank.sweep({ ids: true })
    expect(friend()).toHaveLength(1)
    expect(calls()).toHaveLength(1)
  })

  it('CAMP-MEET: what guests take up afterwards is won by the campaign, and each product has its cost', async () => {
    const { id } = campaign('CAMP-MEET')
    await bank.crm.update('campaign', id, { cost: 300_000 })
    await bank.facts([
      {
        id: 'h1',
        type: 'holding.opened',
        customer: 'P-张三',
        at: bank.now(),
        data: { holding: 'H-1', product: '定期存款', amount: '50000.00', openedOn: '2026-09-29' },
      },
    ])
    await bank.quiet()
    expect(campaign('CAMP-MEET')).toMatchObject({ attended: 1, leads: 1, products: 1, balanceWon: 5_000_000 })
    expect(campaign('CAMP-MEET')).toMatchObject({ costPerProduct: 300_000, friends: 1 })
    const { audiences } = (await call('GET', '/audiences')) as { audiences: Record<string, unknown>[] }
    const meet = audiences.find(({ code }) => code === 'CAMP-MEET')
    expect(meet).toMatchObject({ came: 1, products: 1, balance: 5_000_000 })
    // a week later the template's own record shows it
    await bank.advance(bank.now() + 14 * DAY)
    const [template] = bank.crm.list('campaignTemplate', { code: 'CAMP-MEET' })
    expect(String(template?.results)).toContain('到场 1，成交 1，余额 50,000 元')
    expect(Number(template?.fits)).toBeGreaterThan(0)
  })
})
