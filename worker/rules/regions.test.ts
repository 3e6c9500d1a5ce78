import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTable, evaluate, type CellIssue, type HitPolicy, type Table } from './index.ts'

const inputs: Table['inputs'] = [
  { name: 'assets', expression: 'assets', type: 'number' },
  { name: 'kind', expression: 'kind', type: 'string', values: '"a","b","c"' },
  { name: 'on', expression: 'on', type: 'boolean' },
]

function table(hitPolicy: HitPolicy, count: number, rows: string[][], values?: string): Table {
  const rules = rows.map((row, index) => ({ id: `r${index + 1}`, when: row.slice(0, -1), then: row.slice(-1) }))
  const output = values === undefined ? { name: 'o' } : { name: 'o', values }
  return { id: 't', name: 'T', hitPolicy, inputs: inputs.slice(0, count), outputs: [output], rules }
}

function check(source: Table): CellIssue[] {
  const compiled = compileTable(source)
  return compiled.ok ? compiled.warnings : compiled.issues
}

const told = (source: Table): string[] =>
  check(source).map(({ code, row, message }) => `${code} ${row ?? ''}: ${message.en}`)

describe('checks of what the rows cover together', () => {
  it('finds nothing in a table without gaps and overlaps, open and closed bounds included', () => {
    expect(
      told(
        table('U', 1, [
          ['< 10', '1'],
          ['[10..20)', '2'],
          ['>= 20', '3'],
        ]),
      ),
    ).toEqual([])
  })
  it('finds the one number that two rows share and the one that none has', () => {
    const issues = told(
      table('U', 1, [
        ['<= 10', '1'],
        ['[10..20)', '2'],
        ['> 20', '3'],
      ]),
    )
    expect(issues).toEqual([
      'overlap 2: Row 2: hits together with row 1 when assets = 10. Under U only one row may hit: narrow one of them, or use hit policy F.',
      'gap : No row covers: assets = 20. Add a row for it, or a default result.',
    ])
  })
  it('tells a gap as wide as it is, over several columns', () => {
    const issues = told(
      table('U', 3, [
        ['< 10', '"a"', '-', '1'],
        ['>= 10', '"a","b"', 'true', '2'],
        ['>= 10', '"a"', 'false', '3'],
      ]),
    )
    expect(issues).toEqual([
      'gap : No row covers: assets < 10 and kind in ("b", "c"). Add a row for it, or a default result.',
      'gap : No row covers: assets >= 10 and kind = "b" and on = false. Add a row for it, or a default result.',
      'gap : No row covers: assets >= 10 and kind = "c". Add a row for it, or a default result.',
    ])
  })
  it('finds rows that earlier ones cover together under F', () => {
    const issues = check(
      table('F', 1, [
        ['< 10', '1'],
        ['>= 10', '2'],
        ['[5..15]', '3'],
      ]),
    )
    expect(issues).toMatchObject([{ code: 'unreachable', severity: 'warning', row: 3, ruleId: 'r3' }])
  })
  it('finds rows that higher priorities cover under P', () => {
    const issues = check(
      table(
        'P',
        1,
        [
          ['< 10', '"low"'],
          ['-', '"high"'],
        ],
        '"high","low"',
      ),
    )
    expect(issues).toMatchObject([{ code: 'unreachable', row: 1 }])
  })
  it('lets rows overlap under A when their results are equal', () => {
    expect(
      told(
        table('A', 1, [
          ['< 10', '1'],
          ['-', '1'],
        ]),
      ),
    ).toEqual([])
    expect(
      check(
        table('A', 1, [
          ['< 10', '1'],
          ['-', '2'],
        ]),
      ),
    ).toMatchObject([{ code: 'overlap', severity: 'error' }])
  })
  it('says when expressions keep it from being sure', () => {
    expect(
      check(
        table('U', 1, [
          ['? > 5', '1'],
          ['? <= 5', '2'],
        ]),
      ),
    ).toMatchObject([{ code: 'not-checked' }])
  })
  it('says when a table is too large to be checked whole', () => {
    const many = Array.from({ length: 20 }, (_each, index) => ({
      name: `n${index}`,
      expression: `n${index}`,
      type: 'number' as const,
    }))
    const rules = Array.from({ length: 60 }, (_each, row) => ({
      id: `r${row}`,
      when: many.map((_column, index) => ((row * 7 + index * 13) % 5 === 0 ? `> ${(row * index) % 17}` : '-')),
      then: ['1'],
    }))
    const source: Table = { id: 't', name: 'T', hitPolicy: 'F', inputs: many, outputs: [{ name: 'o' }], rules }
    expect(check(source).some(({ code }) => code === 'not-checked' || code === 'gap')).toBe(true)
  })
})

