import { describe, expect, it } from 'vitest'
import type { Row } from '../../../../method/measures/report.ts'
import { byRank, columnsOf, levelsOf, Rows } from './rows.ts'

const row = (id: string, code: string, now: number): Row => ({ id, code, unit: 'count', now, before: 0 })

describe('figures of the boards', () => {
  const rows = new Rows([
    row('MEAS-PIPE', 'DEV_A/DEV_A01', 3),
    row('MEAS-PIPE', 'DEV_A/DEV_A01/CONVERSION', 50),
    row('MEAS-PIPE', 'DEV_B/DEV_B01', 1),
    row('MEAS-ESC', 'ESC_MOVE/10/OPEN', 1),
    row('MEAS-ESC', 'ESC_MOVE/2/ACKNOWLEDGED', 4),
    row('MEAS-ESC', 'ESC_MOVE/RAISED', 5),
  ])

  it('MEAS-PIPE: pipelines and stages are found from the codes of their figures', () => {
    expect(rows.heads('MEAS-PIPE')).toEqual(['DEV_A', 'DEV_B'])
    expect(rows.heads('MEAS-PIPE', 2)).toEqual(['DEV_A/DEV_A01', 'DEV_B/DEV_B01'])
    expect(rows.one('MEAS-PIPE', 'DEV_A/DEV_A01')?.now).toBe(3)
  })

  it('TIER-ALLOC: the table has the bank’s own columns, what else there is after them, and is left out where nothing is', () => {
    const own = ['VIP', 'INVESTMENT', 'INSURANCE', 'POS', 'PAYROLL', 'ACCOUNT']
    expect(columnsOf([row('TIER-ALLOC', 'LOAN', 2), row('TIER-ALLOC', 'POS', 1)])).toEqual([...own, 'LOAN'])
    expect(columnsOf([row('MEAS-TIER', 'MID', 2)])).toEqual([])
  })

  it('MEAS-ESC: levels are numbers in order, and what is no level is none', () => {
    expect(levelsOf(rows)).toEqual(['2', '10'])
  })

  it('MEAS-TIER: the pyramid has the best on top, the unrated at its foot, the bank’s own between', () => {
    expect(['UNRATED', 'MASS', 'OWN', 'GOLD', 'MID'].sort(byRank)).toEqual(['GOLD', 'MID', 'MASS', 'OWN', 'UNRATED'])
  })
})
