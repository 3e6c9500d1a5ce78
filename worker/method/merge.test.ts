import { describe, expect, it } from 'vitest'
import type { SubjectMerged } from '../../schemas/events/index.ts'
import { all, codeOf, Lab } from './stages/kit.ts'
import type { SubjectState } from './state.ts'

const merged = (loser: Lab, at = '2026-03-03T02:00:00.000Z'): SubjectMerged => ({
  type: 'subject.merged',
  id: `${loser.state.ref}/merged`,
  from: loser.state.ref,
  at,
  state: JSON.parse(JSON.stringify(loser.state)) as SubjectState,
})

/** A company with its number and so many yuan. */
const company = (id: string, number: string | null, yuan?: number): Lab => {
  const lab = Lab.of(`company:${id}`)
  lab.known({ ladderCustomerNo: number })
  if (yuan !== undefined) balance(lab, number ?? 'none', yuan)
  return lab
}

const balance = (lab: Lab, customerNo: string, yuan: number, at = new Date(lab.now).toISOString()) =>
  lab.feed({
    type: 'fact',
    id: `${customerNo}/${at}`,
    customerNo,
    at,
    data: { kind: 'balance.changed', amount: yuan * 100 },
  })

/** The winner hears that the loser was merged into it, at the winner's own time. */
const merge = (winner: Lab, loser: Lab) => {
  winner.now = Math.max(winner.now, loser.now)
  return winner.feed(merged(loser))
}

const openTasks = (lab: Lab, prefix = ''): string[] => lab.open(prefix)
const standing = (lab: Lab) => lab.escalations().filter((one) => one.standing && one.status !== 'RESOLVED')

