import { z } from 'zod'
import { time } from './common.ts'

const order = z.number().int()
const metadata = z.record(z.string(), z.string())

export const stageCreate = z.strictObject({
  label: z.string().min(1),
  displayOrder: order,
  stageId: z.string().optional(),
  metadata,
})
export type StageCreate = z.infer<typeof stageCreate>
export const stageReplace = stageCreate.omit({ stageId: true })
export const stageUpdate = z.strictObject({
  label: z.string().min(1).optional(),
  displayOrder: order.optional(),
  archived: z.boolean().optional(),
  metadata: metadata.optional(),
})
export const create = z.strictObject({
  label: z.string().min(1),
  displayOrder: order,
  pipelineId: z.string().optional(),
  stages: z.array(stageCreate),
})
export const replace = create.omit({ pipelineId: true })
export const update = z.strictObject({
  label: z.string().min(1).optional(),
  displayOrder: order.optional(),
  archived: z.boolean().optional(),
})

export const stage = z.strictObject({
  id: z.string(),
  label: z.string(),
  displayOrder: order,
  metadata,
  createdAt: time,
  updatedAt: time,
  archived: z.boolean(),
  writePermissions: z.enum(['CRM_PERMISSIONS_ENFORCEMENT', 'READ_ONLY', 'INTERNAL_ONLY']),
})
export const stages = z.strictObject({ results: z.array(stage) })
export const pipeline = z.strictObject({
  id: z.string(),
  label: z.string(),
  displayOrder: order,
  stages: z.array(stage),
  createdAt: time,
  updatedAt: time,
  archived: z.boolean(),
})
export const pipelines = z.strictObject({ results: z.array(pipeline) })
