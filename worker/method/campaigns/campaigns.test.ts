import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Lab } from '../stages/kit.ts'
import { answer, asks, broadcasts, HELD, openedOf, salon } from './kit.ts'

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
  for (const { code, timeline, plan } of defaultPlaybook.campaigns) {
    if (plan?.posts ?? plan?.phases) continue
    it(`${code}: opens with all its work, before, on and after the day, and tells its guests once`, () => {
      const lab = salon(code, { imageChecked: true })
      const own = timeline.filter(({ per }) => per === 'campaign')
      expect(lab.open('campaign:k1/task/')).toHaveLength(own.length)
      expect(asks(lab)).toHaveLength(1)
      expect(broadcasts(answer(lab, 'p1'))).toMatchObject([
        { campaign: { id: 'k1', templateCode: code, heldOn: HELD, cancelled: false, list: ['person:p1'] } },
      ])
    })
  }

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
    answer(lab, 'p1')
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
    answer(lab, 'p1')
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
    answer(lab, 'p1')
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
    const fields: Fields = lab.state.records['campaign']?.['k1']?.fields ?? {}
    expect(fields).toMatchObject({ invited: 3, confirmed: 1, attended: 1, friends: 1 })
    expect(fields['notice']).toMatch(/3 人/)
  })
})
