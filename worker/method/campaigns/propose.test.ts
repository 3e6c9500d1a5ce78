import { describe, expect, it } from 'vitest'
import { BANK } from '../../../schemas/events/keys.ts'
import { Lab } from '../stages/kit.ts'

const bankAt = (local: string): Lab => {
  const bank = Lab.of(BANK).at(local)
  bank.feed({ type: 'time.passed', id: 'playbook/1' })
  return bank
}
const proposed = (bank: Lab) =>
  bank.upserts('campaign').map(({ key }) => key.slice('bank:main/festival/CAMP-HOL/'.length))

describe('festivals', () => {
  it('CAMP-HOL: each festival of the template is proposed once a year, working days ahead, over three years', () => {
    const bank = bankAt('2026-01-05 10:00')
    const before: string[] = []
    for (const end of ['2026-12-31', '2027-12-31', '2028-12-31']) {
      bank.until(`${end} 18:00`)
      const made = proposed(bank).filter((mark) => !before.includes(mark))
      before.push(...made)
      const of = (name: string): number => made.filter((mark) => mark.startsWith(name)).length
      for (const name of ['LANTERN', 'QINGMING', 'DRAGON_BOAT', 'MID_AUTUMN', 'NATIONAL_DAY', 'DOUBLE_NINTH'])
        expect([end, name, of(name)]).toEqual([end, name, 1])
    }
    // 2026's own, and 2027 and 2028 ahead of time; each once
    expect(before.filter((mark) => mark.startsWith('SPRING_FESTIVAL'))).toHaveLength(3)
    expect(new Set(before).size).toBe(before.length)
    expect(bank.upserts('task').filter(({ key }) => key.includes('/propose/'))).toHaveLength(before.length)
  })

  it('CAMP-HOL: what is proposed waits: held on the last workday before the festival, and marketing decides', () => {
    const bank = bankAt('2026-08-20 10:00')
    bank.until('2026-08-31 18:00')
    expect(proposed(bank)).toEqual(['MID_AUTUMN/2026'])
    const [campaign] = bank.upserts('campaign')
    expect(campaign?.fields).toMatchObject({
      name: '节日活动：中秋节 2026-09-25',
      templateCode: 'CAMP-HOL',
      heldOn: new Date(bank.instant('2026-09-24 14:30')).toISOString(),
      status: 'PROPOSED',
    })
    const [task] = bank.upserts('task').filter(({ key }) => key.includes('/propose/'))
    expect(task?.fields).toMatchObject({ title: '请决定：节日活动：中秋节 2026-09-25', ladderRole: 'MARKETING' })
  })

  it('CAMP-HOL: a festival that is too near when Ladder begins is let go', () => {
    const bank = bankAt('2026-09-21 10:00')
    bank.until('2026-09-24 18:00')
    expect(proposed(bank).filter((mark) => mark.startsWith('MID_AUTUMN'))).toEqual([])
  })

  it('CAMP-HOL: a proposal invites nobody and has no work before a person sets it to planned', () => {
    const lab = Lab.of('campaign:k1')
    const fields = { name: '中秋', templateCode: 'CAMP-HOL', heldOn: '2026-04-10T06:00:00.000Z', status: 'PROPOSED' }
    lab.save('campaign', 'k1', fields)
    expect(lab.openTasks()).toEqual([])
    expect(lab.decisions.filter((one) => one.do !== 'update')).toEqual([])
    expect(String(lab.state.records['campaign']?.['k1']?.fields['notice'])).toMatch(/筹备/)
    lab.now += 60_000
    lab.save('campaign', 'k1', { status: 'PLANNED' })
    expect(lab.openTasks().length).toBeGreaterThan(0)
    expect(lab.decisions.some((one) => one.do === 'gather')).toBe(true)
  })
})
