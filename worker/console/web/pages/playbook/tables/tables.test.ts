import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import { fromDmn, toDmn } from './dmn.ts'
import { marksOf } from './marks.ts'
import { asksFor, tryTable } from './try.ts'

const tableOf = (code: string): PlaybookTable => {
  const found = defaultPlaybook.tables.find((one) => one.code === code)
  if (!found) throw new Error(code)
  return found
}

describe('a table in the editor', () => {
  it('comes back as it went in, with its notes and columns', () => {
    for (const table of defaultPlaybook.tables) expect(fromDmn(toDmn(table), table)).toEqual({ ok: true, value: table })
  })

  it('has an id of its own for each column, row and cell: editors tell them apart by it', () => {
    const xml = toDmn(tableOf('TIER_VALUE'))
    const ids = [...xml.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(xml).not.toMatch(/<(input|output|rule|inputEntry|outputEntry)>/)
  })

  it('shows notes where editors have them', () => {
    expect(toDmn(tableOf('TIER_VALUE'))).toContain('<description>Default of this project / 本项目默认值</description>')
  })

  it('numbers new rows on, and puts a new condition among the conditions of a tier rule', () => {
    const table = tableOf('TIER_CORP')
    const xml = toDmn(table)
      .replaceAll(
        /<\/decisionTable>/g,
        '<rule id="DecisionRule_0x"><inputEntry id="a"><text></text></inputEntry><inputEntry id="b"><text>&lt; 0</text></inputEntry><outputEntry id="c"><text>"MID"</text></outputEntry><outputEntry id="d"><text>1</text></outputEntry><outputEntry id="e"><text>"RM"</text></outputEntry></rule></decisionTable>',
      )
      .replace(
        '<output ',
        '<input id="InputClause_1" label="Age"><inputExpression id="e1" typeRef="number"><text>age</text></inputExpression></input><output ',
      )
      .replaceAll(
        '<outputEntry id="TIER_CORP-1-then-1"',
        '<inputEntry id="n1"><text>-</text></inputEntry><outputEntry id="TIER_CORP-1-then-1"',
      )
    const read = fromDmn(xml, table)
    expect(read.ok).toBe(true)
    if (!read.ok) return
    expect(read.value.table.rules.at(-1)).toMatchObject({
      id: `TIER_CORP-${table.table.rules.length + 1}`,
      when: ['-', '< 0'],
    })
    expect(read.value.columns).toMatchObject({ ...table.columns, Age: 'conditions' })
  })

  it('is not taken when it can’t be read', () => {
    expect(fromDmn('<definitions/>', tableOf('TIER_CORP'))).toMatchObject({ ok: false })
  })

  it('marks the row and the cell; an error covers a warning', () => {
    const message = { en: '', zh: '' }
    expect(
      marksOf([
        { severity: 'warning', path: 'tables[1].table.rules[2]', message },
        { severity: 'error', path: 'tables[1].table.rules[2]', message },
        { severity: 'error', path: 'tables[1].table.rules[0].then[1]', message },
        { severity: 'error', path: 'tables[1].columns', message },
      ]),
    ).toEqual([
      { row: 2, column: '', kind: 'bad' },
      { row: 0, column: 'then.1', kind: 'bad' },
    ])
  })
})

describe('a customer that is tried', () => {
  it('TIER-CORP: is rated by what is filled in, in yuan, and told by which row', () => {
    const table = tableOf('TIER_CORP')
    const asked = asksFor(table)
    expect(asked.map(({ name, kind }) => [name, kind])).toEqual([
      ['gold', 'boolean'],
      ['amount', 'number'],
    ])
    const rated = (answers: Record<string, string>) => tryTable(table, asked, answers)
    expect(rated({ gold: 'false', amount: '5,000,000.01' })).toMatchObject({
      value: { tier: 'MID' },
      rows: [{ index: 2 }],
    })
    expect(rated({ gold: 'false', amount: '5,000,000' })).toMatchObject({ value: { tier: 'GENERAL' } })
    expect(rated({ gold: 'true' })).toMatchObject({ value: { tier: 'GOLD' } })
    expect(rated({ gold: 'false' })?.rows).toEqual([])
  })

  it('offers the words that cells know, and takes lists', () => {
    const table = tableOf('TIER_CLASS')
    const asked = asksFor(table)
    expect(asked.find(({ name }) => name === 'uses')).toMatchObject({ kind: 'list', choices: ['LOAN', 'SETTLEMENT'] })
    expect(tryTable(table, asked, { uses: 'CARD，LOAN' })).toMatchObject({ value: 'CREDIT' })
    expect(asksFor(tableOf('TIER_BTZ'))).toMatchObject([
      { name: 'tier', kind: 'text', choices: ['HIGH', 'MID', 'MASS'] },
    ])
  })
})
