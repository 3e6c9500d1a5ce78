import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import type { Stage } from '../../../schemas/playbook/index.ts'
import type { CompiledPipeline } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { DevelopmentState } from '../state.ts'
import { objectionLogOf } from '../papers/read.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { customerName, say } from '../tiers/text.ts'
import { controls } from './control.ts'
import { begin, dueOf, followStage, refusal } from './development.ts'
import {
  completenessOf,
  doneItems,
  failingEntry,
  failingRules,
  isQualified,
  isWon,
  sourceOf,
  type Failing,
} from './exit.ts'
import { needOf, needText } from './need.ts'
import { choosePipeline, offText } from './pipeline.ts'
import { stalls } from './stall.ts'

/**
 * Developments through their stages (DEV-A to DEV-H, DEV-Q), control items (DEV-CTRL) and what stalls (ESC-STALL). All of
 * it follows from the records as they are, so it doesn't matter in which order they came.
 */
export const stages = (draft: Draft): void => {
  for (const record of draft.recordsOf('development')) development(draft, record)
  for (const id of Object.keys(draft.state.developments)) {
    if (draft.record('development', id)?.deleted !== false) closeTasks(draft, id, [])
  }
  controls(draft)
  stalls(draft)
}

const development = (draft: Draft, record: RecordSnapshot): void => {
  const known = draft.state.developments[record.id]
  const { pipeline, refused } = choosePipeline(draft, record, known)
  if (!pipeline) {
    const text = offText(draft, refused ?? '')
    draft.update('development', record.id, { stageNotice: text }, draft.why('DEV-A', { text }))
    return
  }
  const standing = standingIn(draft, record, pipeline, known)
  draft.state.developments[record.id] = standing
  followStage(draft, record, standing, pipeline)
  // working time may have changed since it was entered
  standing.due = dueOf(draft, pipeline, standing.stage, standing.since)
  if (refused !== undefined) standing.refused = { to: refused, rules: [], pipeline: true }
  standing.notice = refusal(draft, record, standing, pipeline)
  standing.source = sourceOf(draft, record)
  standing.won = isWon(draft, record, pipeline)

  const index = pipeline.source.stages.findIndex(({ code }) => code === standing.stage)
  const from = pipeline.source.stages.findIndex(({ code }) => code === standing.from)
  // what was only warned of stands as long as it isn't mended
  const warnings = [
    ...(standing.asked ? failingEntry(draft, record, pipeline) : []),
    ...failingRules(draft, record, pipeline, from, Math.max(from, index)),
  ]
  keepFields(draft, record, standing, pipeline, warnings)
  keepTasks(draft, record, standing, pipeline, warnings)
}

/** Where a development stands: as it did, unless it begins, or begins anew in another pipeline. */
const standingIn = (
  draft: Draft,
  record: RecordSnapshot,
  pipeline: CompiledPipeline,
  known: DevelopmentState | undefined,
): DevelopmentState => {
  if (known?.pipeline === pipeline.hash) return known
  // the version that it began with isn't kept any more
  if (known && stageOf(pipeline, known.stage)) return { ...known, pipeline: pipeline.hash }
  return begin(draft, record, pipeline, known)
}

const stageOf = (pipeline: CompiledPipeline, code: string): Stage | undefined =>
  pipeline.source.stages.find((stage) => stage.code === code)

/** Ladder's own fields of a development, always as the record stands now. */
const keepFields = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState,
  pipeline: CompiledPipeline,
  warnings: Failing[],
): void => {
  const stage = stageOf(pipeline, standing.stage)
  const fields: Fields = {
    pipeline: pipeline.source.code,
    stage: standing.stage,
    stageSince: standing.since,
    stageDue: standing.due,
    stageNotice: [standing.notice, ...warnings.map((one) => messageOf(draft, one))].filter(Boolean).join('\n'),
    missing: missingOf(draft, record, standing, pipeline).join('\n'),
    guidance: guidanceOf(draft, record, pipeline, stage),
    completeness: completenessOf(record, pipeline.source),
    qualified: isQualified(record, pipeline.source),
    leadSource: standing.source ?? null,
    needState: needOf(record),
    objectionsOpen: objectionLogOf(draft, record).open,
    won: standing.won ?? false,
    pipelineVersion: `${pipeline.source.id} ${pipeline.hash}`,
  }
  draft.update('development', record.id, fields, draft.why(stage?.id ?? pipeline.source.id))
}

