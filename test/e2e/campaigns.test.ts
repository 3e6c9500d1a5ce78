import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type CrmName, type Shown, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HELD = '2026-09-21T06:00:00.000Z'
const MINUTE = 60_000

const worker = inject('scripts')

// without custom objects there is no record of a template or a campaign: workflow actions start them there
describe.each<[CrmName, number]>([
  ['twenty', 1],
  ['twenty', 8],
  ['hubspot', 1],
  ['hubspot', 8],
])('CAMP-S1: a salon in CRM records, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  const guests = ['王小明', '李娜']
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    for (const [at, name] of [...guests, '张伟'].entries())
      await bank.crm.create('person', { name, ladderCustomerNo: `P-${at}` })
    await bank.quiet()
    // two whom the template is for, and one whom it isn't
    const facts = [80_000, 80_000, 10_000].map((yuan, at) => ({
      id: `b${at}`,
      type: 'balance.changed',
      customer: `P-${at}`,
      at: bank.now(),
      data: { amount: `${yuan}.00` },
    }))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const only = (rows: Shown[]): Shown => {
    const [row, ...others] = rows
    if (!row || others.length > 0) throw new Error(`${rows.length} records instead of one`)
    return row
  }
  const template = () => only(bank.crm.list('campaignTemplate', { code: 'CAMP-S1' }))
  const seats = () => bank.crm.list('participation')
  const tasks = () => bank.crm.list('task', { ladderKind: 'CAMPAIGN' })
  const keys = (rows: Shown[]) => rows.map(({ ladderKey }) => ladderKey)

  it('one action on the template makes the campaign, its guests and its work, once', async () => {
    await bank.crm.update('campaignTemplate', template().id, { launchOn: HELD })
    await bank.quiet()
    const campaign = only(bank.crm.list('campaign', { templateCode: 'CAMP-S1' }))
    expect(campaign).toMatchObject({ templateCode: 'CAMP-S1', heldOn: HELD, status: 'PLANNED', invited: 0 })
    expect(template().launchOn).toBeNull()
    const people = guests.map((name) => only(bank.crm.list('person', { name })).id)
    expect(
      seats()
        .map(({ person }) => person)
        .sort(),
    ).toEqual(people.sort())
    for (const seat of seats()) expect(seat).toMatchObject({ campaign: campaign.id, invite: 'TO_INVITE' })
    expect(tasks().filter(({ ladderCampaign }) => ladderCampaign === campaign.id).length).toBeGreaterThan(3)
    expect(new Set(keys(tasks())).size).toBe(tasks().length)
    // read anew, nothing is made again
    const before = keys([...tasks(), ...seats()])
    await bank.sweep({ ids: true })
    expect(keys([...tasks(), ...seats()])).toEqual(before)
  })

  it('who comes gets what follows, who says no does not; the campaign counts them', async () => {
    const [yes, no] = seats()
    if (!yes || !no) throw new Error('no guests')
    await bank.crm.update('participation', yes.id, { invite: 'CONFIRMED' })
    await bank.crm.update('participation', no.id, { invite: 'DECLINED' })
    await bank.quiet()
    expect(only(bank.crm.list('campaign', { templateCode: 'CAMP-S1' }))).toMatchObject({ invited: 2, confirmed: 1 })
    // two weeks pass sooner when sweeps are rare
    await bank.set({ sweepMinutes: 1440 })
    await bank.advance(Date.parse(HELD) + 60 * MINUTE)
    const before = new Set(keys(tasks()))
    await bank.crm.update('participation', yes.id, { attendance: 'CAME' })
    await bank.quiet()
    expect(only(bank.crm.list('campaign', { templateCode: 'CAMP-S1' }))).toMatchObject({ attended: 1 })
    const after = tasks().filter(({ ladderKey }) => !before.has(ladderKey))
    expect(after).toHaveLength(2)
    for (const task of after) expect(task).toMatchObject({ status: 'TODO', ladderPerson: yes.person })
  })
})
