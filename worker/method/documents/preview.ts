import type { DocumentRequest } from '../../../schemas/documents/request.ts'
import type { Context } from '../context.ts'
import { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { layoutOf, requestOf } from './index.ts'
import { contentOf } from './request.ts'

export type Preview = { ok: true; request: DocumentRequest } | { ok: false; message: string }

/**
 * A document as it would be now, whether or not all that its layout asks for is there (DEV-A08, DEV-A09, DEV-CTRL). `development`:
 * a record id; the newest of the customer when left out. Changes nothing; the version is that of the last one made, or 0.
 */
export const previewOf = (state: SubjectState, ctx: Context, code: string, development: string | null): Preview => {
  const draft = new Draft(state, { type: 'time.passed', id: 'preview' }, ctx)
  const layout = layoutOf(draft, code)
  if (layout?.about !== 'development') {
    const codes = ctx.playbook.source.documents.layouts.filter(({ about }) => about === 'development')
    return {
      ok: false,
      message: `there is no layout ${code} of a development: ${codes.map((one) => one.code).join(', ')}`,
    }
  }
  const records = draft.recordsOf('development').sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
  const record = development === null ? records[0] : records.find(({ id }) => id === development)
  if (!record) return { ok: false, message: 'this customer has no such development' }
  const version = state.documents?.[`${record.id}/${code}`]?.version ?? 0
  const on = ctx.playbook.calendar.dateOf(ctx.now)
  return { ok: true, request: requestOf(draft, layout, contentOf(draft, record, layout), version, on) }
}
