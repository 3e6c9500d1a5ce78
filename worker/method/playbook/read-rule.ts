import type { RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { PlaybookTable, TableRule } from '../../../schemas/playbook/index.ts'
import { textOf, wrong, type Read } from './cells.ts'
import { CONDITIONS, conditionsFrom } from './conditions.ts'

/** A tier rule's fields as a row of its table; blank conditions mean any. `id` is the row's. */
export const ruleFrom = (whole: PlaybookTable, record: RecordSnapshot, id: string): Read<TableRule> => {
  const { table, columns } = whole
  const shared = conditionsFrom(whole, record.fields[CONDITIONS])
  if (!shared.ok) return shared
  const when = table.inputs.map(({ name }) => {
    const field = columns[name] ?? ''
    return cellText(field === CONDITIONS ? shared.value[name] : record.fields[field])
  })
  const then: string[] = []
  for (const { name } of table.outputs) {
    const field = columns[name] ?? ''
    const cell = resultCell(field, record.fields[field])
    if (!cell.ok) return cell
    then.push(cell.value)
  }
  return { ok: true, value: { id, when, then } }
}

/** Full-width signs come from Chinese keyboards: in a cell they mean the same. Text in quotes stays as it is. */
const cellText = (value: Value | undefined): string => {
  if (typeof value === 'boolean') return String(value)
  const text = textOf(value)
  if (text === '') return '-'
  const plain = text.replace(/[“”]/g, '"')
  return plain
    .split('"')
    .map((part, index) => (index % 2 === 1 ? part : narrow(part)))
    .join('"')
}

const narrow = (text: string): string =>
  text
    .replace(/[，、]/g, ',')
    .replace(/≥/g, '>=')
    .replace(/≤/g, '<=')
    .replace(/[＞＜＝（）－．０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

const resultCell = (field: string, value: Value | undefined): Read<string> => {
  const definition = fieldDef('tierRule', field)
  const label = definition?.label ?? { en: field, zh: field }
  if (value === null || value === undefined || value === '') return { ok: true, value: '' }
  if (definition?.type === 'integer' || definition?.type === 'number' || definition?.type === 'money') {
    const number = typeof value === 'number' ? value : Number(textOf(value))
    if (!Number.isFinite(number) || number < 0)
      return wrong(
        `${label.en}: must be a number that is not negative, such as 4.`,
        `${label.zh}：应为不小于 0 的数字，如 4。`,
      )
    return { ok: true, value: String(definition.type === 'money' ? number / 100 : number) }
  }
  return { ok: true, value: JSON.stringify(textOf(value).replace(/^"(.*)"$/, '$1')) }
}
