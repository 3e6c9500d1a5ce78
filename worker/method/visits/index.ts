import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Draft } from '../draft.ts'
import { isGiven } from '../papers/read.ts'
import { say } from '../tiers/text.ts'
import { cancelNext, followNext } from './next.ts'

/**
 * Visits (DEV-A05, DEV-A06): what a plan lacks and what is to be taken along, and afterwards what the record lacks and which of the eleven steps were left
 * out, stands on the visit. A held visit whose record names a next step and its date makes the next one.
 */
export const visits = (draft: Draft): void => {
  for (const visit of draft.recordsOf('visit')) {
    const notice = noticeOf(draft, visit)
    const rule = visit.fields['status'] === 'HELD' ? 'DEV-A06' : 'DEV-A05'
    draft.update('visit', visit.id, { notice }, draft.why(rule))
    followNext(draft, visit)
  }
  for (const id of Object.keys(draft.state.nextVisits ?? {}))
    if (draft.record('visit', id)?.deleted !== false) cancelNext(draft, id)
}

const PLAN = ['plannedAt', 'level', 'participants', 'topics', 'materials', 'likelyProblems', 'channel']
const CALL_PLAN = ['plannedAt', 'topics']
const RECORD = ['record', 'nextStep', 'nextStepOn']

const noticeOf = ({ ctx }: Draft, { fields }: RecordSnapshot): string => {
  const isCall = fields['form'] === 'CALL'
  const isHeld = fields['status'] === 'HELD'
  if (!isHeld && fields['status'] !== 'PLANNED') return ''
  const asked = isHeld ? [...RECORD, ...(isCall ? ['outcome'] : [])] : isCall ? CALL_PLAN : PLAN
  const name = ({ en, zh }: { en: string; zh: string }): string => say(ctx, en, zh)
  const lacking = asked.flatMap((one) => (isGiven(fields[one]) ? [] : (fieldDef('visit', one)?.label ?? [])))
  /** Items of a list that aren't ticked. */
  const open = (field: string, when: boolean): string[] => {
    const done = fields[field]
    const options = when && !isCall ? (fieldDef('visit', field)?.options ?? []) : []
    return options.filter(({ code }) => !(Array.isArray(done) && done.includes(code))).map(({ label }) => name(label))
  }
  const parts: [string, string[]][] = [
    [say(ctx, 'Lacks: ', '尚缺：'), lacking.map(name)],
    [say(ctx, 'To be prepared: ', '访前待准备：'), open('prepared', !isHeld)],
    [say(ctx, 'Steps left out: ', '未完成步骤：'), open('steps', isHeld)],
  ]
  return parts
    .flatMap(([title, items]) => (items.length > 0 ? [title + items.join(say(ctx, '; ', '；'))] : []))
    .join(say(ctx, '. ', '。'))
}
