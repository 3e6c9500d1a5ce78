import { expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../schemas/playbook/default/index.ts'
import { pathFrom } from './draft/path.ts'
import { placeText } from './place-text.ts'
import { placeOf } from './places.ts'
import { inOne } from './tables/labels.ts'

it('a place of the playbook is told in words, and leads to the page that shows it', () => {
  const words = (path: string): string => placeText(pathFrom(path), defaultPlaybook).en
  const { code, table } = defaultPlaybook.tables[0] ?? { code: '', table: { rules: [] } }
  expect(words('tables[0].table.rules[1].when[0]')).toBe(
    `Tables › ${code} › Rows › ${table.rules[1]?.id ?? ''} › When › 1`,
  )
  expect(words('calendar.hours[1]')).toMatch(/› Hours › 2$/)
  expect(words('playbook')).toBe('')
  expect(placeOf('tables[2].table.rules[0]')).toBe('/playbook/tables/2')
  expect(placeOf('documents.layouts[0].name')).toBe('/playbook/more/documents')
  expect(placeOf('roles[0].members')).toBe('/playbook/people')
})

it('a label that holds both languages is told in the one that is shown', () => {
  expect(inOne('Deposits / 存款 (CNY)', 'zh')).toBe('存款 (CNY)')
  expect(inOne('Deposits / 存款 (CNY)', 'en')).toBe('Deposits')
  expect(inOne('km / h', 'zh')).toBe('km / h')
  expect(inOne('存款', 'en')).toBe('存款')
})
