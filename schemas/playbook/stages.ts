import * as z from '../z.ts'
import { code, feel, isDefault, labelSchema } from './bits.ts'

export const exitRuleSchema = z.strictObject({
  id: z.string().check(z.minLength(1)),
  rule: feel,
  message: labelSchema,
  /** `enforce`: the move is put back. `warn`: it stays, with the reason and a task. */
  level: z._default(z.enum(['enforce', 'warn']), 'enforce'),
  isDefault,
})

export const stageSchema = z.strictObject({
  code,
  id: z.string().check(z.minLength(1)),
  name: labelSchema,
  fields: z.array(z.string().check(z.minLength(1))),
  checklist: z.array(z.strictObject({ code, text: labelSchema })),
  exit: z.array(exitRuleSchema),
  /** Working days that a development may stay here before ESC-STALL; null: no limit. */
  allowanceDays: z.nullable(z.int().check(z.positive())),
  isDefault,
  guidance: labelSchema,
})
export type Stage = z.infer<typeof stageSchema>

export const pipelineSchema = z.strictObject({
  code,
  id: z.string().check(z.minLength(1)),
  name: labelSchema,
  /** Whether new developments may begin in it; those that run go on as they began. Yes when not said. */
  active: z.optional(z.boolean()),
  enforce: z.enum(['enforce', 'warn']),
  stages: z.array(stageSchema).check(z.minLength(2)),
  /** Fields whose filled share is `completeness`, in percent (DEV-A03). */
  fileFields: z.array(z.string().check(z.minLength(1))),
  /** All of these make a qualified lead (DEV-Q). */
  qualification: z.array(z.string().check(z.minLength(1))),
  /** What is asked for from the day on which a development begins; only warned of (DEV-SRC). */
  entry: z.optional(z.array(exitRuleSchema)),
  /** When a development counts as won. Never when not said. */
  won: z.optional(feel),
})
export type Pipeline = z.infer<typeof pipelineSchema>
