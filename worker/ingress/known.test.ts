import { describe, expect, it } from 'vitest'
import { KnownAccounts } from './known.ts'

describe('KnownAccounts', () => {
  it('asks the list once for a known name, and at most once a second for unknown ones', async () => {
    const known = new KnownAccounts()
    let asked = 0
    const list = async () => {
      asked++
      return ['bank']
    }
    expect(await known.has('bank', list, 0)).toBe(true)
    expect(await known.has('bank', list, 10_000)).toBe(true)
    for (let at = 10_000; at < 12_000; at += 100) expect(await known.has(`x${at}`, list, at)).toBe(false)
    expect(asked).toBe(3)
  })

  it('finds an account that was connected just now when told that the list has changed', async () => {
    const known = new KnownAccounts()
    const names: string[] = []
    expect(await known.has('bank', async () => names, 0)).toBe(false)
    names.push('bank')
    expect(await known.has('bank', async () => names, 1)).toBe(false)
    known.forget()
    expect(await known.has('bank', async () => names, 2)).toBe(true)
  })

  it('deliveries that come while the list is asked wait for its answer', async () => {
    const known = new KnownAccounts()
    const list = async () => {
      await Promise.resolve()
      return ['bank']
    }
    const all = [known.has('bank', list, 0), known.has('bank', list, 0), known.has('other', list, 0)]
    expect(await Promise.all(all)).toEqual([true, true, false])
  })

  it('a list that could not be read is asked again', async () => {
    const known = new KnownAccounts()
    await expect(known.has('bank', () => Promise.reject(new Error('away')), 0)).rejects.toThrow('away')
    expect(await known.has('bank', async () => ['bank'], 0)).toBe(true)
  })
})
