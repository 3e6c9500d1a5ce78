import { describe, expect, it } from 'vitest'
import { Subject } from '../tiers/kit.ts'

const MOVE = 'company:c1/escalation/ESC_MOVE/1'
const company = (yuan: number) => {
  const subject = new Subject().known({ ladderGold: false })
  subject.balance(yuan)
  return subject.at('2026-03-03 10:00')
}
const shownOf = (subject: Subject) =>
  subject.escalations().map(({ status, policy, level, climbsAt }) => ({ status, policy, level, climbsAt }))

describe('gold and a fall on one day', () => {
  it('ESC-MOVE: whichever comes first, the ladder is that of a gold customer', () => {
    const goldFirst = company(4_000_000)
    goldFirst.save('company', 'c1', { ladderGold: true })
    goldFirst.balance(0)
    const fallFirst = company(4_000_000)
    fallFirst.balance(0)
    expect(fallFirst.escalations()[0]?.policy).toBe('ESC-MOVE')
    fallFirst.save('company', 'c1', { ladderGold: true })
    expect(shownOf(fallFirst)).toEqual(shownOf(goldFirst))
    expect(shownOf(fallFirst)[0]?.policy).toBe('ESC-MOVE-TOP')
    expect(fallFirst.openTasks().filter((key) => key.startsWith(MOVE))).toHaveLength(1)
  })

  it('ESC-MOVE: what is large for a gold customer alone is told, taken back and told again as gold is decided', () => {
    const subject = company(9_000_000)
    subject.balance(7_500_000)
    expect(subject.escalations()).toEqual([])
    subject.at('2026-03-03 10:01').save('company', 'c1', { ladderGold: true })
    const told = shownOf(subject)
    expect(told).toMatchObject([{ status: 'OPEN', policy: 'ESC-MOVE-TOP' }])
    subject.at('2026-03-03 10:02').save('company', 'c1', { ladderGold: false })
    expect(shownOf(subject)).toMatchObject([{ status: 'RESOLVED' }])
    expect(subject.openTasks()).toEqual([])
    subject.at('2026-03-03 10:03').save('company', 'c1', { ladderGold: true })
    expect(shownOf(subject)).toEqual(told)
  })

  it('ESC-MOVE: on a later day the ladder stays as it was raised', () => {
    const subject = company(4_000_000)
    subject.balance(0)
    subject.at('2026-03-04 10:00').save('company', 'c1', { ladderGold: true })
    expect(subject.escalations()[0]?.policy).toBe('ESC-MOVE')
  })
})

describe('a cause that goes and comes back', () => {
  const overdue = () => {
    const subject = new Subject('person:p1').known()
    subject.balance(200_000)
    subject.until('2026-06-12 10:00')
    return subject
  }

  it('ESC-CADENCE: on one day the escalation goes on where it stood, with its clock and its tasks', () => {
    const subject = overdue()
    const before = shownOf(subject)
    const dues = Object.values(subject.state.tasks)
      .filter(({ status, about }) => status === 'OPEN' && about.includes('ESC_CADENCE'))
      .map(({ due }) => due)
    expect(before).toMatchObject([{ status: 'OPEN', level: 2 }])
    subject.balance(60_000)
    expect(shownOf(subject)).toMatchObject([{ status: 'RESOLVED', climbsAt: null }])
    subject.balance(200_000)
    expect(shownOf(subject)).toEqual(before)
    const again = Object.values(subject.state.tasks)
      .filter(({ status, about }) => status === 'OPEN' && about.includes('ESC_CADENCE'))
      .map(({ due }) => due)
    expect(again.sort()).toEqual(dues.sort())
  })

  it('ESC-CADENCE: the late word of its settling is not taken for the answer of a person', () => {
    const subject = overdue()
    const key = subject.escalations()[0]?.key ?? ''
    subject.balance(60_000)
    const settled = { ...subject.written('escalation', key), ladderKey: key }
    subject.balance(200_000)
    subject.save('escalation', 'e1', settled)
    expect(shownOf(subject)).toMatchObject([{ status: 'OPEN', level: 2 }])
  })

  it('ESC-CADENCE: what a person resolved stays resolved', () => {
    const subject = overdue()
    const key = subject.escalations()[0]?.key ?? ''
    subject.save('escalation', 'e1', { ...subject.written('escalation', key), ladderKey: key, status: 'RESOLVED' })
    subject.balance(60_000)
    subject.balance(200_000)
    expect(shownOf(subject)).toMatchObject([{ status: 'RESOLVED' }])
  })

  it('ESC-CADENCE: on another day it is a new one', () => {
    const subject = overdue()
    subject.balance(60_000)
    subject.at('2026-06-15 10:00').balance(200_000)
    expect(shownOf(subject)).toMatchObject([
      { status: 'RESOLVED', level: 2 },
      { status: 'OPEN', level: 1 },
    ])
  })
})

describe('a customer of whom nothing is known for a moment', () => {
  const golden = () => new Subject().known({ ladderGold: true }).at('2026-03-03 10:00')

  it('TIER-CONTACT: gold taken off and a balance on one day leave the contact due when it was', () => {
    const balanceFirst = golden()
    balanceFirst.balance(12_000_000)
    balanceFirst.save('company', 'c1', { ladderGold: false })
    const goldFirst = golden()
    goldFirst.save('company', 'c1', { ladderGold: false })
    expect(goldFirst.state.rating).toBeNull()
    goldFirst.balance(12_000_000)
    expect(goldFirst.customer['ladderNextContactDue']).toBe(balanceFirst.customer['ladderNextContactDue'])
  })

  it('TIER-CONTACT: not rated for a while, contacts count from the new rating', () => {
    const subject = golden()
    subject.save('company', 'c1', { ladderGold: false })
    subject.at('2026-05-04 10:00').balance(12_000_000)
    expect(subject.state.cadenceFrom).toBe('2026-05-04')
  })
})
