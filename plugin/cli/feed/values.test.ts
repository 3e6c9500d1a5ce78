import { describe, expect, it } from 'vitest'
import { fill, holds, timeOf, valueOf, yuan } from './values.ts'

const row = { ID: '7', KIND: 'Corp', MONTHS: '8', EMPTY: '', X: '-12.5', DAY: '2026-02-28' }

describe('yuan', () => {
  it('are reckoned in whole numbers and rounded half away from zero', () => {
    expect(yuan('1.005', 1)).toBe('1.01')
    expect(yuan('-1.005', 1)).toBe('-1.01')
    expect(yuan('0.1', 3)).toBe('0.30')
    expect(yuan('9.34E-05', 1000)).toBe('0.09')
    expect(yuan('-0.001', 1)).toBe('0.00')
    expect(yuan('9007199254740.993', 1)).toBe('9007199254740.99')
    expect(yuan('3', 0.001)).toBe('0.00')
    expect(yuan(' +5. ', 1e3)).toBe('5000.00')
  })

  it.each(['', '.', 'abc', '1,000', '--1', 'NaN', 'Infinity'])('are not made of "%s"', (text) =>
    expect(yuan(text, 1)).toBeNull(),
  )
})

describe('a value', () => {
  it('fills columns into text, and is left out when empty', () => {
    expect(fill('Client {ID} {NONE}', row)).toBe('Client 7 ')
    expect(valueOf('{EMPTY}', row)).toEqual({ ok: true, value: undefined })
  })

  it('may be looked up', () => {
    expect(valueOf({ column: 'KIND', map: { Corp: 'company' }, else: 'person' }, row)).toMatchObject({
      value: 'company',
    })
    expect(valueOf({ column: 'ID', map: { Corp: 'company' }, else: false }, row)).toMatchObject({ value: false })
    expect(valueOf({ column: 'K', map: { a: 'b' } }, { K: 'constructor' })).toEqual({ ok: true, value: undefined })
  })

  it('may be a day moved back, the last of a shorter month where needed', () => {
    expect(valueOf({ date: '2026-10-31', minusMonths: '{MONTHS}' }, row)).toMatchObject({ value: '2026-02-28' })
    expect(valueOf({ date: '{DAY}', minusDays: 28 }, row)).toMatchObject({ value: '2026-01-31' })
    expect(valueOf({ date: '2026-10-31', minusMonths: '{EMPTY}' }, row)).toEqual({ ok: true, value: undefined })
    expect(valueOf({ date: '{KIND}' }, row)).toMatchObject({ ok: false })
    expect(valueOf({ date: '{DAY}', minusMonths: '{X}' }, row)).toMatchObject({ ok: false })
  })
})

it('a time without an offset gets the mapping’s', () => {
  expect(timeOf('{DAY}', row, '+08:00')).toMatchObject({ value: '2026-02-28T00:00:00+08:00' })
  expect(timeOf('2026-02-28 10:00:00', row, '+08:00')).toMatchObject({ value: '2026-02-28T10:00:00+08:00' })
  expect(timeOf('2026-02-28T10:00:00Z', row, '+08:00')).toMatchObject({ value: '2026-02-28T10:00:00Z' })
  expect(timeOf('{EMPTY}', row, '+08:00')).toMatchObject({ ok: false })
})

it('a condition looks at a column as text or number', () => {
  expect([holds(undefined, row), holds('ID', row), holds('EMPTY', row)]).toEqual([true, true, false])
  expect(holds({ column: 'KIND', is: ['Corp'] }, row)).toBe(true)
  expect(holds({ column: 'KIND', isNot: ['Corp'] }, row)).toBe(false)
  expect(holds({ column: 'ID', atLeast: 7, below: 8 }, row)).toBe(true)
  expect(holds({ column: 'X', atLeast: 0 }, row)).toBe(false)
  expect(holds({ column: 'EMPTY', below: 3 }, row)).toBe(false)
})
