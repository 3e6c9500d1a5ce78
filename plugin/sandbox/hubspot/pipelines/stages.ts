import * as bodies from '../bodies/pipelines.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import * as rules from './rules.ts'

const ROOT = '/crm/pipelines/2026-09/:objectType/:pipelineId/stages'
const reads = ofType('schemas', 'read')
const writes = ofType('schemas', 'write')

function remove(call: Call): void {
  const pipeline = rules.pipelineOf(call)
  const stage = rules.stageOf(call)
  rules.checkUnused(rules.typeOf(call), { stage: stage.id })
  pipeline.stages = pipeline.stages.filter((one) => one !== stage)
}

export const stageRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: reads, answers: { 200: bodies.stages } }, (call) => {
    return { status: 200, body: { results: rules.pipelineOf(call).stages.map(rules.renderStage) } }
  }),

  route(`POST ${ROOT}`, { scopes: writes, body: bodies.stageCreate, answers: { 201: bodies.stage } }, (call, body) => {
    const type = rules.typeOf(call)
    const pipeline = rules.pipelineOf(call)
    const others = [...type.pipelines.values()].flatMap(({ stages }) => stages)
    const [stage] = rules.newStages(type, [body], others, call.state.now())
    if (!stage) throw new Error('No stage was made')
    rules.checkLabels([...pipeline.stages, stage])
    pipeline.stages.push(stage)
    return { status: 201, body: rules.renderStage(stage) }
  }),

  route(`GET ${ROOT}/:stageId`, { scopes: reads, answers: { 200: bodies.stage } }, (call) => {
    return { status: 200, body: rules.renderStage(rules.stageOf(call)) }
  }),

  route(
    `PUT ${ROOT}/:stageId`,
    { scopes: writes, body: bodies.stageReplace, answers: { 200: bodies.stage } },
    (call, body) => {
      const stage = rules.stageOf(call)
      const metadata = rules.checkMetadata(rules.typeOf(call), body.metadata)
      rules.touchInside(call, param(call, 'pipelineId'))
      Object.assign(stage, body, { metadata, updatedAt: call.state.now() })
      return { status: 200, body: rules.renderStage(stage) }
    },
  ),

  route(
    `PATCH ${ROOT}/:stageId`,
    { scopes: writes, body: bodies.stageUpdate, published: ['metadata'], answers: { 200: bodies.stage } },
    (call, { archived = false, ...body }) => {
      const stage = rules.stageOf(call)
      const others = rules.pipelineOf(call).stages.filter(({ id }) => id !== param(call, 'stageId'))
      if (body.label !== undefined) rules.checkLabels([...others, { label: body.label }])
      const merged = { ...stage.metadata, ...body.metadata }
      const metadata = body.metadata ? rules.checkMetadata(rules.typeOf(call), merged) : stage.metadata
      if (archived) remove(call)
      rules.touchInside(call, param(call, 'pipelineId'))
      Object.assign(stage, body, { metadata, updatedAt: call.state.now() })
      return { status: 200, body: rules.renderStage(stage) }
    },
  ),

  route(`DELETE ${ROOT}/:stageId`, { scopes: writes, answers: { 204: null } }, (call) => {
    remove(call)
    return { status: 204, body: null }
  }),
]
