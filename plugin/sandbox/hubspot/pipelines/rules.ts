import { randomUUID } from 'node:crypto'
import type { StageCreate } from '../bodies/pipelines.ts'
import { PIPELINES } from '../account/limits.ts'
import type { Portal } from '../portal.ts'
import { typeNamed } from '../portal.ts'
import { conflict, invalid, notFound } from '../refusal.ts'
import { touch } from '../records/commit.ts'
import { stageProperties } from '../records/values.ts'
import { siteOf } from '../records/write.ts'
import type { Call } from '../server/route.ts'
import { param } from '../server/route.ts'
import { instant } from '../time.ts'
import type { ObjectType, PipelineMeta, StageMeta } from '../types.ts'

const ID = /^[A-Za-z0-9_-]{1,100}$/

/** The object of the path; a refusal when it has no pipelines. */
export function typeOf(call: Call): ObjectType {
  const type = typeNamed(call.portal, param(call, 'objectType'))
  if (!type.custom && type.singular !== 'deal') throw invalid(`${type.singular} has no pipelines`)
  return type
}

export function pipelineOf(call: Call): PipelineMeta {
  const pipeline = typeOf(call).pipelines.get(param(call, 'pipelineId'))
  if (!pipeline) throw notFound(`No pipeline ${param(call, 'pipelineId')}`)
  return pipeline
}

export function stageOf(call: Call): StageMeta {
  const stage = pipelineOf(call).stages.find(({ id }) => id === param(call, 'stageId'))
  if (!stage) throw notFound(`No stage ${param(call, 'stageId')}`)
  return stage
}

/** Deals need a probability of 0.0 to 1.0 in steps of a tenth; a sure or lost one is a closed one. */
export function checkMetadata(type: ObjectType, metadata: Record<string, string>): Record<string, string> {
  if (type.singular !== 'deal') return metadata
  const { probability = '' } = metadata
  const value = Number(probability)
  if (!/^[01](\.\d)?$/.test(probability) || value > 1) {
    throw invalid(`A stage of a deal needs a probability from 0.0 to 1.0, not "${probability}"`)
  }
  return { ...metadata, probability, isClosed: metadata['isClosed'] ?? String(value === 0 || value === 1) }
}

/** New stages, with the ids that the caller chose. Ids of stages are unique in the whole object. */
export function newStages(type: ObjectType, inputs: StageCreate[], others: StageMeta[], now: number): StageMeta[] {
  const all = [...others]
  const made = inputs.map((input): StageMeta => {
    const { label, displayOrder, stageId = randomUUID() } = input
    if (!ID.test(stageId)) throw invalid(`The stage id "${stageId}" is not allowed`)
    if (all.some((stage) => stage.id === stageId)) throw conflict(`A stage with the id '${stageId}' already exists.`)
    const metadata = checkMetadata(type, input.metadata)
    const stage = { id: stageId, label, displayOrder, metadata, createdAt: now, updatedAt: now }
    all.push(stage)
    return stage
  })
  return made
}

export function checkLabels(stages: { label: string }[]): void {
  const labels = stages.map(({ label }) => label.toLowerCase())
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice !== undefined) throw invalid(`The stage label "${twice}" is there twice in the pipeline`)
}

export function checkNew(portal: Portal, type: ObjectType, id: string, label: string): void {
  if (!ID.test(id)) throw invalid(`The pipeline id "${id}" is not allowed`)
  if (type.pipelines.has(id)) throw conflict(`A pipeline with the id '${id}' already exists.`)
  checkPipelineLabel(type, label, null)
  const most = PIPELINES[portal.edition]
  if (type.pipelines.size < most) return
  throw invalid(`The account has its ${most} pipelines of ${type.singular} already`, {
    subCategory: 'PipelineError.LIMIT_EXCEEDED',
  })
}

export function checkPipelineLabel(type: ObjectType, label: string, self: string | null): void {
  const taken = [...type.pipelines.values()].find(
    (one) => one.id !== self && one.label.toLowerCase() === label.toLowerCase(),
  )
  if (taken) throw conflict(`A pipeline with the label '${label}' already exists.`)
}

/** Refuses to take away what records are in. */
export function checkUnused(type: ObjectType, where: { pipeline?: string; stage?: string }): void {
  const names = stageProperties(type)
  const inside = [...type.records.values()].filter(({ archivedAt, properties }) => {
    if (archivedAt !== null) return false
    return where.stage === undefined
      ? properties[names.pipeline] === where.pipeline
      : properties[names.stage] === where.stage
  })
  if (inside.length === 0) return
  const what = where.stage === undefined ? `pipeline ${where.pipeline ?? ''}` : `stage ${where.stage}`
  throw invalid(`The ${what} is used by ${inside.length} records`, {
    subCategory: 'PipelineError.STAGE_OR_PIPELINE_IN_USE',
    context: { objectIds: inside.slice(0, 10).map(({ id }) => id) },
  })
}

/** An edit of a pipeline moves the time of change of every record in it, though no value changes. */
export function touchInside(call: Call, pipelineId: string): void {
  const site = siteOf(call)
  const { pipeline } = stageProperties(site.type)
  for (const row of site.type.records.values())
    if (row.archivedAt === null && row.properties[pipeline] === pipelineId) touch(site, row)
}

/** Whether the caller wants references checked before something goes; so it is when nothing is said. */
export function wantsCheck(call: Call): boolean {
  const { query } = call
  return (
    query.get('validateReferencesBeforeDelete') !== 'false' &&
    query.get('validateDealStageUsagesBeforeDelete') !== 'false'
  )
}

export function renderStage(stage: StageMeta): object {
  const { createdAt, updatedAt, ...shown } = stage
  const times = { createdAt: instant(createdAt), updatedAt: instant(updatedAt) }
  return { ...shown, ...times, archived: false, writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT' }
}

export function renderPipeline(pipeline: PipelineMeta): object {
  const { id, label, displayOrder, stages, createdAt, updatedAt } = pipeline
  const times = { createdAt: instant(createdAt), updatedAt: instant(updatedAt), archived: false }
  return { id, label, displayOrder, stages: stages.map(renderStage), ...times }
}
