import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testByFeelin } from './feel.ts'
import { compileTable, evaluate, explain } from './index.ts'
import { assets, type Input, kind, run, table } from './kit.ts'
import { equal } from './values.ts'

describe('properties', () => {
  const number = fc.integer({ min: -6, max: 6 }).map((value) => value / 2)
  const range = fc
    .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
    .map(([open, a, b, close]) => (a === b ? `[${a}..${a}]` : `${open}${Math.min(a, b)}..${Math.max(a, b)}${close}`))
  const compare = fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([op, value]) => `${op} ${value}`)
  const one = fc.oneof(number.map(String), range, compare)
  const many = fc.array(one, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(', '))
  const numberCell = fc.oneof(
    fc.constant('-'),
    many,
    many.map((tests) => `not(${tests})`),
  )
  const texts = fc.uniqueArray(fc.constantFrom('"a"', '"b"', '"c"'), { minLength: 1 }).map((list) => list.join(','))
  const textCell = fc.oneof(
    fc.constant('-'),
    texts,
    texts.map((list) => `not(${list})`),
  )
  const flagCell = fc.constantFrom('-', 'true', 'false')
  const flag: Input = { name: 'flag', expression: 'flag', type: 'boolean' }
  const rows = fc.array(fc.tuple(numberCell, textCell, flagCell), { minLength: 1, maxLength: 40 })
  const record = fc.record({ assets: number, kind: fc.constantFrom('a', 'b', 'c', 'd'), flag: fc.boolean() })

  it('hits exactly the rows that feelin hits', () => {
    fc.assert(
      fc.property(rows, fc.array(record, { minLength: 1, maxLength: 5 }), (cells, records) => {
        const source = table(
          'R',
          [assets, kind, flag],
          cells.map((row, index) => [...row, String(index)]),
        )
        for (const each of records) {
          const values = [each.assets, each.kind, each.flag]
          const expected = cells.flatMap((row, index) =>
            row.every((cell, column) => testByFeelin(cell, values[column], each) === true) ? [index] : [],
          )
          expect(run(source, each).value ?? []).toEqual(expected)
        }
      }),
      { numRuns: 40 },
    )
  })
  it('explains the rows that it hits', () => {
    fc.assert(
      fc.property(rows, record, (cells, each) => {
        const compiled = compileTable(
          table(
            'R',
            [assets, kind, flag],
            cells.map((row) => [...row, '1']),
          ),
          { regions: false },
        )
        if (!compiled.ok) return
        const why = explain(compiled.table, each)
        expect(why.table.filter(({ hit }) => hit).map(({ index }) => index)).toEqual(why.rows.map(({ index }) => index))
      }),
      { numRuns: 60 },
    )
  })
  it('never throws, whatever stands in a cell', () => {
    const junk = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[-()[\].,"<>=?a-z0-9 +*/{}]{0,40}$/))
    fc.assert(
      fc.property(junk, junk, junk, (a, b, c) => {
        const source = table('F', [assets, { name: 'x', expression: c }], [[a, b, c]])
        const compiled = compileTable(source)
        if (compiled.ok) evaluate(compiled.table, { assets: 1, x: 'y' })
        else expect(compiled.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
  })
  it('runs tables of more combinations than it keeps slots for', () => {
    const inputs = Array.from({ length: 12 }, (_each, index): Input => ({
      name: `n${index}`,
      expression: `n${index}`,
      type: 'number',
    }))
    const rules = [inputs.map((_input, index) => `> ${index}`), inputs.map(() => '< 0'), inputs.map(() => '-')]
    const source = table(
      'F',
      inputs,
      rules.map((row, index) => [...row, String(index)]),
    )
    const all = (value: number): Record<string, unknown> => Object.fromEntries(inputs.map(({ name }) => [name, value]))
    expect([20, -1, 5].map((value) => run(source, all(value)).value)).toEqual([0, 1, 2])
    expect(equal(run(source, {}).value, 2)).toBe(true)
  })
})
