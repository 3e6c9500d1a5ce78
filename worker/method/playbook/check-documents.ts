import { columnsOf, placesIn, placesOf } from '../../../schemas/documents/places.ts'
import type { Label } from '../../../schemas/model/define.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { DocumentLayout, Playbook } from '../../../schemas/playbook/index.ts'
import type { Findings } from './issues.ts'

/** Layouts beyond their shape: every place, column, mark and item that they name must be there (DEV-A08, DEV-A09, DEV-CTRL). */
export const checkDocuments = ({ documents: { languages, layouts } }: Playbook, found: Findings): void => {
  found.unique(
    languages.map((value, index) => ({ path: `documents.languages[${index}]`, value })),
    'The language',
    '语言',
  )
  found.unique(
    layouts.map(({ code }, index) => ({ path: `documents.layouts[${index}].code`, value: code })),
    'The layout',
    '文件版式',
  )
  layouts.forEach((layout, index) => checkLayout(layout, `documents.layouts[${index}]`, found))
}

const optionsOf = (field: string): string[] => fieldDef('development', field)?.options?.map(({ code }) => code) ?? []

const checkLayout = (layout: DocumentLayout, path: string, found: Findings): void => {
  const places = placesOf(layout.about)
  const known = (name: string, at: string): void => unknown(places, name, at, found)
  const text = (label: Label, at: string): void => placesIn(label).forEach((name) => known(name, at))
  text(layout.header, `${path}.header`)
  text(layout.footer, `${path}.footer`)
  layout.requires.forEach((name, at) => known(name, `${path}.requires[${at}]`))
  if (layout.about === 'development') option('documentsWanted', layout.code, `${path}.code`, found)
  if (layout.ticks !== undefined) option('checklistDone', layout.ticks, `${path}.ticks`, found)
  if (layout.marks !== undefined && fieldDef('development', layout.marks)?.type !== 'boolean')
    found.error(
      `${path}.marks`,
      `A development has no yes-or-no field "${layout.marks}": correct the name.`,
      `客户开发没有“是/否”字段“${layout.marks}”，请更正。`,
      'valueReportDone',
    )
  layout.blocks.forEach((block, index) => {
    const at = `${path}.blocks[${index}]`
    if (block.block === 'heading' || block.block === 'text') text(block.text, `${at}.text`)
    if (block.block === 'fields') block.fields.forEach((name, field) => known(name, `${at}.fields[${field}]`))
    if (block.block === 'scores')
      block.fields.forEach((name, field) => score(layout, name, `${at}.fields[${field}]`, found))
    if (block.block === 'list')
      block.columns.forEach(({ field }, column) =>
        unknown(columnsOf(block.list), field, `${at}.columns[${column}].field`, found),
      )
  })
}

const unknown = (places: ReadonlyMap<string, unknown>, name: string, path: string, found: Findings): void => {
  if (places.has(name)) return
  found.error(
    path,
    `Nothing that can be put here is called "${name}": correct the name.`,
    `此处没有可填入的字段“${name}”，请更正。`,
    [...places.keys()].slice(0, 5).join(', '),
  )
}

const score = ({ about }: DocumentLayout, name: string, path: string, found: Findings): void => {
  const { type } = placesOf(about).get(name) ?? {}
  if (type === 'integer' || type === 'number') return
  found.error(
    path,
    `A score must be a number field, not "${name}".`,
    `评分须为数字字段，而不是“${name}”。`,
    'scoreFinance',
  )
}

const option = (field: string, code: string, path: string, found: Findings): void => {
  const codes = optionsOf(field)
  if (codes.includes(code)) return
  const [example = ''] = codes
  found.error(
    path,
    `"${code}" is not an option of the field ${field} of a development: correct it.`,
    `“${code}”不是客户开发字段 ${field} 的选项，请更正。`,
    example,
  )
}
