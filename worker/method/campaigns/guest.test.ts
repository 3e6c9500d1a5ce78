import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Lab } from '../stages/kit.ts'
import {
  asks,
  audiences,
  broadcasts,
  customer,
  openedOf,
  person,
  place,
  rowsOf,
  salon,
  seat,
  tell,
  work,
} from './kit.ts'

describe('audiences', () => {
  const fits = (code: string, lab: Lab): boolean => rowsOf(asks(salon(code)).at(-1), lab).length > 0

  for (const [code, yes, no] of audiences)
    it(`${code}: who fits is named, and on the list gets a place with a first task for the RM`, () => {
      expect(fits(code, person(yes))).toBe(true)
      expect(fits(code, person(no))).toBe(false)
      const lab = customer(yes, openedOf(code))
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
    })

  it('CAMP-S4: customers of three years and more are named', () => {
    const lab = person(1000)
    expect(fits('CAMP-S4', lab)).toBe(false)
    lab.fact({ kind: 'holding.opened', holding: 'h1', product: '定期', amount: 100, openedOn: '2022-05-01' })
    expect(fits('CAMP-S4', lab)).toBe(true)
  })

  it('CAMP-S1: a sleeping account, a company, and a deleted customer are not named', () => {
    const asleep = person(80_000)
    asleep.fact({ kind: 'account.dormant', dormant: true })
    expect(fits('CAMP-S1', asleep)).toBe(false)
    const company = Lab.of('company:c1')
    company.known().balance(80_000)
    expect(fits('CAMP-S1', company)).toBe(false)
    const gone = person(80_000)
    gone.save('person', 'p1', {}, { deleted: true, at: new Date(gone.now + 1000).toISOString() })
    expect(fits('CAMP-S1', gone)).toBe(false)
  })

  it('CAMP-S1: the word to others passes by without a trace', () => {
    const lab = person(80_000)
    tell(lab, { ...openedOf('CAMP-S1'), list: ['person:p2'] })
    expect(place(lab)).toEqual({})
    expect(lab.state.campaigns).toEqual({})
  })

  it('CAMP-S1: told after the day, nobody is put on the list any more', () => {
    const lab = person(80_000).at('2026-04-11 10:00')
    tell(lab, openedOf('CAMP-S1'))
    expect(place(lab)).toEqual({})
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
