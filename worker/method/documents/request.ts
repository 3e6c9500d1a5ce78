import { placesIn } from '../../../schemas/documents/places.ts'
import type { DocumentRequest } from '../../../schemas/documents/request.ts'
import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import type { DocumentLayout, DocumentList } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import { controlItems } from '../stages/control.ts'
import { assigneeOf } from '../tasks.ts'
import { customerName } from '../tiers/text.ts'

/** What a document is made of: the places and lists that its layout names, as the record stands. */
export type Content = Pick<DocumentRequest, 'values' | 'lists'>

/** Every place that a layout names. */
export const placesUsed = ({ header, footer, blocks, requires }: DocumentLayout): string[] => [
  ...new Set([
    ...[header, footer].flatMap(placesIn),
    ...requires,
    ...blocks.flatMap((block) => {
      if (block.block === 'fields' || block.block === 'scores') return block.fields
      return block.block === 'heading' || block.block === 'text' ? placesIn(block.text) : []
    }),
  ]),
]

/** The content of a development's document (DEV-A08, DEV-A09, DEV-CTRL). */
export const contentOf = (draft: Draft, record: RecordSnapshot, layout: DocumentLayout): Content => {
  const values = placesUsed(layout)
    .filter((name) => !name.startsWith('document.'))
    .map((name) => [name, valueAt(draft, record, name)] as const)
  const lists = layout.blocks.flatMap((block) =>
    block.block === 'list'
      ? [[block.list, rowsOf(draft, record, block.list).map((row) => pick(row, block.columns))] as const]
      : [],
  )
  return { values: Object.fromEntries(values), lists: Object.fromEntries(lists) }
}

const pick = (row: Fields, columns: { field: string }[]): Fields =>
  Object.fromEntries(columns.map(({ field }) => [field, row[field] ?? null]))

const valueAt = (draft: Draft, record: RecordSnapshot, name: string): Value => {
  const { rating, balances, developments } = draft.state
  switch (name) {
    case 'customer.name':
      return customerName(draft) || (record.fields['legalName'] ?? null)
    case 'customer.tier':
      return rating?.tier ?? null
    case 'customer.balance':
      return balances.at(-1)?.amount ?? null
    case 'rm':
      return assigneeOf(draft, 'RM', record.id)
    case 'stage':
      return developments[record.id]?.stage ?? record.fields['stage'] ?? null
    default:
      return record.fields[name] ?? null
  }
}

const rowsOf = (draft: Draft, { id }: RecordSnapshot, list: DocumentList): Fields[] => {
  switch (list) {
    case 'control':
      return controlItems(draft)
        .filter(({ fields }) => fields['ladderDevelopment'] === id)
        .map(controlRow)
        .sort((a, b) => numberOf(a) - numberOf(b) || textOf(a['title']).localeCompare(textOf(b['title'])))
    case 'visits':
      return draft
        .recordsOf('visit')
        .filter(({ fields }) => (fields['development'] ?? id) === id)
        .map(({ fields }) => fields)
        .sort((a, b) => textOf(a['heldAt'] ?? a['plannedAt']).localeCompare(textOf(b['heldAt'] ?? b['plannedAt'])))
    case 'holdings':
      return Object.entries(draft.state.holdings)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([, { product, amount, openedOn, maturesOn, status }]) => ({
          product,
          amount,
          openedOn,
          maturesOn,
          status,
        }))
    default:
      return []
  }
}

/** An item of the project control table; one that was refused says why in the place of its remark (DEV-CTRL). */
const controlRow = ({ fields }: RecordSnapshot): Fields => {
  const { ladderRefused, ladderNotice, ladderRemark, status } = fields
  const remark = ladderRefused === true ? ladderNotice : status === 'DONE' && !ladderRemark ? DONE : ladderRemark
  return { ...fields, remark: remark ?? null }
}

const DONE = { en: 'Done', zh: '已完成' }

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
const numberOf = ({ ladderItemNo }: Fields): number => (typeof ladderItemNo === 'number' ? ladderItemNo : Infinity)
