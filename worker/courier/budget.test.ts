import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'
import { Limiter } from './limiter.ts'

const kept = () => {
  const values = new Map<string, unknown>()
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    set: (key: string, value: unknown) => {
      values.set(key, value)
    },
  }
}
const SHANGHAI = 'Asia/Shanghai'
const at = (iso: string): number => Date.parse(iso)

describe("a day's calls", () => {
  const noon = at('2026-11-20T04:00:00Z') // 12:00 in Shanghai

  it('reads leave a tenth for writes, both leave a little for others', () => {
    const budget = new Budget(kept())
    for (let used = 0; used < 900; used++) budget.take(noon, SHANGHAI)
    expect(budget.freeAt(noon, 1000, SHANGHAI, 'read')).toBe(at('2026-11-20T16:00:00Z'))
    expect(budget.freeAt(noon, 1000, SHANGHAI, 'write')).toBe(noon)
    for (let used = 900; used < 980; used++) budget.take(noon, SHANGHAI)
    expect(budget.freeAt(noon, 1000, SHANGHAI, 'write')).toBe(at('2026-11-20T16:00:00Z'))
    expect(budget.status(noon, 1000, SHANGHAI)).toEqual({ day: '2026-11-20', used: 980, limit: 1000, left: 20 })
  })

  it('begins anew at the account’s midnight, not at that of Greenwich', () => {
    const budget = new Budget(kept())
    for (let used = 0; used < 1000; used++) budget.take(noon, SHANGHAI)
    const before = at('2026-11-20T15:59:59.999Z')
    expect(budget.status(before, 1000, SHANGHAI).left).toBe(0)
    expect(budget.midnight(before, SHANGHAI)).toBe(before + 1)
    expect(budget.status(before + 1, 1000, SHANGHAI)).toEqual({ day: '2026-11-21', used: 0, limit: 1000, left: 1000 })
  })

  it('believes the CRM when others have used the account', () => {
    const budget = new Budget(kept())
    budget.take(noon, SHANGHAI)
    budget.heard(noon, SHANGHAI, 50)
    expect(budget.freeAt(noon, 1000, SHANGHAI, 'read')).toBeGreaterThan(noon)
    expect(budget.freeAt(noon, 1000, SHANGHAI, 'write')).toBe(noon)
    budget.take(noon, SHANGHAI)
    expect(budget.status(noon, 1000, SHANGHAI)).toMatchObject({ used: 2, left: 49 })
  })

  it('an hour is as long as it is on a day of changing clocks', () => {
    const budget = new Budget(kept())
    // New York's clocks go back on 2026-11-01
    const until = budget.midnight(at('2026-11-01T12:00:00Z'), 'America/New_York')
    expect(Math.abs(until - at('2026-11-02T05:00:00Z'))).toBeLessThanOrEqual(3_600_000)
  })
})

describe('a rate', () => {
  const rate = { perMinute: 720, burst: 60 }

  it('in any ten seconds gives no more than the limit that it was made for', () => {
    const limiter = new Limiter(kept())
    const taken: number[] = []
    for (let now = 0; now < 60_000; now += 10) {
      if (limiter.freeAt(now, rate) > now) continue
      limiter.take(now, rate)
      taken.push(now)
    }
    for (const [index, from] of taken.entries())
      expect(taken.slice(index).filter((one) => one < from + 10_000).length).toBeLessThanOrEqual(190)
    expect(taken.length).toBeGreaterThan(700)
  })

  it('says when there is room again', () => {
    const limiter = new Limiter(kept())
    for (let call = 0; call < 60; call++) limiter.take(0, rate)
    const next = limiter.freeAt(0, rate)
    expect(next).toBe(84)
    expect(limiter.freeAt(next, rate)).toBe(next)
    expect(limiter.freeAt(next, rate, 10)).toBeGreaterThan(next)
  })

  it('pauses as long as it is asked to, else longer each time', () => {
    const limiter = new Limiter(kept(), 'bucket', () => 1)
    expect(limiter.pause(0, rate, 10_000)).toBe(10_000)
    expect(limiter.pause(0, rate, null)).toBe(4_000)
    expect(limiter.pauseAtLeast(0, rate, 5_000)).toBe(8_000)
    expect(limiter.pauseAtLeast(0, rate, 60_000)).toBe(60_000)
    limiter.relax()
    expect(limiter.pause(0, rate, null)).toBe(2_000)
  })
})