describe('a customer that was merged into another', () => {
  it('its developments go on where they stood, with the tasks that the CRM has', () => {
    const [winner, loser] = [company('w', 'W'), company('l', 'L')]
    loser.develop({ company: 'l', ...all, stage: codeOf(1) })
    loser.develop({ stage: codeOf(4) })
    const [task = ''] = openTasks(loser, 'company:l/stage/')
    const before = loser.state.developments['d1']
    const decisions = merge(winner, loser)
    expect(winner.state.developments['d1']).toEqual(before)
    expect(winner.development).toMatchObject({ stage: codeOf(4) })
    // the task that is open stays open: nothing is made or closed for it
    expect(decisions.filter((one) => one.do === 'upsert' && one.object === 'task')).toEqual([])
    // moved on later, it is closed under the key that the CRM knows
    winner.develop({ stage: codeOf(5) })
    expect(winner.written('task', task)).toMatchObject({ status: 'DONE' })
    expect(openTasks(winner, 'company:w/stage/d1/DEV_A05')).toHaveLength(1)
  })

  it('TIER-CORP: balances of both numbers count together, and facts for either number reach the whole', () => {
    const [winner, loser] = [company('w', 'W', 4_000_000), company('l', 'L', 6_500_000)]
    merge(winner, loser)
    expect(winner.state.balances.at(-1)?.amount).toBe(10_500_000_00)
    winner.now += 60_000
    balance(winner, 'L', 7_000_000)
    winner.now += 60_000
    balance(winner, 'W', 5_000_000)
    expect(winner.state.balances.at(-1)?.amount).toBe(12_000_000_00)
    expect(winner.customer['ladderBalance']).toBe(12_000_000_00)
    expect(winner.state.rating).toMatchObject({ tier: 'HIGH_END', inputs: { amount: 10_500_000_00 } })
  })

  it('ESC-MOVE: neither the merge nor two numbers by turns look like a large movement; a fall of one is one', () => {
    const [winner, loser] = [company('w', 'W', 12_000_000), company('l', 'L', 1_000_000)]
    merge(winner, loser)
    for (const [number, yuan] of [
      ['L', 1_100_000],
      ['W', 12_100_000],
      ['L', 1_200_000],
    ] as const) {
      winner.now += 60_000
      balance(winner, number, yuan)
    }
    expect(winner.escalations()).toEqual([])
    winner.now += 60_000
    balance(winner, 'W', 1_000_000)
    expect(standing(winner)).toHaveLength(1)
  })

  it('ESC-LADDER: of two open escalations of one cause one goes on, the other ends with its task', () => {
    const [winner, loser] = [company('w', 'W', 12_000_000), company('l', 'L', 12_000_000)]
    for (const [lab, number] of [
      [winner, 'W'],
      [loser, 'L'],
    ] as const) {
      lab.now += 60_000
      balance(lab, number, 1_000_000)
      expect(standing(lab)).toHaveLength(1)
    }
    merge(winner, loser)
    expect(standing(winner)).toHaveLength(1)
    const ended = winner.escalations().find((one) => one.status === 'RESOLVED')
    expect(winner.written('escalation', ended?.key ?? '')).toMatchObject({ status: 'RESOLVED' })
    expect(openTasks(winner).filter((key) => key.includes('/escalation/'))).toHaveLength(1)
  })

  it('ESC-LADDER: an escalation of the loser alone goes on under its own key, with what people answered', () => {
    const [winner, loser] = [company('w', 'W'), company('l', 'L', 12_000_000)]
    loser.now += 60_000
    balance(loser, 'L', 1_000_000)
    const [open] = standing(loser)
    merge(winner, loser)
    expect(standing(winner)).toMatchObject([{ key: open?.key, status: 'OPEN' }])
    winner.now += 60_000
    winner.save('escalation', 'e1', { ladderKey: open?.key ?? '', status: 'ACKNOWLEDGED' })
    expect(standing(winner)).toMatchObject([{ key: open?.key, status: 'ACKNOWLEDGED' }])
  })

  it('TIER-CONTACT: of two contact tasks for one day one is left; one that only the loser had is kept', () => {
    const [winner, loser] = [company('w', 'W', 12_000_000), company('l', 'L', 12_000_000)]
    winner.until('2026-12-01 10:00')
    loser.until('2026-12-01 10:00')
    const kept = openTasks(winner, 'company:w/contact/')
    expect([kept.length, openTasks(loser, 'company:l/contact/').length]).toEqual([1, 1])
    merge(winner, loser)
    expect(openTasks(winner).filter((key) => key.includes('/contact/'))).toEqual(kept)
    const [alone] = [company('w', 'W')]
    alone.now = loser.now
    merge(alone, loser)
    expect(openTasks(alone).filter((key) => key.includes('/contact/'))).toHaveLength(1)
    expect(
      alone.decisions.filter((one) => one.do === 'upsert' && one.object === 'task' && one.key.includes('/contact/')),
    ).toEqual([])
  })

  it('holdings: a later fact writes to the record that the CRM has', () => {
    const [winner, loser] = [company('w', 'W'), company('l', 'L')]
    const holding = {
      kind: 'holding.opened',
      holding: 'H1',
      product: 'P',
      amount: 100,
      openedOn: '2026-01-01',
    } as const
    loser.fact(holding)
    loser.save('holding', 'h1', { ladderKey: 'company:l/holding/H1', status: 'OPEN' })
    merge(winner, loser)
    winner.now += 60_000
    winner.fact({ kind: 'holding.closed', holding: 'H1', on: '2026-03-02' })
    expect(winner.written('holding', 'company:l/holding/H1')).toMatchObject({ status: 'CLOSED' })
    expect(winner.upserts('holding').map(({ key }) => key)).toEqual(['company:l/holding/H1'])
  })

  it('told twice is told once; of someone of whom nothing is known too', () => {
    const [winner, loser] = [company('w', 'W', 4_000_000), company('l', 'L', 6_500_000)]
    merge(winner, loser)
    const state = structuredClone(winner.state)
    expect(merge(winner, loser)).toEqual([])
    expect(winner.state).toEqual(state)
    winner.feed({ ...merged(company('x', 'X')), state: null })
    expect(winner.state.merged).toMatchObject({ 'company:l': expect.any(String), 'company:x': expect.any(String) })
  })

  it('a chain: what was merged twice still has the keys of the first', () => {
    const [first, second, third] = [company('l', 'L'), company('m', 'M'), company('w', 'W')]
    first.develop({ company: 'l', ...all, stage: codeOf(1) })
    const [task = ''] = openTasks(first, 'company:l/stage/')
    merge(second, first)
    merge(third, second)
    expect(Object.keys(third.state.merged ?? {}).sort()).toEqual(['company:l', 'company:m'])
    third.develop({ stage: codeOf(2) })
    expect(third.written('task', task)).toMatchObject({ status: 'DONE' })
  })

  it('the record of who is no more is not kept, nor brought back by late word of it', () => {
    const [winner, loser] = [company('w', 'W'), company('l', 'L')]
    merge(winner, loser)
    expect(Object.keys(winner.state.records['company'] ?? {})).toEqual(['w'])
  })
})
