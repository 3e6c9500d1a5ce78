import fc from 'fast-check'
import { Temporal as Polyfill } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { Temporal as Own } from '../../worker/rules/temporal/index.ts'

/** What both may be asked; a refusal is a result as well. */
type Both = typeof Own & typeof Polyfill
const told = (ask: () => unknown): unknown => {
  try {
    const answer = ask()
    return typeof answer === 'object' ? String(answer) : answer
  } catch {
    return 'refused'
  }
}
const alike = (ask: (temporal: typeof Own) => unknown): void => {
  expect(told(() => ask(Own))).toEqual(told(() => ask(Polyfill as unknown as Both)))
}

const two = (value: number): string => String(value).padStart(2, '0')
const dateText = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const nearText = fc
  .date({ min: new Date('1890-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const monthEnd = fc
  .tuple(fc.integer({ min: 1896, max: 2104 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 27, max: 31 }))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`)
const anyDate = fc.oneof(dateText, nearText, monthEnd)
const timeText = fc
  .tuple(fc.nat(24), fc.nat(60), fc.nat(61), fc.constantFrom('', '', '.5', '.000000001', '.123456789', ',25'))
  .map(([hour, minute, second, below]) => `${two(hour)}:${two(minute)}:${two(second)}${below}`)
const durationText = fc
  .record({
    sign: fc.constantFrom('', '-'),
    y: fc.option(fc.nat(30)),
    m: fc.option(fc.nat(40)),
    d: fc.option(fc.nat(900)),
    h: fc.option(fc.nat(90)),
    min: fc.option(fc.nat(200)),
    s: fc.option(fc.nat(200_000)),
    below: fc.constantFrom('', '.5', '.000000001'),
  })
  .map(({ sign, y, m, d, h, min, s, below }) => {
    const part = (count: number | null, unit: string): string => (count === null ? '' : `${count}${unit}`)
    const time = `${part(h, 'H')}${part(min, 'M')}${s === null ? '' : `${s}${below}S`}`
    return `${sign}P${part(y, 'Y')}${part(m, 'M')}${part(d, 'D')}${time && `T${time}`}`
  })
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  '+08:00',
  '-03:30',
  'No/Zone',
]
const zone = fc.constantFrom(...ZONES)
const units = fc.constantFrom('month' as const, 'day' as const, 'second' as const, 'millisecond' as const)

describe("Ladder's own part of Temporal against the polyfill", () => {
  it('reads and writes dates, with all that is told of them', () => {
    fc.assert(
      fc.property(anyDate, (text) => {
        for (const part of ['year', 'month', 'day', 'dayOfWeek', 'dayOfYear', 'weekOfYear'] as const)
          alike(({ PlainDate }) => PlainDate.from(text)[part])
        alike(({ PlainDate }) => PlainDate.from(text))
        alike(({ PlainDate }) => PlainDate.from(text).toPlainDateTime())
      }),
    )
    const days = { year: fc.integer({ min: -300_000, max: 300_000 }), month: fc.integer({ min: -1, max: 14 }) }
    fc.assert(
      fc.property(fc.record({ ...days, day: fc.integer({ min: -1, max: 33 }) }), (fields) => {
        alike(({ PlainDate }) =>
          (PlainDate.from as (from: object, how: object) => unknown)(fields, { overflow: 'reject' }),
        )
      }),
    )
  })

  it('takes the texts that the polyfill takes, and no others', () => {
    const texts = [
      '2026-02-29',
      '2024-02-29',
      '20240229',
      '2024-0229',
      '2024-2-9',
      '2024-02-29T10:00',
      '2024-02-29T10:00Z',
    ]
    texts.push(
      '2024-02-29T25:00',
      '2024-02-29 10:00:00+08:00',
      '2024-02-29T10:00:00,5-03',
      '+002024-02-29',
      '-000000-01-01',
    )
    texts.push(
      '-000001-03-01',
      '2024-02-29T',
      '2024-02-29t1030',
      '20240229T103000.123',
      '',
      'x',
      '2024-13-01',
      '24-01-01',
    )
    texts.push('10', '10:30', 'T10', 'T1030', '10:30:60', '10:3', '1:30', '24:00', '10:30:00+08', '10:30Z', '103000.5x')
    texts.push('+275760-09-13', '+275760-09-14', '-271821-04-18', '2024-02-29+08:00', '10:60')
    for (const text of texts) {
      alike(({ PlainDate }) => PlainDate.from(text))
      // digits alone are no time to Ladder: they may as well be a date
      if (!/^\d{3}/.test(text) || /[Tt ]/.test(text)) alike(({ PlainTime }) => PlainTime.from(text))
      alike(({ PlainDateTime }) => PlainDateTime.from(text))
    }
    fc.assert(
      fc.property(anyDate, timeText, (date, time) => {
        alike(({ PlainTime }) => PlainTime.from(time))
        alike(({ PlainDateTime }) => PlainDateTime.from(`${date}T${time}`))
        for (const part of ['hour', 'minute', 'second', 'millisecond'] as const)
          alike(({ PlainTime }) => PlainTime.from(time)[part])
      }),
    )
  })

  it('reads durations, rounds and totals them from a day on, and adds them', () => {
    fc.assert(
      fc.property(durationText, durationText, anyDate, units, (text, other, date, unit) => {
        const parts = ['years', 'months', 'days', 'hours', 'minutes', 'seconds', 'milliseconds', 'sign'] as const
        for (const largestUnit of ['year', 'day'] as const) {
          const rounded = (temporal: typeof Own) =>
            temporal.Duration.from(text).round({ largestUnit, relativeTo: temporal.PlainDate.from(date) })
          alike(rounded)
          alike((temporal) => rounded(temporal).negated())
          alike((temporal) => rounded(temporal).abs())
          for (const part of parts) alike((temporal) => rounded(temporal)[part])
        }
        const total = (temporal: typeof Own): number =>
          temporal.Duration.from(text).total({ unit, relativeTo: temporal.PlainDate.from('1970-01-01') })
        const [own, wanted] = [told(() => total(Own)), told(() => total(Polyfill as unknown as Both))]
        if (typeof own === 'number' && typeof wanted === 'number') expect(own).toBeCloseTo(wanted, 6)
        else expect(own).toEqual(wanted)
        alike(({ Duration, PlainDate }) => {
          const relativeTo = PlainDate.from('1970-01-01')
          const [one, more] = [text, other].map((each) => Duration.from(each).round({ largestUnit: 'day', relativeTo }))
          return one && more && one.add(more).round({ largestUnit: 'day', relativeTo })
        })
      }),
      { numRuns: 400 },
    )
    for (const count of [0, 1, -90_061_001, 1.5, Number.NaN]) {
      alike(({ Duration, PlainDate }) =>
        Duration.from({ milliseconds: count }).round({ largestUnit: 'day', relativeTo: PlainDate.from('1970-01-01') }),
      )
    }
  })

  it('moves dates and times by durations, and tells what lies between two', () => {
    const rounded = ({ Duration, PlainDate }: typeof Own, text: string) =>
      Duration.from(text).round({ largestUnit: 'year', relativeTo: PlainDate.from('1970-01-01') })
    fc.assert(
      fc.property(anyDate, anyDate, timeText, timeText, durationText, (date, to, time, toTime, text) => {
        alike((temporal) => temporal.PlainDate.from(date).add(rounded(temporal, text)))
        alike((temporal) => temporal.PlainTime.from(time).add(rounded(temporal, text)))
        alike((temporal) => temporal.PlainDateTime.from(`${date}T${time}`).add(rounded(temporal, text)))
        alike(({ PlainDate }) =>
          PlainDate.from(date)
            .until(PlainDate.from(to), { largestUnit: 'month' })
            .round({ largestUnit: 'year', relativeTo: PlainDate.from('1970-01-01') }),
        )
        alike(({ PlainTime }) => PlainTime.from(time).since(PlainTime.from(toTime)))
        for (const largestUnit of ['year', 'day'] as const) {
          alike(({ PlainDateTime }) => {
            const end = PlainDateTime.from(`${to}T${toTime}`)
            return PlainDateTime.from(`${date}T${time}`).since(end, { largestUnit })
          })
        }
      }),
      { numRuns: 600 },
    )
  })

  it('knows zones: moments, offsets, days of 23 and 25 hours', () => {
    const turning = fc.constantFrom('2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05', '2026-10-04')
    fc.assert(
      fc.property(fc.oneof(turning, nearText), fc.nat(47), zone, durationText, (date, half, where, text) => {
        const at = ({ PlainDateTime }: typeof Own) =>
          PlainDateTime.from(`${date}T${two(Math.floor(half / 2))}:${half % 2 === 0 ? '00' : '30'}`).toZonedDateTime(
            where,
          )
        alike((temporal) => at(temporal).epochMilliseconds)
        alike((temporal) => at(temporal).offsetNanoseconds)
        alike((temporal) => at(temporal).toPlainDateTime())
        alike((temporal) => {
          const relativeTo = temporal.PlainDate.from('1970-01-01')
          const duration = temporal.Duration.from(text).round({ largestUnit: 'year', relativeTo })
          return at(temporal).add(duration).toPlainDateTime()
        })
        alike(({ PlainDate, PlainTime }) => {
          const plainTime = PlainTime.from('01:30:00.000000001')
          return PlainDate.from(date).toZonedDateTime({ plainTime, timeZone: where }).epochMilliseconds
        })
      }),
      { numRuns: 600 },
    )
    for (const ms of [0, -1, 1_790_000_000_123, 8.64e15, 8.64e15 + 1, 0.5]) {
      alike(({ Instant }) => Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDateTime())
    }
  })
})
