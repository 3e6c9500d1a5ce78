import { describe, expect, it } from 'vitest'
import { BANK } from '../../../schemas/events/keys.ts'
import { Subject } from '../tiers/kit.ts'

describe('figures as records', () => {
  const shown = (records: 'daily' | 'weekly' | 'never') => {
    const bank = new Subject(BANK, { measures: { lowTiers: [], lostBelow: 0, records } }).at('2026-03-04 10:00')
    bank.feed({ type: 'time.passed', id: 'playbook/1' })
    bank.until('2026-03-17 18:00')
    const all = bank.decisions.flatMap((one) =>
      one.do === 'gather' && one.gather.query === 'measures' ? [one.gather] : [],
    )
    return { bank, days: all.map(({ params }) => params['on']), last: all.at(-1) }
  }

  it('MEAS-4x2: figures of the day before are asked for each workday, each week, or never', () => {
    const daily = ['2026-03-04', '2026-03-05', '2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']
    expect(shown('daily').days).toEqual([...daily, '2026-03-15', '2026-03-16'])
    expect(shown('weekly').days).toEqual(['2026-03-08', '2026-03-15'])
    expect(shown('never').days).toEqual([])
  })

  it('MEAS-4x2: a figure is written when it has changed, in yuan where it is money, and emptied when it is no more', () => {
    const { bank, last } = shown('weekly')
    if (!last) throw new Error('nothing was asked')
    const row = {
      ref: BANK,
      id: 'MEAS-4x2',
      code: 'COST_OF_WINNING',
      unit: 'money',
      now: 12_345,
      before: null,
      branch: '',
    }
    const tell = (id: string, now: number | null) => {
      bank.state.asked = { [id]: 'measures' }
      const rows = now === null ? [] : [{ ...row, now, on: '2026-03-15' }]
      return bank.feed({ type: 'gathered', id, query: 'measures', params: {}, rows, total: rows.length })
    }
    const key = 'bank:main/measure/MEAS-4x2/COST_OF_WINNING/'
    expect(tell('a', 12_345)).toMatchObject([
      { do: 'upsert', object: 'measure', key, fields: { valueNow: 123.45, unit: 'MONEY' } },
    ])
    expect(tell('b', 12_345)).toEqual([])
    expect(tell('c', null)).toMatchObject([{ key, fields: { valueNow: null } }])
    expect(tell('d', null)).toEqual([])
  })
})
