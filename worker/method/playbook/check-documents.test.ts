import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { type DocumentLayout, fromKept, type KeptPlaybook, playbookSchema } from '../../../schemas/playbook/index.ts'
import { compilePlaybook } from './compile.ts'
import { parsePlaybook } from './parse.ts'

const [first, ...others] = defaultPlaybook.documents.layouts
const withLayout = (change: Partial<DocumentLayout>) => {
  if (!first) throw new Error('no layout')
  return {
    ...defaultPlaybook,
    documents: { ...defaultPlaybook.documents, layouts: [{ ...first, ...change }, ...others] },
  }
}
const errorsOf = (change: Partial<DocumentLayout>): [path: string, en: string][] => {
  const result = compilePlaybook(withLayout(change), 1)
  return result.ok
    ? []
    : result.issues.filter((one) => one.severity === 'error').map(({ path, message }) => [path, message.en])
}

describe('layouts of documents', () => {
  it('DEV-A08: the default layouts are without a fault', () => {
    const result = compilePlaybook(defaultPlaybook, 1)
    expect(result.ok ? [] : result.issues).toEqual([])
  })

  it('DEV-A08: a place, a column, a score or a mark that is not there is named with its path', () => {
    const label = { en: 'of {customer.nam}', zh: '{nobody}' }
    expect(errorsOf({ header: label }).map(([path]) => path)).toEqual([
      'documents.layouts[0].header',
      'documents.layouts[0].header',
    ])
    expect(errorsOf({ header: label })[0]?.[1]).toContain('"customer.nam"')
    expect(errorsOf({ blocks: [{ block: 'fields', fields: ['legalName', 'legalNam'], columns: 1 }] })).toEqual([
      ['documents.layouts[0].blocks[0].fields[1]', expect.stringContaining('legalNam')],
    ])
    expect(
      errorsOf({
        blocks: [{ block: 'list', list: 'control', columns: [{ field: 'owner', width: 1 }], empty: label }],
      })[0],
    ).toEqual(['documents.layouts[0].blocks[0].columns[0].field', expect.stringContaining('owner')])
    expect(errorsOf({ blocks: [{ block: 'scores', fields: ['legalName'], of: 100 }] })[0]?.[0]).toBe(
      'documents.layouts[0].blocks[0].fields[0]',
    )
    expect(errorsOf({ marks: 'legalName' })[0]?.[0]).toBe('documents.layouts[0].marks')
    expect(errorsOf({ ticks: 'A99_NOTHING' })[0]?.[0]).toBe('documents.layouts[0].ticks')
    // a stage asks for it
    expect(errorsOf({ code: 'OTHER' })).toEqual([
      ['pipelines[0].stages[7].exit[0].rule', expect.stringContaining('produced.VALUE_REPORT')],
      ['documents.layouts[0].code', expect.anything()],
    ])
  })

  it('DEV-A08: an unknown block is refused with its path', () => {
    const parsed = parsePlaybook(withLayout({ blocks: [{ block: 'picture' } as never] }))
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(['documents.layouts[0].blocks[0].block'])
  })

  it('DEV-A08: a playbook that was kept before there were documents has no layout, and is good', () => {
    const kept: Partial<typeof defaultPlaybook> = { ...defaultPlaybook }
    delete kept.documents
    expect(fromKept(kept as KeptPlaybook).documents.layouts).toEqual([])
    expect(playbookSchema.parse(kept).documents.layouts).toEqual([])
  })
})
