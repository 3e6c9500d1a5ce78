import { expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { compilePlaybook } from '../../../../../method/playbook/index.ts'
import { all, at } from '../../../../../method/stages/kit.ts'
import { drawn } from './draw.ts'

it('DEV-A08: a draft’s value report is drawn with the record’s scores, and says what it would not be made without', () => {
  const draft = structuredClone(defaultPlaybook)
  const layout = draft.documents.layouts.find(({ code }) => code === 'VALUE_REPORT')
  layout?.blocks.unshift({
    block: 'text',
    text: { zh: '草稿专用：{customer.name}', en: 'Of the draft: {customer.name}' },
  })
  const compiled = compilePlaybook(draft, 9)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  const lab = at(8, { ...all, scoreIndustry: null })
  const draw = (code: string) => drawn(compiled.playbook, lab.state, code, 'en', new Map(), lab.now)
  const told = draw('VALUE_REPORT')
  expect(told?.missing).toEqual(['scoreIndustry'])
  expect(told?.model.title).toBe(layout?.name.en)
  expect(JSON.stringify(told?.model.blocks[0])).toContain('Of the draft: ')
  expect(JSON.stringify(told?.model.blocks)).toContain('70')
  expect(draw('NONE')).toBeNull()
})
