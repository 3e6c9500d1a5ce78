import { describe, expect, it } from 'vitest'
import type { CampaignOpened, Decision, Fields, OpenedCampaign } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Lab } from '../stages/kit.ts'

const HELD = '2026-04-10T06:00:00.000Z'

/** A campaign's own subject, its record as launched from a template. */
const salon = (code: string, fields: Fields = {}): Lab => {
  const lab = Lab.of('campaign:k1')
  lab.save('campaign', 'k1', {
    name: '春季沙龙',
    templateCode: code,
    heldOn: HELD,
    status: 'PLANNED',
    size: 24,
    ...fields,
  })
  return lab
}
const broadcasts = (decisions: readonly Decision[]): CampaignOpened[] =>
  decisions.flatMap((one) => (one.do === 'broadcast' ? [one.event] : []))
const openedOf = (code: string, fields: Fields = {}): OpenedCampaign => {
  const event = broadcasts(salon(code, fields).decisions).at(-1)
  if (!event) throw new Error('not opened')
  return event.campaign
}

/** A person with so many yuan, told of the campaign. */
const customer = (yuan: number, opened: OpenedCampaign): Lab => {
  const lab = Lab.of('person:p1')
  lab.known()
  lab.balance(yuan)
  tell(lab, opened)
  return lab
}
const tell = (lab: Lab, campaign: OpenedCampaign): Decision[] =>
  lab.feed({ type: 'campaign.opened', id: `o${JSON.stringify(campaign)}`, campaign })
const place = (lab: Lab): Fields => lab.written('participation', 'person:p1/guest/k1')
const seat = (lab: Lab, fields: Fields): Decision[] => {
  lab.now += 60_000
  return lab.save('participation', 's1', { ladderKey: 'person:p1/guest/k1', campaign: 'k1', person: 'p1', ...fields })
}
const work = (lab: Lab): string[] => lab.open('person:p1/campaign/k1/')

/** Yuan of somebody whom the template is for, and of somebody whom it isn't. */
const audiences: [code: string, fits: number, passes: number][] = [
  ['CAMP-S1', 80_000, 10_000],
  ['CAMP-S2', 500_000, 80_000],
  ['CAMP-S3', 20_000, 19_999],
  ['CAMP-S5', 30_000, 500_000],
]

describe('audiences', () => {
  for (const [code, fits, passes] of audiences)
    it(`${code}: who fits is put on the list with a first task for the RM, others are not`, () => {
      const lab = customer(fits, openedOf(code))
      expect(place(lab)).toMatchObject({ campaign: 'k1', person: 'p1', invite: 'TO_INVITE', attendance: 'UNKNOWN' })
      const guestTasks = defaultPlaybook.campaigns
        .find((one) => one.code === code)
        ?.timeline.filter(({ per }) => per === 'guest')
      expect(work(lab)).toHaveLength(guestTasks?.length ?? 0)
      const [key = ''] = work(lab)
      expect(lab.written('task', key)).toMatchObject({
        ladderKind: 'CAMPAIGN',
        assigneeId: 'rm',
        ladderPerson: 'p1',
        ladderCampaign: 'k1',
      })
      expect(place(customer(passes, openedOf(code)))).toEqual({})
    })

  it('CAMP-S4: customers of three years and more are invited', () => {
    const lab = customer(1000, openedOf('CAMP-S4'))
    expect(place(lab)).toEqual({})
    const opened = {
      kind: 'holding.opened',
      holding: 'h1',
      product: '定期',
      amount: 100,
      openedOn: '2022-05-01',
    } as const
    lab.fact(opened)
    expect(place(lab)).toMatchObject({ invite: 'TO_INVITE' })
  })

  it('CAMP-S1: a sleeping account, a company, and a deleted customer are not invited', () => {
    const opened = openedOf('CAMP-S1')
    const asleep = Lab.of('person:p1')
    asleep.known().balance(80_000)
    asleep.fact({ kind: 'account.dormant', dormant: true })
    tell(asleep, opened)
    expect(place(asleep)).toEqual({})
    const company = Lab.of('company:c1')
    company.known().balance(80_000)
    tell(company, opened)
    expect(company.upserts('participation')).toEqual([])
    expect(company.state.campaigns).toEqual({})
    const gone = Lab.of('person:p1')
    gone.known().balance(80_000)
    gone.save('person', 'p1', {}, { deleted: true, at: new Date(gone.now + 1000).toISOString() })
    tell(gone, opened)
    expect(place(gone)).toEqual({})
  })

  it('CAMP-AUD: the order in which balance and campaign come makes no difference', () => {
    const opened = openedOf('CAMP-S1')
    const late = Lab.of('person:p1')
    tell(late, opened)
    late.known().balance(80_000)
    const early = customer(80_000, opened)
    expect(place(late)).toEqual(place(early))
    expect(work(late)).toEqual(work(early))
  })

  it('CAMP-S1: after the day nobody is put on the list any more', () => {
    const lab = customer(10_000, openedOf('CAMP-S1'))
    lab.at('2026-04-11 10:00').balance(80_000)
    expect(place(lab)).toEqual({})
    expect(lab.state.campaigns).toEqual({})
  })
})

