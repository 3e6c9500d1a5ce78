import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { namesIn } from '../../rules/index.ts'
import type { CompiledPipeline } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { DevelopmentState } from '../state.ts'
import { say } from '../tiers/text.ts'
import { failingRules, valuesOf, type Failing } from './exit.ts'

/** The pipeline that a development keeps: the one that it began with, else the one in force by its code. */
export const pipelineOf = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState | undefined,
): CompiledPipeline | undefined => {
  const { pipelines } = draft.ctx.playbook
  const code = record.fields['pipeline']
  const named = typeof code === 'string' && code !== '' ? pipelines.get(code) : [...pipelines.values()][0]
  if (!standing) return named
  const kept =
    [...pipelines.values()].find(({ hash }) => hash === standing.pipeline) ?? draft.ctx.pipeline(standing.pipeline)
  // another pipeline was chosen for it: it begins anew
  return kept && (!named || named.source.code === kept.source.code) ? kept : named
}

/**
 * A development that is seen for the first time stands at the first stage. One that was there before Ladder (`adopt`) is
 * taken as it stands, with the time that Ladder gave it if it was here before.
 */
export const begin = (draft: Draft, record: RecordSnapshot, pipeline: CompiledPipeline): DevelopmentState => {
  const { event, ctx } = draft
  const [first] = pipeline.source.stages
  const adopted = event.type === 'record.changed' && event.adopt === true && event.record.id === record.id
  const found = pipeline.source.stages.find(({ code }) => code === record.fields['stage'])
  const stage = (adopted ? found?.code : undefined) ?? first?.code ?? ''
  const earlier = record.fields['stageSince']
  const known = typeof earlier === 'string' && earlier !== '' ? earlier : new Date(ctx.now).toISOString()
  const since = adopted ? known : record.createdAt
  const from = adopted ? stage : (first?.code ?? '')
  const fresh = { pipeline: pipeline.hash, notice: '', moves: 0, refused: null, from, stage, since }
  return { ...fresh, due: dueOf(draft, pipeline, stage, since) }
}

/** The date (ISO) by which a stage should be left: its allowance in working days after the day it was entered. */
export const dueOf = (draft: Draft, pipeline: CompiledPipeline, stage: string, since: string): string | null => {
  const { calendar } = draft.ctx.playbook
  const allowance = pipeline.source.stages.find(({ code }) => code === stage)?.allowanceDays ?? null
  return allowance === null ? null : calendar.addWorkingDays(calendar.dateOf(Date.parse(since)), allowance)
}

/**
 * Follows the stage that a person set (DEV-A01 to DEV-A12). Forward: only when the exit rules of every stage on the way hold
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