/** The stage's guidance, and until the last stage what the need means for it (DEV-NEED). */
const guidanceOf = (
  draft: Draft,
  record: RecordSnapshot,
  { source }: CompiledPipeline,
  stage: Stage | undefined,
): string => {
  if (!stage) return ''
  const need = stage === source.stages.at(-1) ? '' : needText(draft, needOf(record))
  return [say(draft.ctx, stage.guidance.en, stage.guidance.zh), need].filter(Boolean).join('\n')
}

const messageOf = (draft: Draft, { stage, exit }: Failing): string =>
  `${exit.id.startsWith(stage.id) ? stage.id : exit.id} ${say(draft.ctx, exit.message.en, exit.message.zh)}`

/** What the present stage still lacks, one readable line each: exit rules first, then open checklist items. */
const missingOf = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState,
  pipeline: CompiledPipeline,
): string[] => {
  const { ctx } = draft
  const index = pipeline.source.stages.findIndex(({ code }) => code === standing.stage)
  const done = new Set(doneItems(record))
  const failing = failingRules(draft, record, pipeline, index, index + 1)
  const open = (stageOf(pipeline, standing.stage)?.checklist ?? []).filter(({ code }) => !done.has(code))
  return [
    ...failing.map(({ exit }) => say(ctx, exit.message.en, exit.message.zh)),
    ...open.map(({ text }) => say(ctx, `To do: ${text.en}`, `待完成：${text.zh}`)),
  ]
}

/** One task for the stay in the stage, and one for each warning; all others of the development are closed. */
const keepTasks = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState,
  pipeline: CompiledPipeline,
  warnings: Failing[],
): void => {
  const { ctx, state } = draft
  const { calendar, source } = ctx.playbook
  const stage = stageOf(pipeline, standing.stage)
  const name = nameOf(draft, record)
  const common = { kind: 'STAGE', role: 'RM', about: record.id, development: record.id, again: true } as const
  const wanted: string[] = []
  if (stage && standing.due !== null) {
    const key = ladderKey(state.ref, 'stage', record.id, stage.code, standing.moves)
    wanted.push(key)
    const due = new Date(calendar.closing(standing.due)).toISOString()
    const title = say(ctx, `${name}: ${stage.name.en} (${stage.id})`, `${name}：${stage.name.zh}（${stage.id}）`)
    const body = say(ctx, stage.guidance.en, stage.guidance.zh)
    openTask(draft, { ...common, key, title, body, due, rule: stage.id })
    moveTask(draft, key, due, { rule: stage.id, text: title })
  }
  const soon = calendar.addWorkingDays(calendar.dateOf(Date.parse(standing.since)), source.allowances.warningDays)
  for (const warning of warnings) {
    const key = ladderKey(state.ref, 'stage-warning', record.id, warning.exit.id, standing.moves)
    wanted.push(key)
    openTask(draft, {
      ...common,
      key,
      title: `${name}${say(ctx, ': ', '：')}${messageOf(draft, warning)}`,
      due: new Date(calendar.closing(soon)).toISOString(),
      rule: warning.exit.id.startsWith(warning.stage.id) ? warning.stage.id : warning.exit.id,
    })
  }
  closeTasks(draft, record.id, wanted)
}

const closeTasks = (draft: Draft, development: string, wanted: string[]): void => {
  const text = say(draft.ctx, 'The development moved on', '客户开发已推进')
  for (const [key, { about }] of Object.entries(draft.state.tasks)) {
    if (about === development && !wanted.includes(key)) closeTask(draft, key, { rule: 'DEV-A', text })
  }
}

const nameOf = (draft: Draft, record: RecordSnapshot): string => {
  const { name } = record.fields
  return typeof name === 'string' && name !== '' ? name : customerName(draft)
}