describe('launching', () => {
  const template = (fields: Fields): Lab => {
    const lab = Lab.of('template:t1')
    lab.save('campaignTemplate', 't1', { name: '理财沙龙', code: 'CAMP-S1', theme: '主题', state: 'ACTIVE', ...fields })
    return lab
  }

  it('CAMP-S1: “Hold on” makes one campaign and is emptied', () => {
    const lab = template({ launchOn: HELD })
    expect(lab.upserts('campaign')).toEqual([
      {
        key: `template:t1/launch/${HELD}`,
        fields: {
          name: '理财沙龙 2026-04-10',
          template: 't1',
          templateCode: 'CAMP-S1',
          heldOn: HELD,
          status: 'PLANNED',
          theme: '主题',
          place: '支行客户活动室',
          size: 24,
        },
      },
    ])
    expect(lab.state.records['campaignTemplate']?.['t1']?.fields['launchOn']).toBe(null)
    lab.at('2026-03-03 10:00').save('campaignTemplate', 't1', { launchOn: HELD })
    expect(lab.upserts('campaign')).toHaveLength(1)
    lab.at('2026-03-03 11:00').save('campaignTemplate', 't1', { launchOn: '2026-05-08T06:00:00.000Z' })
    expect(lab.upserts('campaign')).toHaveLength(2)
  })

  it('CAMP-S1: a template that is off or in error starts nothing', () => {
    for (const state of ['OFF', 'ERROR']) expect(template({ launchOn: HELD, state }).decisions).toEqual([])
  })
})

describe('a campaign', () => {
  for (const { code, timeline } of defaultPlaybook.campaigns)
    it(`${code}: opens with all its work, before, on and after the day, and tells every customer once`, () => {
      const lab = salon(code)
      const own = timeline.filter(({ per }) => per === 'campaign')
      expect(lab.open('campaign:k1/task/')).toHaveLength(own.length)
      expect(broadcasts(lab.decisions)).toHaveLength(1)
      expect(openedOf(code)).toMatchObject({ id: 'k1', templateCode: code, heldOn: HELD, cancelled: false })
    })

  it('CAMP-S1: dates are working days from the day, at closing time', () => {
    const lab = salon('CAMP-S1')
    const dues = lab.upserts('task').map(({ fields }) => fields['dueAt'])
    // fifteen working days before Friday 10 April 2026, with Qingming on Monday 6 April
    expect(dues[0]).toBe(new Date(lab.instant('2026-03-19 17:30')).toISOString())
    expect(dues).toContain(new Date(lab.instant('2026-04-10 17:30')).toISOString())
    expect(dues.at(-1)).toBe(new Date(lab.instant('2026-04-17 17:30')).toISOString())
  })

  it('CAMP-S1: held on a Saturday, the work of the day stays on that day', () => {
    const lab = salon('CAMP-S1', { heldOn: '2026-04-11T06:00:00.000Z' })
    const dues = lab.upserts('task').map(({ fields }) => fields['dueAt'])
    expect(dues).toContain(new Date(lab.instant('2026-04-11 17:30')).toISOString())
  })

  it('CAMP-S1: another day moves the work and is told', () => {
    const lab = salon('CAMP-S1')
    const count = lab.openTasks().length
    const decisions = lab.at('2026-03-03 10:00').save('campaign', 'k1', { heldOn: '2026-04-17T06:00:00.000Z' })
    expect(broadcasts(decisions)).toMatchObject([{ campaign: { heldOn: '2026-04-17T06:00:00.000Z' } }])
    expect(lab.openTasks()).toHaveLength(count)
    expect(lab.written('task', 'campaign:k1/task/day-1')['dueAt']).toBe(
      new Date(lab.instant('2026-03-26 17:30')).toISOString(),
    )
  })

  it('CAMP-S1: cancelled closes all its work and is told; taken back, the work is there again', () => {
    const lab = salon('CAMP-S1')
    const count = lab.openTasks().length
    const decisions = lab.at('2026-03-03 10:00').save('campaign', 'k1', { status: 'CANCELLED' })
    expect(lab.openTasks()).toEqual([])
    expect(broadcasts(decisions)).toMatchObject([{ campaign: { cancelled: true } }])
    const again = lab.at('2026-03-03 11:00').save('campaign', 'k1', { status: 'PLANNED' })
    expect(lab.openTasks()).toHaveLength(count)
    expect(broadcasts(again).map(({ id }) => id)).not.toEqual(
      broadcasts(lab.decisions)
        .slice(0, 1)
        .map(({ id }) => id),
    )
  })

  it('CAMP-S1: a running campaign keeps the template that it began with', () => {
    const lab = salon('CAMP-S1')
    const campaigns = defaultPlaybook.campaigns.map((one) => ({
      ...one,
      audience: 'false',
      timeline: one.timeline.slice(0, 1),
    }))
    lab.playbook = Lab.of('campaign:k1', { campaigns }).playbook
    const count = lab.openTasks().length
    const [event] = broadcasts(lab.at('2026-03-03 10:00').save('campaign', 'k1', { name: '改名' }))
    expect(lab.openTasks()).toHaveLength(count)
    expect(event?.campaign.audience).toBe(openedOf('CAMP-S1').audience)
  })

  it('CAMP-S1: without a known template it says what to do', () => {
    const lab = salon('CAMP-NONE')
    expect(lab.openTasks()).toEqual([])
    expect(lab.state.records['campaign']?.['k1']?.fields['notice']).toMatch(/活动模板/)
  })

  it('CAMP-S1: counts invited, confirmed, attended and friends, and warns of too many', () => {
    const lab = salon('CAMP-S1', { size: 2 })
    const guests: Fields[] = [
      { invite: 'CONFIRMED', attendance: 'CAME', broughtFriend: true },
      { invite: 'INVITED', attendance: 'ABSENT' },
      { invite: 'DECLINED' },
      { invite: 'TO_INVITE' },
    ]
    guests.forEach((fields, index) =>
      lab.save('participation', `s${index}`, { campaign: 'k1', ladderKey: 'x', ...fields }),
    )
    const { fields } = lab.state.records['campaign']?.['k1'] ?? { fields: {} }
    expect(fields).toMatchObject({ invited: 3, confirmed: 1, attended: 1, friends: 1 })
    expect(fields['notice']).toMatch(/3 人/)
  })
})

