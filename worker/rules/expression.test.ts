import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateByFeelin } from './feel.ts'
import { compileExpression, namesIn } from './index.ts'

const context = {
  completeness: 85,
  owner: 'Li',
  products: [{ amount: 5 }, { amount: 7 }],
  tags: ['x', 'y'],
  verdict: 'DEVELOP',
  assets: 50000,
  opened: '2026-02-01',
  company: { tier: 'A', 'credit score': 5 },
  nothing: null,
}

function value(text: string): unknown {
  const compiled = compileExpression(text)
  if (!compiled.ok) throw new Error(compiled.issue.message.en)
  return compiled.fn(context)
}

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['completeness >= 80 and owner != null', true],
    ['count(products) > 0', true],
    ['verdict = "DEVELOP"', true],
    ['assets in [50000..100000]', true],
    ['assets in (50000..100000]', false],
    ['list contains(tags, "x")', true],
    ['date("2026-01-01") < opened', true],
    ['opened in [date("2026-02-01")..date("2026-02-28")]', true],
    ['if assets > 1 then "big" else "small"', 'big'],
    ['company.tier', 'A'],
    ['company.credit score * 2', 10],
    ['sum(products.amount)', 12],
    ['nothing > 5', null],
    ['nothing > 5 or owner = "Li"', true],
    ['nothing > 5 and owner = "Wang"', false],
    ['not(nothing)', null],
    ['missing = null', true],
    ['1 / 0', null],
    ['"a" = 1', null],
    ['"a" + "b"', 'ab'],
    ['round half up(2.675, 2)', 2.68],
    ['floor(-1.5)', -2],
    ['max(1, 3, 2)', 3],
    ['number("12.5")', 12.5],
    ['contains("营业部", "业")', true],
    ['verdict in ("DEVELOP", "KEEP")', true],
    ['assets between 1 and 10', false],
    ['constructor', null],
    ['__proto__', null],
  ])('%s is %j', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })
  it('leaves sums of dates, loops and filters to feelin', () => {
    expect(String(value('date("2026-01-31") + duration("P1M")'))).toBe('2026-02-28')
    expect(value('for p in products return p.amount')).toEqual([5, 7])
    expect(value('count(products[amount > 5])')).toBe(1)
    expect(compileExpression('some t in tags satisfies t = "x"')).toMatchObject({ ok: true, byFeelin: true })
  })
  it('says where it stops being FEEL', () => {
    const compiled = compileExpression('assets >')
    expect(compiled).toMatchObject({ ok: false, issue: { code: 'syntax', severity: 'error' } })
  })
  it('equals feelin on numbers, comparisons and logic', () => {
    const leaf = fc.oneof(
      fc.integer({ min: -9, max: 9 }).map(String),
      fc.constantFrom('assets', 'nothing', 'completeness'),
    )
    const { expression } = fc.letrec<{ sum: string; test: string; expression: string }>((tie) => ({
      sum: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum')).map(([a, op, b]) => `(${a} ${op} ${b})`),
      ),
      test: fc
        .tuple(tie('sum'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('sum'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      expression: fc.oneof(
        { depthSize: 'small' },
        tie('test'),
        fc
          .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
      ),
    }))
    fc.assert(
      fc.property(expression, (text) => {
        expect(value(text)).toBe(evaluateByFeelin(text, context))
      }),
      { numRuns: 200 },
    )
  })
  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const compiled = compileExpression(text)
        if (compiled.ok) compiled.fn(context)
        namesIn(text)
      }),
      { numRuns: 300 },
    )
    expect(compileExpression('('.repeat(3000)).ok).toBe(false)
    expect(compileExpression(`${'('.repeat(300)}1${')'.repeat(300)}`).ok).toBe(false)
  })
})

describe('names that an expression reads', () => {
  it.each<[string, string[]]>([
    ['completeness >= 80 and owner != null', ['completeness', 'owner']],
    ['company.tier = "A" or company.tier = "B"', ['company.tier']],
    ['count(products) > limit', ['products', 'limit']],
    ['for p in products return p.amount + fee', ['products', 'fee']],
    ['products[amount > 5]', ['products']],
    ['some t in tags satisfies t = wanted', ['tags', 'wanted']],
    ['{a: 1, b: a + c}.b', ['c']],
    ['date("2026-01-01") < opened', ['opened']],
    ['1 +', []],
  ])('%s', (text, expected) => {
    expect(namesIn(text)).toEqual(expected)
  })
})
