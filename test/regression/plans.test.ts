import { describe, expect, it } from 'vitest'
import { calendar } from '../../schemas/playbook/default/calendar.ts'
import { customer, HELD, openedOf, place, salon, seat, tell, work } from '../../worker/method/campaigns/kit.ts'
import { Lab } from '../../worker/method/stages/kit.ts'
import { Subject } from '../../worker/method/tiers/kit.ts'

/*
 * Faults that users of action plans and marketing automation reported (SalesforceLabs ActionPlansV4, Mautic), each as a test
 * that Ladder has it not. The number is that of the report.
 */

describe('plans made of templates', () => {
  it('ActionPlans #120 #149 #151 #188: work that hangs on what a guest does is not made all at once', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    const all = openedOf('CAMP-S1').tasks
    const [early, hanging] = [all.filter(({ when }) => when === 'DAY'), all.filter(({ when }) => when !== 'DAY')]
    expect(hanging.length).toBeGreaterThan(0)
    expect(work(lab)).toHaveLength(early.length)
    lab.at('2026-04-10 18:00')
    seat(lab, { invite: 'CONFIRMED', attendance: 'ABSENT' })
    const made = all.filter(({ when }) => when === 'DAY' || when === 'ABSENT')
    expect(work(lab)).toHaveLength(made.length)
  })

  it('ActionPlans #178: told to many customers at once, what one guest does makes no work for another', () => {
    const opened = openedOf('CAMP-S1')
    const guests = ['p1', 'p2', 'p3'].map((id) => {
      const lab = Lab.of(`person:${id}`)
      lab.known().balance(80_000)
      tell(lab, opened)
      return lab
    })
    const [first, second] = guests
    if (!first || !second) throw new Error('no guests')
    const before = second.openTasks()
    seat(first, { invite: 'CONFIRMED', attendance: 'CAME', broughtFriend: true })
    expect(second.openTasks()).toEqual(before)
    const keys = guests.flatMap((lab) => lab.openTasks())
    expect(new Set(keys).size).toBe(keys.length)
    for (const lab of guests)
      for (const key of lab.openTasks())
        expect(`person:${lab.written('task', key)['ladderPerson']}`).toBe(lab.state.ref)
  })

  it('ActionPlans #70: a date that a person moved is not set back when the plan is looked at again', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    const [key = ''] = work(lab)
    const dueAt = '2026-04-08T02:00:00.000Z'
    lab.save('task', 't1', { ...lab.written('task', key), ladderKey: key, dueAt })
    const count = lab.decisions.length
    tell(lab, { ...openedOf('CAMP-S1'), name: '春季沙龙（改名）', at: '2026-03-05T00:00:00.000Z' })
    seat(lab, { outcome: '有意向' })
    const later = lab.decisions.slice(count).filter((one) => one.do === 'upsert' && one.key === key)
    expect(later.filter((one) => one.do === 'upsert' && 'dueAt' in one.fields)).toEqual([])
    expect(lab.state.records['task']?.['t1']?.fields['dueAt']).toBe(dueAt)
  })
})

describe('campaigns', () => {
  it('Mautic #1311 #9486: nobody is taken for absent before the day has come', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    seat(lab, { invite: 'INVITED' })
    lab.until('2026-04-30 18:00')
    expect(work(lab).filter((key) => key.includes('/after-'))).toEqual([])
    // the work of the day itself is due on it or before, what follows is due after it
    const due = (key: string): number => Date.parse(String(lab.written('task', key)['dueAt']))
    seat(lab, { attendance: 'ABSENT' })
    const after = work(lab).filter((key) => key.includes('/after-'))
    expect(after.length).toBeGreaterThan(0)
    for (const key of after) expect(due(key)).toBeGreaterThan(Date.parse(HELD))
  })

  it('Mautic #9797: told of again, left and entered anew, a customer has one place and each task once', () => {
    const opened = openedOf('CAMP-S1')
    const lab = customer(80_000, opened)
    const keys = work(lab)
    lab.balance(10_000)
    tell(lab, { ...opened, at: '2026-03-04T00:00:00.000Z' })
    lab.balance(80_000)
    tell(lab, { ...opened, at: '2026-03-05T00:00:00.000Z', name: '改期' })
    seat(lab, { invite: 'DECLINED' })
    seat(lab, { invite: 'CONFIRMED' })
    expect(work(lab)).toEqual(keys)
    const places = lab.upserts('participation').filter(({ fields }) => 'campaign' in fields)
    expect(new Set(places.map(({ key }) => key)).size).toBe(1)
    expect(place(lab)).toMatchObject({ campaign: 'k1' })
  })

  it('Mautic #9797: a template launched twice for the same time makes one campaign', () => {
    const lab = Lab.of('template:t1')
    const fields = { name: '转介绍沙龙', code: 'CAMP-S1', state: 'ACTIVE', launchOn: HELD }
    lab.save('campaignTemplate', 't1', fields)
    lab.now += 60_000
    lab.save('campaignTemplate', 't1', fields)
    expect(new Set(lab.upserts('campaign').map(({ key }) => key)).size).toBe(1)
    expect(lab.upserts('campaign')).toHaveLength(1)
  })

  it('Mautic #7676: follow-up counts working days from the day, whatever weekday it is and however a guest decided', () => {
    for (const heldOn of ['2026-04-10T06:00:00.000Z', '2026-04-11T06:00:00.000Z', '2026-04-30T06:00:00.000Z']) {
      const lab = customer(80_000, openedOf('CAMP-S1', { heldOn }))
      lab.now = Date.parse(heldOn) + 3 * 3_600_000
      seat(lab, { invite: 'CONFIRMED', attendance: 'CAME', broughtFriend: true })
      const { calendar: working } = lab.playbook
      const dates = work(lab).map((key) => working.dateOf(Date.parse(String(lab.written('task', key)['dueAt']))))
      const own = working.dateOf(Date.parse(heldOn))
      expect(dates.filter((date) => date !== own && !working.isWorkday(date))).toEqual([])
    }
    expect(salon('CAMP-S1', { heldOn: '2026-04-11T06:00:00.000Z' }).openTasks().length).toBeGreaterThan(0)
  })

  it.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago'])(
    'Mautic #9592 #11602: timers move on over both changes of the clocks, in %s',
    (zone) => {
      // at midnight and at two, where clocks jump
      const hours = [
        { from: '00:00', to: '03:00' },
        { from: '23:30', to: '00:00' },
      ]
      const everyDay = { ...calendar, zone, hours, country: 'NONE' as const, weekdays: [1, 2, 3, 4, 5, 6, 7] }
      const levels = [{ role: 'RM' as const, allowanceMinutes: 30 }]
      const policy = { id: 'ALL', name: { en: 'All', zh: '全部' }, causes: '-', tiers: '-', levels }
      for (const from of ['2026-03-03', '2026-08-31', '2026-09-28', '2026-10-19']) {
        const subject = new Subject('company:c1', { calendar: everyDay, escalations: [policy] }).known()
        subject.at(`${from} 01:00`)
        subject.balance(50_000_000, `${from} high`)
        subject.balance(10_000_000, `${from} low`)
        const fired = subject.until(`${subject.playbook.calendar.addDays(from, 40)} 01:00`, 1000)
        // 3.5 hours a day: seven times, less or more by the hour that is lost or won
        expect(fired.length).toBeGreaterThan(40 * 7 - 10)
        expect(fired.length).toBeLessThan(40 * 7 + 10)
        expect(fired).toEqual([...new Set(fired)].sort((a, b) => a - b))
      }
    },
  )
})