describe('a guest', () => {
  it('CAMP-S1: follow-up comes with what the guest did, each once, ActionPlans #149 #151: not before', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    seat(lab, { invite: 'CONFIRMED', attendance: 'UNKNOWN' })
    const before = work(lab)
    expect(before.every((key) => key.includes('/day-'))).toBe(true)
    lab.at('2026-04-10 18:00')
    seat(lab, { attendance: 'CAME' })
    const after = work(lab).filter((key) => !before.includes(key))
    expect(after).toHaveLength(2)
    expect(lab.written('task', after[0] ?? '')['dueAt']).toBe(new Date(lab.instant('2026-04-14 17:30')).toISOString())
    const made = lab.upserts('task').length
    seat(lab, { outcome: '有意向' })
    expect(lab.upserts('task')).toHaveLength(made)
    seat(lab, { broughtFriend: true })
    expect(work(lab)).toHaveLength(before.length + 4)
  })

  it('CAMP-S2: an absent guest gets the call of the absent, and a correction puts it right', () => {
    const lab = customer(500_000, openedOf('CAMP-S2'))
    const days = work(lab).length
    seat(lab, { invite: 'CONFIRMED', attendance: 'ABSENT' })
    expect(work(lab)).toHaveLength(days + 1)
    seat(lab, { attendance: 'CAME' })
    expect(work(lab)).toHaveLength(days + 2)
  })

  it('CAMP-S3: who declines has no more work before the day', () => {
    const lab = customer(20_000, openedOf('CAMP-S3'))
    seat(lab, { invite: 'DECLINED' })
    expect(work(lab)).toEqual([])
    seat(lab, { invite: 'CONFIRMED' })
    expect(work(lab)).toHaveLength(2)
  })

  it('CAMP-S5: a cancelled campaign closes the work of its guests, another day moves it', () => {
    const opened = openedOf('CAMP-S5')
    const lab = customer(30_000, opened)
    const [key = ''] = work(lab)
    tell(lab, { ...opened, heldOn: '2026-04-17T06:00:00.000Z' })
    expect(lab.written('task', key)['dueAt']).toBe(new Date(lab.instant('2026-04-08 17:30')).toISOString())
    tell(lab, { ...opened, cancelled: true })
    expect(work(lab)).toEqual([])
  })

  it('CAMP-S1: whom a person took off the list stays off', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    seat(lab, { invite: 'TO_INVITE' })
    lab.now += 60_000
    lab.save('participation', 's1', {}, { deleted: true })
    expect(work(lab)).toEqual([])
    lab.balance(90_000)
    expect(lab.upserts('participation')).toHaveLength(1)
    expect(work(lab)).toEqual([])
  })

  it('CAMP-S2: somebody put on the list by hand is a guest whatever the rule says', () => {
    const campaign = salon('CAMP-S2')
    const [event] = broadcasts(
      campaign.save('participation', 's1', { campaign: 'k1', person: 'p1', invite: 'INVITED' }),
    )
    expect(event?.campaign.guests).toEqual(['person:p1'])
    const lab = Lab.of('person:p1')
    lab.known().balance(10_000)
    if (event) tell(lab, event.campaign)
    expect(work(lab).length).toBeGreaterThan(0)
    expect(lab.upserts('participation')).toEqual([])
  })

  it('CAMP-S1: told twice, nothing is made twice', () => {
    const opened = openedOf('CAMP-S1')
    const lab = customer(80_000, opened)
    expect(tell(lab, { ...opened })).toEqual([])
  })
})
