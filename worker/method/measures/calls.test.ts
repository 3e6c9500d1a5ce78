import { describe, expect, it } from 'vitest'
import { Subject } from '../tiers/kit.ts'
import { Ledger, rowsOf } from './kit.ts'
import { apart } from './report.ts'
import { rowName } from './words.ts'

describe('calls among the figures', () => {
  it('MEAS-CONT, DEV-ACT: calls and their success are of who made them, whosever the customer is, each once', () => {
    const ledger = new Ledger()
    const company = new Subject().known({ accountOwnerId: 'rm1' })
    ledger.look(company)
    const before = ledger.now
    const call = { ladderKind: 'CALL', status: 'DONE' }
    company.save('task', 't1', { ...call, assigneeId: 'rm1', ladderOutcome: 'SUCCESS' })
    company.save('task', 't2', { ...call, assigneeId: 'rm2' })
    company.save('task', 't3', { ...call, assigneeId: 'rm2' })
    ledger.look(company).look(company)
    const of = (rm: string) => rowsOf(apart(ledger.now, 'rm').get(rm) ?? {}, apart(before, 'rm').get(rm) ?? {})
    expect(of('rm1')('MEAS-CONT', 'CALLS/MADE')?.now).toBe(1)
    expect(of('rm1')('MEAS-CONT', 'CALLS/SUCCESS')?.now).toBe(100)
    expect(of('rm2')('MEAS-CONT', 'CALLS/MADE')?.now).toBe(2)
    expect(of('rm2')('MEAS-CONT', 'CALLS/SUCCESS')?.now).toBe(0)
    company.now += 60_000
    company.save('task', 't3', { ...call, assigneeId: 'rm2', status: 'TODO' })
    expect(of('rm2')('MEAS-CONT', 'CALLS/MADE')?.now).toBe(2)
    ledger.look(company)
    expect(of('rm2')('MEAS-CONT', 'CALLS/MADE')?.now).toBe(1)
    // months later the days are no longer kept, and nothing is taken back
    company.at('2026-06-30 10:00').known({ name: '华星集团' })
    expect(company.state.calls).toBeUndefined()
    expect(rowsOf(ledger.look(company).now, before)('MEAS-CONT', 'CALLS/MADE')?.now).toBe(2)
  })

  it('MEAS-CONT: the calls of a customer that was merged into another one stay counted once', () => {
    const ledger = new Ledger()
    const [own, other] = [new Subject('company:a').known(), new Subject('company:b').known()]
    other.save('task', 't1', { ladderKind: 'CALL', status: 'DONE', assigneeId: 'rm' })
    ledger.look(own).look(other)
    const at = new Date(own.now).toISOString()
    own.feed({ type: 'subject.merged', id: 'm', from: 'company:b', at, state: structuredClone(other.state) })
    ledger.look(own).leave(other)
    expect(own.state.calls).toEqual({ rm: { '2026-03-02': [1, 0] } })
    expect(rowsOf(ledger.now)('MEAS-CONT', 'CALLS/MADE')?.now).toBe(1)
  })
})

describe('names of figures', () => {
  it('figures are named in words, never by codes (MEAS-PIPE, MEAS-ESC, MEAS-CAMP)', () => {
    const { ctx } = new Subject()
    const name = (id: string, code: string) => rowName(ctx, { id, code }, '')
    expect(name('MEAS-PIPE', 'DEV_A/DEV_A03/CONVERSION')).toBe('开发漏斗：大客户开发流程 收集目标客户信息 转化率')
    expect(name('MEAS-ESC', 'ESC_MOVE/2/SNOOZED')).toBe('升级督办：大额异动 第 2 级 稍后提醒')
    expect(name('MEAS-CAMP', 'CAMP-S1/LEADS')).toBe('营销活动：理财客户转介绍沙龙 商机')
    expect(name('TIER-ALLOC', 'PAYROLL')).toBe('机构分配：代发')
    expect(name('MEAS-CONT', 'CALLS/MADE')).toBe('客户联系：电话 已联系（标准每人每日 30–50）')
    expect(name('MEAS-TIER', 'HIGH→MID')).toBe('客户等级：高端→中端')
  })
})
