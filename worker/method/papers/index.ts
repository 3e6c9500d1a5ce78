import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Draft } from '../draft.ts'
import { closeTask, openTask } from '../tasks.ts'
import { customerName, say } from '../tiers/text.ts'
import { priceOf } from './price.ts'
import { ASKED, isGiven, objectionOf, type Objection } from './read.ts'

/**
 * Working papers (DEV-KIT): what a paper lacks stands on it, and a pricing paper gets the price of its method. An objection
 * without an answer gets a task until it has one or is gone (DEV-OBJ).
 */
export const papers = (draft: Draft): void => {
  const sheets = draft.recordsOf('workingPaper')
  for (const paper of sheets) keepPaper(draft, paper)
  const open = [...sheets, ...draft.recordsOf('development')]
    .flatMap((record) => objectionOf(record) ?? [])
    .filter(({ answered }) => !answered)
  const wanted = new Set(open.map((objection) => answerTask(draft, objection)))
  const prefix = ladderKey(draft.state.ref, 'objection', '')
  const text = say(draft.ctx, 'The objection was answered', '异议已应答')
  for (const key of Object.keys(draft.state.tasks))
    if (key.startsWith(prefix) && !wanted.has(key)) closeTask(draft, key, { rule: 'DEV-OBJ', text })
}

const keepPaper = (draft: Draft, { id, fields }: RecordSnapshot): void => {
  const kind = String(fields['kind'] ?? '')
  const price: Fields = kind === 'PRICING' ? { price: priceOf(fields) } : {}
  const lacking = (ASKED[kind] ?? ['kind']).filter((name) => !isGiven({ ...fields, ...price }[name]))
  const names = lacking.map((name) => {
    const { en = name, zh = name } = fieldDef('workingPaper', name)?.label ?? {}
    return say(draft.ctx, en, zh)
  })
  const notice = names.length === 0 ? '' : say(draft.ctx, `Lacks: ${names.join('; ')}`, `尚缺：${names.join('；')}`)
  const rule = kind === 'OBJECTION' ? 'DEV-OBJ' : 'DEV-KIT'
  draft.update('workingPaper', id, { ...price, notice }, draft.why(rule, { inputs: { kind } }))
}

/** The task to answer an objection; its key. */
const answerTask = (draft: Draft, { id, development, text, since }: Objection): string => {
  const { ctx, state } = draft
  const { calendar, source } = ctx.playbook
  const key = ladderKey(state.ref, 'objection', id)
  const what = text.length > 40 ? `${text.slice(0, 39)}…` : text
  const day = calendar.addWorkingDays(calendar.dateOf(Date.parse(since)), source.allowances.warningDays)
  openTask(draft, {
    key,
    kind: 'STAGE',
    role: 'RM',
    title: say(
      ctx,
      `${customerName(draft)}: answer the objection: ${what}`,
      `${customerName(draft)}：应答异议：${what}`,
    ),
    due: new Date(calendar.closing(day)).toISOString(),
    about: `objection:${id}`,
    rule: 'DEV-OBJ',
    again: true,
    ...(development === null ? {} : { development }),
  })
  return key
}
