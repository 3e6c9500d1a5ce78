import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import type { Lab } from '../stages/kit.ts'
import { answer, answerWith, asks, broadcasts, person, rowsOf, salon, tell } from './kit.ts'

const record = (lab: Lab): Fields => lab.state.records['campaign']?.['k1']?.fields ?? {}

describe('news', () => {
  it('CAMP-EVT: first the check for the bank’s image, alone; then it goes out, in working hours', () => {
    const lab = salon('CAMP-EVT')
    expect(lab.openTasks()).toEqual(['campaign:k1/task/day-1'])
    // Monday 10:00 and two working hours
    expect(lab.written('task', 'campaign:k1/task/day-1')['dueAt']).toBe(
      new Date(lab.instant('2026-03-02 12:00')).toISOString(),
    )
    expect(asks(lab)).toEqual([])
    expect(record(lab)['notice']).toMatch(/银行形象/)
    lab.now += 60_000
    lab.save('campaign', 'k1', { imageChecked: true })
    expect(lab.openTasks().length).toBeGreaterThan(1)
    expect(asks(lab)).toHaveLength(1)
    expect(record(lab)['notice']).toBe('')
  })

  it('CAMP-EVT: of this very moment, it goes to guests while it is news, and to nobody afterwards', () => {
    const lab = salon('CAMP-EVT', { imageChecked: true, heldOn: '2026-03-02T01:30:00.000Z' })
    const told = broadcasts(answer(lab, 'p1')).at(-1)?.campaign
    expect(told).toMatchObject({ list: ['person:p1'], until: new Date(lab.instant('2026-03-04 12:00')).toISOString() })
    const [guest, late] = [person(80_000), person(80_000)]
    if (!told) throw new Error('nobody was told')
    tell(guest, told)
    expect(guest.upserts('participation')).toHaveLength(1)
    late.now = lab.instant('2026-03-04 13:00')
    tell(late, told)
    expect(late.upserts('participation')).toEqual([])
  })

  it('CAMP-EVT: not checked while it is news, it is cancelled and all work closed', () => {
    const lab = salon('CAMP-EVT')
    // 16 working hours of seven a day
    lab.until('2026-03-04 11:59')
    expect(record(lab)['status']).toBe('PLANNED')
    lab.until('2026-03-04 12:01')
    expect(record(lab)['status']).toBe('CANCELLED')
    expect(lab.openTasks()).toEqual([])
    expect(record(lab)['notice']).toMatch(/已失时效/)
  })

  it('CAMP-EVT: once it is no news any more nothing goes out, neither at the bank nor to guests', () => {
    const lab = salon('CAMP-EVT', { imageChecked: true })
    const told = broadcasts(answer(lab, 'p1')).at(-1)?.campaign
    const guest = person(80_000)
    if (told) tell(guest, told)
    const open = guest.open('person:p1/campaign/k1/')
    expect(open).toHaveLength(1)
    lab.until('2026-03-05 10:00')
    const last = broadcasts(lab.decisions).at(-1)?.campaign
    expect(last).toMatchObject({ stale: true, cancelled: false })
    expect(lab.openTasks().filter((key) => /day-[12]$/.test(key))).toEqual([])
    if (last) tell(guest, last)
    expect(guest.open('person:p1/campaign/k1/')).toEqual([])
  })
})

describe('posts', () => {
  it('CAMP-MIC: posts are due at their times of each working day, by segment, content in turn; nobody is invited', () => {
    const lab = salon('CAMP-MIC', { heldOn: '2026-04-30T01:00:00.000Z' })
    const posts = lab.upserts('task').filter(({ key }) => key.includes('/post-'))
    expect(posts).toHaveLength(20 * 2 * 2)
    const dues = posts.map(({ fields }) => String(fields['dueAt']))
    const at = (local: string): string => new Date(lab.instant(local)).toISOString()
    // Thursday, then after the free days of May, not on the Saturday in between
    expect(dues.slice(0, 4)).toEqual(
      ['2026-04-30 08:30', '2026-04-30 17:30', '2026-05-06 08:30', '2026-05-06 17:30'].map(at),
    )
    const titles = posts.map(({ fields }) => String(fields['title']))
    expect(titles.slice(0, 4).map((title) => title.split('：').at(-1))).toEqual([
      '管理资讯',
      '一图读懂政策',
      '财税提示',
      '本行产品',
    ])
    expect(titles.some((title) => title.includes('农户推送：农业技术'))).toBe(true)
    expect(asks(lab)).toEqual([])
    expect(broadcasts(lab.decisions)).toEqual([])
  })

  it('CAMP-MIC: a plan that begins on a free day begins on the next workday, once a day', () => {
    const lab = salon('CAMP-MIC', { heldOn: '2026-03-07T01:00:00.000Z' })
    const days = lab
      .upserts('task')
      .filter(({ key }) => key.includes('/post-1-'))
      .map(({ fields }) => String(fields['dueAt']))
    expect(new Set(days).size).toBe(days.length)
    expect(days[0]).toBe(new Date(lab.instant('2026-03-09 08:30')).toISOString())
  })
})

