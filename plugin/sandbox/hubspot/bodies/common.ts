import { z } from 'zod'

/** Bodies that many calls share, in our own words. Keys that aren't named are refused, in questions and in answers. */

export const idText = z.string().regex(/^\d+$/, 'an id is a number in a string')
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/)
const contexts = z.record(z.string(), z.array(z.string()))

export const errorDetail = z.strictObject({
  message: z.string(),
  code: z.string().optional(),
  in: z.string().optional(),
  subCategory: z.string().optional(),
  context: contexts.optional(),
})

/** Of every refusal. */
export const errorBody = z.strictObject({
  status: z.string(),
  message: z.string(),
  correlationId: z.uuid(),
  category: z.string(),
  subCategory: z.string().optional(),
  context: contexts.optional(),
  errors: z.array(errorDetail).optional(),
  links: z.record(z.string(), z.string()).optional(),
  errorType: z.string().optional(),
  policyName: z.string().optional(),
  requestId: z.string().optional(),
})

/** Of one input of a batch that failed. */
export const inputError = z.strictObject({
  status: z.string(),
  category: z.string(),
  message: z.string(),
  context: contexts,
  errors: z.array(errorDetail),
  links: z.record(z.string(), z.string()),
})
export type InputError = z.infer<typeof inputError>

export const nextPage = z.strictObject({ next: z.strictObject({ after: z.string(), link: z.string().optional() }) })

/** A batch of at most so many inputs. */
export function batchOf<Input extends z.ZodType>(
  input: Input,
  most = 100,
): z.ZodObject<{ inputs: z.ZodArray<Input> }, z.core.$strict> {
  return z.strictObject({ inputs: z.array(input).min(1).max(most, `more than ${most} inputs`) })
}

/** What a batch answers: `errors` only where some inputs failed. */
export function batchAnswer(result: z.ZodType): z.ZodType {
  return z.strictObject({
    status: z.literal('COMPLETE'),
    results: z.array(result),
    numErrors: z.number().int().optional(),
    errors: z.array(inputError).optional(),
    startedAt: time,
    completedAt: time,
  })
}
