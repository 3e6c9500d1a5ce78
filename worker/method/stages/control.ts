import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import { say } from '../tiers/text.ts'

/** Living items of project control tables: tasks of kind CONTROL. */
export const controlItems = (draft: Draft): RecordSnapshot[] =>
  draft.recordsOf('task').filter(({ fields }) => fields['ladderKind'] === 'CONTROL')

/**
 * DEV-CTRL: a control item without exactly one owner, a due date or acceptance criteria is refused: it says what is missing,
 * and it can't be begun or closed before that is mended.
 */
export const controls = (draft: Draft): void => {
  for (const record of controlItems(draft)) {
    const missing = missingOf(draft, record.fields)
    if (missing.length > 0) {
      const { ctx } = draft
      const text = say(
        ctx,
        `Refused, this control item lacks: ${missing.join('; ')}.`,
        `已退回，本控制项缺少：${missing.join('；')}。`,
      )
      const fields = { ladderRefused: true, ladderNotice: text, status: 'TODO' }
      draft.update('task', record.id, fields, draft.why('DEV-CTRL', { text, inputs: inputsOf(record.fields) }))
    } else if (record.fields['ladderRefused'] === true) {
      draft.update('task', record.id, { ladderRefused: false, ladderNotice: '' }, draft.why('DEV-CTRL'))
    }
  }
}

const inputsOf = ({ assigneeId = null, dueAt = null, ladderCriteria = null }: Fields): Fields => ({
  assigneeId,
  dueAt,
  ladderCriteria,
})

const missingOf = (draft: Draft, { assigneeId, dueAt, ladderCriteria }: Fields): string[] => {
  const { ctx } = draft
  const blank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === ''
  const owners = Array.isArray(assigneeId)
    ? assigneeId.filter((one) => !blank(one))
    : blank(assigneeId)
      ? []
      : [assigneeId]
  return [
    ...(owners.length === 1 ? [] : [say(ctx, 'exactly one owner (assignee)', '唯一责任人（负责人）')]),
    ...(typeof dueAt === 'string' && Number.isFinite(Date.parse(dueAt)) ? [] : [say(ctx, 'a due date', '截止日期')]),
    ...(blank(ladderCriteria) ? [say(ctx, 'acceptance criteria', '验收标准')] : []),
  ]
}
