import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { CompiledPipeline } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { DevelopmentState } from '../state.ts'
import { say } from '../tiers/text.ts'

/** What a development runs in, and the code of the pipeline that it was refused, if it was. */
export interface Chosen {
  pipeline?: CompiledPipeline | undefined
  refused?: string
}

/**
 * The pipeline of a development (DEV-A to DEV-H): the one that it began with, as it was then. Another one that is chosen for it
 * begins anew, where the playbook has it switched on. A new development without a pipeline takes that of its stage, else the
 * first one that is switched on. One that was there before Ladder stays in a pipeline that is switched off.
 */
export const choosePipeline = (
  draft: Draft,
  record: RecordSnapshot,
  standing: DevelopmentState | undefined,
): Chosen => {
  const all = [...draft.ctx.playbook.pipelines.values()]
  const { pipeline: code, stage } = record.fields
  const isNamed = typeof code === 'string' && code !== ''
  const isOn = ({ source }: CompiledPipeline): boolean => source.active !== false
  const named = isNamed
    ? all.find(({ source }) => source.code === code)
    : (all.find(({ source }) => source.stages.some((one) => one.code === stage)) ?? all.find(isOn) ?? all[0])
  const wanted = named?.source.code ?? (isNamed ? code : '')
  const kept = standing && (all.find(({ hash }) => hash === standing.pipeline) ?? draft.ctx.pipeline(standing.pipeline))
  if (kept) {
    if (!isNamed || code === kept.source.code) return { pipeline: kept }
    return named && isOn(named) ? { pipeline: named } : { pipeline: kept, refused: wanted }
  }
  return named && (isOn(named) || standing !== undefined || isAdopted(draft, record))
    ? { pipeline: named }
    : { refused: wanted }
}

/** Whether the record was there before Ladder, or came from another customer. */
export const isAdopted = ({ event }: Draft, { id }: RecordSnapshot): boolean =>
  event.type === 'record.changed' && event.adopt === true && event.record.id === id

/** Why a development didn't begin in a pipeline. */
export const offText = ({ ctx }: Draft, code: string): string => {
  const { en, zh } = ctx.playbook.pipelines.get(code)?.source.name ?? { en: code, zh: code }
  return ctx.playbook.pipelines.has(code)
    ? say(
        ctx,
        `Not begun: the pipeline “${en}” is switched off. Choose another one.`,
        `未开始：流程“${zh}”已停用，请选择其他流程。`,
      )
    : say(
        ctx,
        `Not begun: the playbook has no pipeline “${en}”. Choose another one.`,
        `未开始：手册中没有流程“${zh}”，请选择其他流程。`,
      )
}
