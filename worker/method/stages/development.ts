import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { namesIn } from '../../rules/index.ts'
import type { CompiledPipeline } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { DevelopmentState } from '../state.ts'
import { say } from '../tiers/text.ts'
import { failingRules, valuesOf, type Failing } from './exit.ts'
import { isAdopted, offText } from './pipeline.ts'

/**
 * A development that is seen for the first time stands at the first stage. One that was there before Ladder (`adopt`) is
 * taken as it stands, with the time that Ladder gave it if it was here before.
 */
export const begin = (
  draft: Draft,
  record: RecordSnapshot,
  pipeline: CompiledPipeline,
  before?: DevelopmentState,
): DevelopmentState => {
  const { ctx } = draft
  const [first] = pipeline.source.stages
  const adopted = isAdopted(draft, record)
  const found = pipeline.source.stages.find(({ code }) => code === record.fields['stage'])
  const stage = (adopted ? found?.code : undefined) ?? first?.code ?? ''
  const earlier = record.fields['stageSince']
  const known = typeof earlier === 'string' && earlier !== '' ? earlier : new Date(ctx.now).toISOString()
  // one that goes over to another pipeline begins there now
  // no news of the record, but of its pipeline: it was switched off until now
  const isNow = draft.event.type === 'time.passed'
  const since = adopted ? known : before ? record.at : isNow ? new Date(ctx.now).toISOString() : record.createdAt
  const from = adopted ? stage : (first?.code ?? '')
  const moves = before ? before.moves + 1 : 0
  const fresh = { pipeline: pipeline.hash, notice: '', moves, refused: null, from, stage, since }
  // what was there before Ladder isn't asked how it began
  return { ...fresh, ...(adopted ? {} : { asked: true }), due: dueOf(draft, pipeline, stage, since) }
}

/** The date (ISO) by which a stage should be left: its allowance in working days after the day it was entered. */
export const dueOf = (draft: Draft, pipeline: CompiledPipeline, stage: string, since: string): string | null => {
  const { calendar } = draft.ctx.playbook
  const allowance = pipeline.source.stages.find(({ code }) => code === stage)?.allowanceDays ?? null
  return allowance === null ? null : calendar.addWorkingDays(calendar.dateOf(Date.parse(since)), allowance)
}

/**
 * Follows the stage that a person set (DEV-A to DEV-H). Forward: only when the exit rules of every stage on the way hold
 * on the record as it is; otherwise the stage is put back, with the reason on the record. Backward: always.
 */
export const followStage = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState,
  pipeline: CompiledPipeline,
): void => {
  const { stages } = pipeline.source
  const wanted = record.fields['stage']
  const index = (code: string): number => stages.findIndex((stage) => stage.code === code)
  if (typeof wanted !== 'string' || wanted === '' || wanted === standing.stage) return
  const [from, to] = [index(standing.stage), index(wanted)]
  if (to < 0) {
    standing.refused = { to: wanted, rules: [] }
    putBack(draft, record, standing, pipeline, [])
    return
  }
  const failing = failingRules(draft, record, pipeline, from, to).filter(({ enforced }) => enforced)
  if (failing.length > 0) {
    standing.refused = { to: wanted, rules: failing.map(({ exit }) => exit.id) }
    putBack(draft, record, standing, pipeline, failing)
    return
  }
  if (to < from) {
    standing.moves += 1
    if (to < index(standing.from)) standing.from = wanted
  }
  standing.stage = wanted
  standing.since = record.at
  standing.due = dueOf(draft, pipeline, wanted, record.at)
  standing.refused = null
}

const putBack = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState,
  pipeline: CompiledPipeline,
  failing: Failing[],
): void => {
  const rules = failing.map(({ stage, exit }) => stage.exit.find(({ id }) => id === exit.id)?.rule ?? '')
  const inputs = valuesOf(draft, record, pipeline.source, [...new Set(rules.flatMap((rule) => namesIn(rule)))])
  const why = draft.why(failing[0]?.stage.id ?? pipeline.source.id, {
    ...(failing.length > 0 ? { row: failing.map(({ exit }) => exit.id).join(', ') } : {}),
    inputs,
    text: refusal(draft, record, standing, pipeline),
  })
  draft.update('development', record.id, { stage: standing.stage }, why)
}

/** Why the last move was refused, of what still stands against it; '' when nothing does any more. */
export const refusal = (
  draft: Draft,
  record: RecordSnapshot,
  { refused, stage }: DevelopmentState,
  pipeline: CompiledPipeline,
): string => {
  if (!refused) return ''
  const { ctx } = draft
  if (refused.pipeline) {
    const isOn =
      (ctx.playbook.pipelines.get(refused.to)?.source.active ?? true) && ctx.playbook.pipelines.has(refused.to)
    return isOn ? '' : offText(draft, refused.to)
  }
  const { stages } = pipeline.source
  const to = stages.findIndex(({ code }) => code === refused.to)
  if (to < 0)
    return say(
      ctx,
      `Not moved: ${refused.to} is not a stage of the pipeline that this development began with.`,
      `未移动：${refused.to} 不是本开发所用流程的阶段。`,
    )
  const from = stages.findIndex(({ code }) => code === stage)
  const failing = failingRules(draft, record, pipeline, from, to).filter(({ exit }) => refused.rules.includes(exit.id))
  if (failing.length === 0) return ''
  const name = stages[to]?.name ?? { en: refused.to, zh: refused.to }
  return [
    say(ctx, `Not moved to “${name.en}”:`, `未移动到“${name.zh}”：`),
    ...failing.map(({ stage: guarded, exit }) => `${guarded.id} ${say(ctx, exit.message.en, exit.message.zh)}`),
  ].join('\n')
}
