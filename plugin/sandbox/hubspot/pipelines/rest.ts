import { randomUUID } from 'node:crypto'
import * as bodies from '../bodies/pipelines.ts'
import type { Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { ObjectType, PipelineMeta, StageMeta } from '../types.ts'
import * as rules from './rules.ts'

const ROOT = '/crm/pipelines/2026-09/:objectType'
const reads = ofType('schemas', 'read')
const writes = ofType('schemas', 'write')

function stagesBut(type: ObjectType, pipelineId: string): StageMeta[] {
  return [...type.pipelines.values()].flatMap((one) => (one.id === pipelineId ? [] : one.stages))
}

function remove(type: ObjectType, pipeline: PipelineMeta, check: boolean): void {
  if (check) rules.checkUnused(type, { pipeline: pipeline.id })
  type.pipelines.delete(pipeline.id)
}

export const pipelineRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: reads, answers: { 200: bodies.pipelines } }, (call) => {
    return { status: 200, body: { results: [...rules.typeOf(call).pipelines.values()].map(rules.renderPipeline) } }
  }),

  route(`POST ${ROOT}`, { scopes: writes, body: bodies.create, answers: { 201: bodies.pipeline } }, (call, body) => {
    const type = rules.typeOf(call)
    const now = call.state.now()
    const { label, displayOrder, pipelineId: id = randomUUID() } = body
    rules.checkNew(call.portal, type, id, label)
    rules.checkLabels(body.stages)
    const stages = rules.newStages(type, body.stages, stagesBut(type, id), now)
    const pipeline: PipelineMeta = { id, label, displayOrder, stages, createdAt: now, updatedAt: now }
    type.pipelines.set(id, pipeline)
    return { status: 201, body: rules.renderPipeline(pipeline) }
  }),

  route(`GET ${ROOT}/:pipelineId`, { scopes: reads, answers: { 200: bodies.pipeline } }, (call) => {
    return { status: 200, body: rules.renderPipeline(rules.pipelineOf(call)) }
  }),

  route(
    `PUT ${ROOT}/:pipelineId`,
    { scopes: writes, body: bodies.replace, answers: { 200: bodies.pipeline } },
    (call, body) => {
      const type = rules.typeOf(call)
      const pipeline = rules.pipelineOf(call)
      rules.checkPipelineLabel(type, body.label, pipeline.id)
      rules.checkLabels(body.stages)
      const stages = rules.newStages(type, body.stages, stagesBut(type, pipeline.id), call.state.now())
      const gone = pipeline.stages.filter(({ id }) => !stages.some((stage) => stage.id === id))
      if (rules.wantsCheck(call)) for (const { id } of gone) rules.checkUnused(type, { stage: id })
      const { label, displayOrder } = body
      rules.touchInside(call, pipeline.id)
      Object.assign(pipeline, { label, displayOrder, stages, updatedAt: call.state.now() })
      return { status: 200, body: rules.renderPipeline(pipeline) }
    },
  ),

  route(
    `PATCH ${ROOT}/:pipelineId`,
    { scopes: writes, body: bodies.update, answers: { 200: bodies.pipeline } },
    (call, { archived = false, ...body }) => {
      const type = rules.typeOf(call)
      const pipeline = rules.pipelineOf(call)
      if (body.label !== undefined) rules.checkPipelineLabel(type, body.label, pipeline.id)
      if (archived) remove(type, pipeline, rules.wantsCheck(call))
      rules.touchInside(call, pipeline.id)
      Object.assign(pipeline, body, { updatedAt: call.state.now() })
      return { status: 200, body: rules.renderPipeline(pipeline) }
    },
  ),

  route(`DELETE ${ROOT}/:pipelineId`, { scopes: writes, answers: { 204: null } }, (call) => {
    remove(rules.typeOf(call), rules.pipelineOf(call), rules.wantsCheck(call))
    return { status: 204, body: null }
  }),
]
