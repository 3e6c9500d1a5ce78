import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testByFeelin } from './feel.ts'
import { compileTable, evaluate, explain, type HitPolicy, type Table } from './index.ts'
import { equal } from './values.ts'

type Input = Table['inputs'][number]
const assets: Input = { name: 'assets', expression: 'assets', type: 'number' }
const kind: Input = { name: 'kind', expression: 'kind', type: 'string' }
const since: Input = { name: 'since', expression: 'since', type: 'date' }

function table(
  hitPolicy: HitPolicy,
  inputs: Input[],
  rows: string[][],
  output: Partial<Table['outputs'][number]> = {},
): Table {
  const rules = rows.map((row, index) => ({ id: `r${index + 1}`, when: row.slice(0, -1), then: row.slice(-1) }))
  return { id: 't', name: 'T', hitPolicy, inputs, outputs: [{ name: 'o', ...output }], rules }
}

function run(source: Table, context: Record<string, unknown>): ReturnType<typeof evaluate> {
  const compiled = compileTable(source, { regions: false })
  if (!compiled.ok) throw new Error(compiled.issues.map((issue) => issue.message.en).join('\n'))
  return evaluate(compiled.table, context)
}

describe('hit policies', () => {
  const rows = [
    ['> 1', '3'],
    ['> 2', '1'],
    ['> 3', '2'],
  ]
  const values = { values: '1, 2, 3' }
  it.each<[HitPolicy, number, unknown, number[]]>([
    ['U', 2, 3, [0]],
    ['F', 9, 3, [0]],
    ['P', 9, 1, [1]],
    ['R', 9, [3, 1, 2], [0, 1, 2]],
    ['O', 9, [1, 2, 3], [1, 2, 0]],
    ['C', 9, [3, 1, 2], [0, 1, 2]],
    ['C+', 9, 6, [0, 1, 2]],
    ['C<', 9, 1, [0, 1, 2]],
    ['C>', 9, 3, [0, 1, 2]],
    ['C#', 9, 3, [0, 1, 2]],
    ['C#', 0, 0, []],
    ['C', 0, null, []],
  ])('%s of %d is %j, by the rows %j', (policy, value, expected, indexes) => {
    const result = run(table(policy, [assets], rows, values), { assets: value })
    expect(result.value).toEqual(expected)
    expect(result.rows.map(({ index }) => index)).toEqual(indexes)
    expect(result.error).toBeUndefined()
  })
  it('U with several hits has no value and says why', () => {
    expect(run(table('U', [assets], rows), { assets: 9 })).toMatchObject({
      value: null,
      error: { code: 'several-hits' },
    })
  })
  it('A takes equal results and refuses different ones', () => {
    const any = table(
      'A',
      [assets],
      [
        ['> 1', '"x"'],
        ['> 2', '"x"'],
        ['> 3', '"y"'],
      ],
    )
    expect(run(any, { assets: 3 }).value).toBe('x')
    expect(run(any, { assets: 4 })).toMatchObject({ value: null, error: { code: 'different-outputs' } })
  })
  it('gives the default when no row hits, and an object for several outputs', () => {
    const source = table('F', [assets], [['> 1', '"x"']], { default: '"none"' })
    expect(run(source, { assets: 0 })).toEqual({ value: 'none', rows: [] })
    source.outputs.push({ name: 'p' })
    source.rules[0]?.then.push('assets * 2')
    expect(run(source, { assets: 4 }).value).toEqual({ o: 'x', p: 8 })
  })
})

describe('cells', () => {
  it('reads ISO dates of records in a date column', () => {
    const source = table(
      'F',
      [since],
      [
        ['< date("2026-03-01")', '"old"'],
        ['[date("2026-03-01")..date("2026-03-31")]', '"march"'],
      ],
    )
    expect(
      ['2026-02-28', '2026-03-31', '2026-03-31T23:00:00Z', '2026-04-01', null, 'x'].map(
        (since) => run(source, { since }).value,
      ),
    ).toEqual(['old', 'march', 'march', null, null, null])
  })
  it('hits a missing value by - and null only', () => {
    expect(
      run(
        table(
          'R',
          [assets],
          [
            ['-', '1'],
            ['null', '2'],
            ['> 1', '3'],
            ['not(> 1)', '4'],
          ],
        ),
        {},
      ).value,
    ).toEqual([1, 2])
  })
  it('takes expressions with ? and other fields, and leaves the rest to feelin', () => {
    const source = table(
      'R',
      [assets, kind],
      [
        ['? > limit', '-', '1'],
        ['-', 'starts with(?, "c")', '2'],
        ['some x in [5] satisfies ? = x', '-', '3'],
      ],
    )
    expect(run(source, { assets: 5, limit: 4, kind: 'corp' }).value).toEqual([1, 2, 3])
    expect(run(source, { assets: 4, limit: 4, kind: 'gov' }).value).toBe(null)
  })
  it('refuses a value outside of the allowed ones', () => {
    const source = table('F', [{ ...kind, values: '"a","b"' }], [['-', '1']])
    expect(run(source, { kind: 'c' })).toMatchObject({ value: null, error: { code: 'not-allowed' } })
    expect(run(source, {}).value).toBe(1)
  })
  it('shares frozen results: nobody can change what the next one gets', () => {
    const result = run(table('C', [assets], [['-', '1']]), {})
    expect(() => (result.rows as unknown[]).push(1)).toThrow()
  })
  it('does not read what every object inherits', () => {
    const source = table(
      'F',
      [{ name: 'c', expression: 'constructor' }],
      [
        ['null', '"missing"'],
        ['-', '"found"'],
      ],
    )
    expect(run(source, {}).value).toBe('missing')
  })
})

it('explains row by row and cell by cell', () => {
  const compiled = compileTable(
    table(
      'F',
      [assets, kind],
      [
        ['>= 10', '"a"', '1'],
        ['-', '-', '2'],
      ],
    ),
  )
  if (!compiled.ok) throw new Error('does not compile')
  const why = explain(compiled.table, { assets: 12, kind: 'b' })
  expect(why.value).toBe(2)
  expect(why.inputs.map(({ value }) => value)).toEqual([12, 'b'])
  expect(why.table[0]).toEqual({
    index: 0,
    id: 'r1',
    hit: false,
    cells: [
      { column: 'assets', cell: '>= 10', hit: true },
      { column: 'kind', cell: '"a"', hit: false },
    ],
  })
})

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