describe('cells that cannot be right', () => {
  it.each([
    ['"x"', 'type', '"x" is no number'],
    ['5 7', 'syntax', 'cannot be read from "7" on'],
    ['[5..1]', 'type', 'empty'],
    ['date("2026-02-30")', 'type', 'does not exist'],
  ])('%s: %s', (cell, code, part) => {
    const [issue] = check(
      table('F', 1, [
        [cell, '1'],
        ['-', '2'],
      ]),
    )
    expect(issue).toMatchObject({ severity: 'error', code, row: 1, ruleId: 'r1', column: 'assets', cell })
    expect(issue?.message.en).toContain(part)
    expect(issue?.message.zh).toMatch(/第 1 行/)
  })
  it('names what nobody declared', () => {
    const compiled = compileTable(table('F', 1, [['> limit', 'gold']]), {
      names: { assets: null, limit: null },
      regions: false,
    })
    expect(compiled.ok ? [] : compiled.issues).toMatchObject([{ code: 'unknown-name', row: 1, column: 'o' }])
  })
  it('wants results among the values of their column', () => {
    expect(check(table('F', 1, [['-', '"gold"']], '"GOLD","VIP"'))).toMatchObject([{ code: 'not-allowed', row: 1 }])
  })
})

describe('properties', () => {
  const number = fc.integer({ min: 0, max: 6 })
  const numberCell = fc.oneof(
    fc.constant('-'),
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([op, value]) => `${op} ${value}`),
    fc
      .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
      .map(([open, a, size, close]) => `${open}${a}..${a + size + 1}${close}`),
  )
  const textCell = fc.constantFrom('-', '"a"', '"b","c"', 'not("a")')
  const rows = fc.array(fc.tuple(numberCell, textCell, fc.constantFrom('-', 'true', 'false')), {
    minLength: 1,
    maxLength: 6,
  })
  const samples = Array.from({ length: 57 }, (_each, index) => (index - 2) / 4).flatMap((assets) =>
    ['a', 'b', 'c'].flatMap((kind) => [true, false].map((on) => ({ assets, kind, on }))),
  )

  it('agrees with trying out the values: gaps, overlaps, rows that never decide', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const source = table(
          'R',
          3,
          cells.map((row, index) => [...row, String(index)]),
        )
        const plain = compileTable(source, { regions: false })
        if (!plain.ok) throw new Error('does not compile')
        const hits = samples.map((sample) => evaluate(plain.table, sample).rows.map(({ index }) => index))
        const unique = check({ ...source, hitPolicy: 'U' })
        expect(unique.some(({ code }) => code === 'gap')).toBe(hits.some((rows) => rows.length === 0))
        expect(unique.some(({ code }) => code === 'overlap')).toBe(hits.some((rows) => rows.length > 1))
        const first = check({ ...source, hitPolicy: 'F' })
        const dead = cells.flatMap((_row, index) => (hits.some(([winner]) => winner === index) ? [] : [index + 1]))
        expect(first.filter(({ code }) => code === 'unreachable').map(({ row }) => row)).toEqual(dead)
      }),
      { numRuns: 150 },
    )
  })
})
