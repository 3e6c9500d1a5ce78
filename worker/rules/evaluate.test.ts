import { describe, expect, it } from 'vitest'
import { compileTable, explain, type HitPolicy } from './index.ts'
import { assets, kind, run, since, table } from './kit.ts'

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
