import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { writeDmn, type Table } from '../../../worker/rules/index.ts'
import { registerRules } from './rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'rules-'))
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const table: Table = {
  id: 'review',
  name: 'Review',
  hitPolicy: 'U',
  inputs: [{ name: 'last visit', expression: 'last visit', type: 'date' }],
  outputs: [{ name: 'Review' }],
  rules: [
    { id: 'old', when: ['< date("2026-01-01")'], then: ['date("2026-02-01")'] },
    { id: 'new', when: ['>= date("2026-01-01")'], then: ['duration("P30D")'] },
  ],
}
const dmn = file('review.dmn', writeDmn([table]))
const input = file('input.json', '{"last visit": "2025-12-31"}')

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

/** Runs `ladder rules …` and returns what it prints and its exit code. */
function ladder(...args: string[]): { out: string; err: string; code: unknown } {
  const printed = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed.out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((printed.err += String(text)), true))
  const program = new Command().exitOverride()
  registerRules(program)
  program.parse(['rules', ...args], { from: 'user' })
  return { ...printed, code: process.exitCode }
}

describe('ladder rules eval', () => {
  it('prints the decision as JSON, dates in their FEEL form', () => {
    const { out, code } = ladder('eval', '--dmn', dmn, '--input', input)
    expect(JSON.parse(out)).toEqual({ Review: '2026-02-01' })
    expect(code).toBe(0)
  })
  it('explains by the rows that hit, cell by cell', () => {
    const { out } = ladder('eval', '--dmn', dmn, '--decision', 'Review', '--input', input, '--explain', '--json')
    expect(JSON.parse(out)).toMatchObject({
      Review: '2026-02-01',
      explain: { Review: [{ rows: [{ row: 1, id: 'old', cells: [{ cell: '< date("2026-01-01")', hit: true }] }] }] },
    })
  })
  it.each([
    ['no file', ['--dmn', join(folder, 'none.dmn'), '--input', input], 'no such file'],
    ['no input', ['--dmn', dmn, '--input', join(folder, 'none.json')], 'no such file'],
    ['bad JSON', ['--dmn', dmn, '--input', dmn], 'is not JSON'],
    ['a list', ['--dmn', dmn, '--input', file('list.json', '[]')], 'an object of input data'],
    ['no such decision', ['--dmn', dmn, '--input', input, '--decision', 'X'], 'It has: Review'],
    ['no DMN', ['--dmn', input, '--input', input], 'root element'],
  ])('%s: exit code 2', (_name, args, part) => {
    const { err, code } = ladder('eval', ...args)
    expect(err).toContain(part)
    expect(code).toBe(2)
  })
  it('an input of the wrong type: null, and exit code 1', () => {
    const { out, err, code } = ladder('eval', '--dmn', dmn, '--input', file('wrong.json', '{"last visit": "soon"}'))
    expect(JSON.parse(out)).toEqual({ Review: null })
    expect(err).toContain('last visit')
    expect(code).toBe(1)
  })
})

describe('ladder rules check', () => {
  it('finds nothing in a good table', () => {
    expect(ladder('check', '--dmn', dmn)).toMatchObject({ out: '0 errors, 0 warnings\n', code: 0 })
  })
  it('prints what is wrong, and exits with 1 for errors', () => {
    const rules = [...table.rules, { id: 'more', when: ['date("2026-05-05")'], then: ['1'] }]
    const { out, code } = ladder('check', '--dmn', file('bad.dmn', writeDmn([{ ...table, rules }])))
    expect(out).toContain('error: Review: Row 3: hits together with row 2 when last visit = 2026-05-05')
    expect(code).toBe(1)
  })
})
