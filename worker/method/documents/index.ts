import { DOCUMENT, type DocumentRequest } from '../../../schemas/documents/request.ts'
import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { DocumentLayout } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import { hashOf } from '../playbook/hash.ts'
import { doneItems } from '../stages/exit.ts'
import { say } from '../tiers/text.ts'
import { type Content, contentOf } from './request.ts'

/**
 * Documents that people ask for on a development (DEV-A08, DEV-A09, DEV-CTRL): made once all that a layout asks for is on the
 * record. Asked for again, new content makes a new version; the same content is not made twice.
 */
export const documents = (draft: Draft): void => {
  for (const record of draft.recordsOf('development')) {
    const wanted = wantedOf(record)
    const waiting = wanted.flatMap((code) => make(draft, record, code) ?? [])
    keepFields(draft, record, wanted, waiting)
  }
}

/** A layout that isn't made yet, and why. */
interface Waiting {
  code: string
  text: string
}

const wantedOf = ({ fields }: RecordSnapshot): string[] => {
  const wanted = fields['documentsWanted']
  return Array.isArray(wanted) ? wanted.filter((code) => typeof code === 'string') : []
}

const placeOf = (record: RecordSnapshot, code: string): string => `${record.id}/${code}`

/** Makes one document, or says what it waits for. */
const make = (draft: Draft, record: RecordSnapshot, code: string): Waiting | null => {
  const { ctx, state } = draft
  const layout = layoutOf(draft, code)
  if (!layout) return { code, text: say(ctx, `${code}: the playbook has no layout`, `${code}：方案中没有该文件版式`) }
  const missing = layout.requires.filter((name) => isBlank(record.fields[name]))
  if (missing.length > 0) return { code, text: missingText(draft, layout, missing) }
  const content = contentOf(draft, record, layout)
  const hash = hashOf({ layout, content })
  const last = state.documents?.[placeOf(record, code)]
  if (last?.hash === hash) {
    draft.note(draft.why(layout.id, { text: say(ctx, 'Nothing has changed since', '内容自上一版未变') }))
    return null
  }
  const version = (last?.version ?? 0) + 1
  const on = ctx.playbook.calendar.dateOf(ctx.now)
  state.documents = { ...state.documents, [placeOf(record, code)]: { version, hash, on } }
  const { company = null, person = null } = record.fields
  const key = ladderKey(state.ref, DOCUMENT, record.id, code, version, hash)
  give(draft, key, requestOf(draft, layout, content, version, on), { development: record.id, company, person })
  return null
}

/** Has a document put onto records of the CRM: object → record id, or `{ key }` of a record that Ladder makes. */
export const give = (draft: Draft, key: string, request: DocumentRequest, records: Fields): void => {
  const { layout, version } = request
  const text = say(draft.ctx, `${layout.name.en}, version ${version}`, `${layout.name.zh} 第${version}版`)
  const plain = request as unknown as Value
  draft.upsert(DOCUMENT, key, { title: text, request: plain, ...records }, draft.why(layout.id, { text }))
}

/** A request by the playbook in force. */
export const requestOf = (
  draft: Draft,
  layout: DocumentLayout,
  content: Content,
  version: number,
  on: string,
): DocumentRequest => {
  const { documents: all, calendar } = draft.ctx.playbook.source
  const { issuer, languages } = all
  return { layout, issuer, languages, version, on, zone: calendar.zone, ...content }
}

/** The layout in force of a code. */
export const layoutOf = (draft: Draft, code: string): DocumentLayout | undefined =>
  draft.ctx.playbook.source.documents.layouts.find((layout) => layout.code === code)

const isBlank = (value: Value | undefined): boolean =>
  value == null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

const missingText = ({ ctx }: Draft, { name }: DocumentLayout, missing: string[]): string => {
  const labels = missing.map((field) => fieldDef('development', field)?.label ?? { en: field, zh: field })
  const list = (of: 'en' | 'zh', separator: string): string => labels.map((label) => label[of]).join(separator)
  return say(ctx, `${name.en} waits for: ${list('en', ', ')}`, `${name.zh}尚缺：${list('zh', '、')}`)
}

/** What was made and what waits, on the record; a document that is made is marked and ticked as done. */
const keepFields = (draft: Draft, record: RecordSnapshot, wanted: string[], waiting: Waiting[]): void => {
  const { ctx, state } = draft
  const made = ctx.playbook.source.documents.layouts.flatMap((layout) => {
    const last = state.documents?.[placeOf(record, layout.code)]
    return last ? [{ layout, last }] : []
  })
  if (made.length === 0 && waiting.length === 0 && isBlank(record.fields['documents'])) return
  const lines = made.map(
    ({ layout: { id, name }, last: { on, version } }) =>
      `${on} ${say(ctx, `${name.en}, version ${version}`, `${name.zh} 第${version}版`)} (${id})`,
  )
  const waits = waiting.map(({ code }) => code).sort()
  const fields: Fields = {
    documentsWanted: waits,
    documents: [...lines, ...waiting.map(({ text }) => text)].join('\n'),
  }
  const done = new Set(doneItems(record))
  for (const { layout } of made) {
    if (!wanted.includes(layout.code) || waits.includes(layout.code)) continue
    if (layout.marks !== undefined) fields[layout.marks] = true
    if (layout.ticks !== undefined) done.add(layout.ticks)
  }
  if (done.size > doneItems(record).length) fields['checklistDone'] = [...done].sort()
  draft.update('development', record.id, fields, draft.why('DEV-A'))
}