describe('a club', () => {
  const next = 'campaign:k1/next'

  it('CAMP-INT: when a meeting is over the next one is made, once, the same weekday and time some weeks later', () => {
    const lab = salon('CAMP-INT')
    answer(lab, 'p1')
    lab.until('2026-04-10 17:00')
    expect(lab.upserts('campaign')).toEqual([])
    lab.until('2026-04-30 18:00')
    expect(lab.upserts('campaign').map(({ key }) => key)).toEqual([next])
    expect(lab.written('campaign', next)).toMatchObject({
      name: '春季沙龙 2026-05-08',
      heldOn: '2026-05-08T06:00:00.000Z',
      templateCode: 'CAMP-INT',
      series: 'k1',
      meeting: 2,
      status: 'PLANNED',
    })
  })

  it('CAMP-INT: a meeting on a free day moves to a workday, the last and a cancelled one have no next', () => {
    const holiday = salon('CAMP-INT', { heldOn: '2026-09-03T06:00:00.000Z' })
    holiday.at('2026-09-04 10:00').feed({ type: 'time.passed', id: 'x' })
    // four weeks later is 1 October
    expect(holiday.written('campaign', next)['heldOn']).toBe('2026-10-08T06:00:00.000Z')
    for (const fields of [{ meeting: 12 }, { status: 'CANCELLED' }] as Fields[]) {
      const lab = salon('CAMP-INT')
      lab.now += 60_000
      lab.save('campaign', 'k1', fields)
      lab.at('2026-04-13 10:00').feed({ type: 'time.passed', id: 'x' })
      expect(lab.upserts('campaign')).toEqual([])
    }
  })

  it('CAMP-INT: members and the friends whom they brought are asked first, whatever the rule says', () => {
    const [wish] = asks(salon('CAMP-INT', { series: 'k0', size: 2 }))
    const poor = person(1_000, {}, 'p1')
    poor.save('participation', 's1', { campaign: 'k0', person: 'p1', invite: 'CONFIRMED' })
    const friend = person(0, { ladderReferral: 'CAMP-INT/k0' }, 'p2')
    const rich = person(900_000, {}, 'p3')
    const left = person(1_000, {}, 'p4')
    left.save('participation', 's4', { campaign: 'k0', person: 'p4', invite: 'DECLINED' })
    expect(rowsOf(wish, rich, poor, friend, left).map(({ ref }) => ref)).toEqual([
      'person:p1',
      'person:p2',
      'person:p3',
    ])
  })
})

describe('a programme in phases', () => {
  const year = (lab: Lab): Fields => record(lab)
  const programme = (): Lab => salon('CAMP-PHASE', { name: '深耕', heldOn: '2026-09-01T01:00:00.000Z' })
  const counted = (lab: Lab, code: string, base: number, done: number) =>
    answerWith(lab, [{ ref: 'base', fits: base }, ...(done > 0 ? [{ ref: code, fits: done }] : [])], 'audience')

  it('CAMP-PHASE: each phase begins with a task for its leader, due on its last workday; nobody is invited', () => {
    const lab = programme()
    expect(lab.open('campaign:k1/phase/')).toEqual([])
    lab.until('2026-09-01 10:00')
    expect(lab.written('task', 'campaign:k1/phase/CLASSIFY')).toMatchObject({
      ladderRole: 'SUB_BRANCH_PRESIDENT',
      dueAt: new Date(lab.instant('2026-10-20 17:30')).toISOString(),
    })
    lab.until('2026-10-21 10:00')
    // 31 October is a Saturday
    expect(lab.written('task', 'campaign:k1/phase/PLAN')).toMatchObject({
      ladderRole: 'EXPANSION_LEAD',
      dueAt: new Date(lab.instant('2026-10-30 17:30')).toISOString(),
    })
    lab.until('2026-11-02 10:00')
    expect(lab.written('task', 'campaign:k1/phase/DEEPEN')).toMatchObject({ ladderRole: 'VICE_PRESIDENT' })
    expect(asks(lab)).toEqual([])
  })

  it('CAMP-PHASE: progress is counted each workday, and stands on the record against its target', () => {
    const lab = programme()
    lab.until('2026-09-02 10:00')
    expect(asks(lab, 'audience').map(({ params }) => params['on'])).toEqual(['2026-09-01', '2026-09-02'])
    counted(lab, 'CLASSIFY', 200, 90)
    expect(year(lab)).toMatchObject({ progress: 45 })
    expect(year(lab)['notice']).toContain('存量客户分类：90/200（45%），目标 100%（10-20 前）')
    lab.until('2026-09-02 18:00')
    expect(asks(lab, 'audience')).toHaveLength(2)
  })

  it('CAMP-PHASE: behind its target on the last workday warns the branch president, once; on target nobody', () => {
    const lab = programme()
    lab.until('2026-10-19 10:00')
    counted(lab, 'CLASSIFY', 200, 150)
    expect(lab.open('campaign:k1/phase/CLASSIFY/behind')).toEqual([])
    lab.until('2026-10-20 10:00')
    counted(lab, 'CLASSIFY', 200, 190)
    expect(lab.written('task', 'campaign:k1/phase/CLASSIFY/behind')).toMatchObject({
      ladderRole: 'PRESIDENT',
      assigneeId: 'p',
      title: '深耕：存量客户分类进度落后，完成 95%，目标 100%',
    })
    lab.until('2026-10-30 10:00')
    counted(lab, 'PLAN', 200, 120)
    expect(lab.upserts('task').filter(({ key }) => key.endsWith('/behind'))).toHaveLength(1)
  })

  it('CAMP-PHASE: what counts is the phase’s own rule over the audience, since its first day', () => {
    const lab = programme()
    lab.until('2026-11-02 10:00')
    const wish = asks(lab, 'audience').at(-1)
    const met = person(80_000, {}, 'p1').at('2026-11-02 09:00')
    met.fact({ kind: 'customer.profile', customer: 'person', name: '王', lastContactOn: '2026-11-02' })
    const before = person(80_000, {}, 'p2').at('2026-11-02 09:00')
    before.fact({ kind: 'customer.profile', customer: 'person', name: '李', lastContactOn: '2026-10-30' })
    expect(rowsOf(wish, met, before)).toEqual([
      { ref: 'DEEPEN', fits: 1 },
      { ref: 'base', fits: 2 },
    ])
  })
})
