import { describe, expect, it } from 'vitest'
import { Subject } from '../tiers/kit.ts'

const KEY = 'company:c1/escalation/ESC_MOVE/1'

/** A company whose balances (yuan) came one a day from 2026-03-02 10:00 on. */
const company = (...balances: number[]) => {
  const subject = new Subject().known()
  balances.forEach((yuan, day) =>
    subject.at(`2026-03-${String(2 + day).padStart(2, '0')} 10:00`).balance(yuan, `b${day}`),
  )
  return subject
}
const raised = (...balances: number[]) => company(...balances).escalations().length

describe('large movements', () => {
  it.each([
    // high-end: 5,000,000 or 15 %
    [40_000_000, 35_000_000, 1],
    [40_000_000, 35_000_000.01, 0],
    [20_000_000, 17_000_000, 1],
    [20_000_000, 17_000_000.01, 0],
    // mid: 2,000,000 or 20 %; percent counts from 1,000,000 on
    [9_000_000, 7_200_000, 1],
    [9_000_000, 7_200_000.01, 0],
    // general: 1,000,000 or 30 %
    [4_000_000, 3_000_000, 1],
    [4_000_000, 3_000_000.01, 0],
    [1_000_000, 0, 1],
    [900_000, 0, 0],
    // the fall itself takes the customer to a lower tier: measured by the tier before
    [10_000_000, 8_500_000, 1],
    [10_000_000, 8_500_000.01, 0],
    // a rise is none
    [4_000_000, 40_000_000, 0],
  ])('ESC-MOVE: from %d to %d yuan raises %d', (from, to, count) => {
    expect(raised(from, to)).toBe(count)
  })

  it('ESC-MOVE: several small falls count against the highest of the window', () => {
    const subject = company(20_000_000, 19_000_000, 18_000_000, 17_000_000)
    expect(subject.escalations()).toHaveLength(1)
    expect(subject.written('escalation', KEY)['detail']).toBe(
      '2026-03-05 余额 17,000,000 元。较上次（2026-03-04，18,000,000 元）减少 1,000,000 元（5.6%）；' +
        '较 30 天内最高（2026-03-02，20,000,000 元）减少 3,000,000 元（15%）。',
    )
  })

  it('ESC-MOVE: what was before the window counts only as far as it still stood when it began', () => {
    const subject = new Subject().known()
    subject.at('2026-03-02 10:00').balance(20_000_000)
    subject.at('2026-03-03 10:00').balance(18_500_000)
    subject.at('2026-04-10 10:00').balance(17_000_000)
    expect(subject.escalations()).toEqual([])
    subject.at('2026-04-11 10:00').balance(15_700_000)
    expect(subject.escalations()).toHaveLength(1)
  })

  it('ESC-MOVE: one fall is raised once, small facts later raise nothing', () => {
    const subject = company(20_000_000, 10_000_000, 9_900_000, 9_800_000)
    expect(subject.upserts('escalation').filter(({ fields }) => 'detail' in fields)).toHaveLength(1)
  })

  it('ESC-MOVE: the policy of the tier before the fall tells whom', () => {
    expect(company(20_000_000, 1_000_000).escalations()[0]?.policy).toBe('ESC-MOVE-TOP')
    expect(company(9_000_000, 1_000_000).escalations()[0]?.policy).toBe('ESC-MOVE')
  })

  it('ESC-MOVE: while one is open a further movement changes its detail; resolved, a new one raises anew', () => {
    const subject = company(40_000_000, 30_000_000, 20_000_000)
    expect(subject.escalations()).toHaveLength(1)
    expect(subject.written('escalation', KEY)['detail']).toContain('2026-03-04 余额 20,000,000 元')
    const shown = { ...subject.written('escalation', KEY), ladderKey: KEY }
    subject.save('escalation', 'e1', { ...shown, status: 'RESOLVED' }, { at: '2026-03-04T03:00:00.000Z' })
    subject.at('2026-03-05 10:00').balance(19_900_000)
    expect(subject.escalations()).toHaveLength(1)
    subject.at('2026-03-06 10:00').balance(10_000_000)
    expect(subject.escalations().map(({ status }) => status)).toEqual(['RESOLVED', 'OPEN'])
  })

  it('ESC-MOVE: late and doubled facts end where facts in order end', () => {
    const facts = [40, 30, 29, 18, 19].map(
      (million, day) => [million * 1e6, `b${day}`, `2026-03-0${day + 1}T02:00:00.000Z`] as const,
    )
    const play = (order: number[]) => {
      const subject = new Subject().known().at('2026-03-09 10:00')
      for (const index of order) {
        const fact = facts[index]
        if (fact) subject.balance(fact[0], fact[1], fact[2])
      }
      const { balances, escalations, tasks, seenFacts } = subject.state
      return { balances, escalations, tasks, seenFacts, tier: subject.state.rating?.tier }
    }
    const inOrder = play([0, 1, 2, 3, 4])
    for (const order of [
      [4, 3, 2, 1, 0],
      [0, 3, 1, 1, 2, 0, 4],
      [3, 0, 2, 4, 1],
    ])
      expect(play(order)).toEqual(inOrder)
  })

  it('ESC-MOVE: an individual is watched by the rows of its tiers', () => {
    const subject = new Subject('person:p1').known()
    subject.balance(1_200_000)
    subject.balance(700_000)
    expect(subject.escalations()).toHaveLength(1)
  })
})
