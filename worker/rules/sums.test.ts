import { describe, expect, it } from 'vitest'
import { compileExpression } from './expression.ts'

const value = (text: string): string => {
  const compiled = compileExpression(text)
  return compiled.ok ? String(compiled.fn({})) : compiled.issue.message.en
}

describe('sums of dates, times and durations', () => {
  it.each([
    ['@"2021-01-02T10:10:10@Europe/Paris" - @"2021-01-01T10:10:10@Asia/Dhaka"', 'P1DT5H'],
    ['@"2021-01-02" - @"2021-01-01T10:10:10+11:00"', 'P1DT49M50S'],
    ['@"2024-03-01" - @"2024-02-01"', 'P29D'],
    ['@"2026-01-31" + @"P1M"', '2026-02-28'],
    ['@"P1Y11M" * -2.5', '-P4Y9M'],
    ['@"P10DT23H" / 2.5', 'P4DT9H12M'],
    ['@"P10Y" / @"P5Y"', '2'],
    ['@"P1D" - @"PT36H"', '-PT12H'],
    ['-@"P1D"', '-P1D'],
    ['-(2 + 3)', '-5'],
    ['time(@"2017-08-10T10:20:00+01:00")', '10:20:00+01:00'],
    ['date(@"2017-08-10T23:20:00+01:00")', '2017-08-10'],
    ['years and months duration(date("2011-12-22"), date("2013-08-24"))', 'P1Y8M'],
    ['years and months duration(to: date("2011-12-22"), from: date("2013-08-24"))', '-P1Y8M'],
    ['list replace([1, 2, 3], -1, 4)', '1,2,4'],
  ])('%s is %s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  it.each([
    '@"2021-01-02T10:10:10+02:00" - @"2021-01-01T10:10:10"',
    '@"10:10:10" + @"P1Y"',
    '@"2021-01-01" - @"10:10:10"',
    '@"2021-01-01" + @"2021-01-02"',
    '@"P1Y" + @"P1D"',
    '@"P1D" / 0',
    'list replace([1, 2, 3], 4, 4)',
  ])('%s has no value', (text) => {
    expect(value(text)).toBe('null')
  })
})
