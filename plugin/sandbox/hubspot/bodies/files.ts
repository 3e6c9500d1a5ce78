import { z } from 'zod'
import { time } from './common.ts'

export const access = z.enum(['PUBLIC_INDEXABLE', 'PUBLIC_NOT_INDEXABLE', 'PRIVATE'])

/** The form's `options`: a text that holds JSON. */
export const options = z.strictObject({
  access,
  ttl: z.string().optional(),
  overwrite: z.boolean().optional(),
  duplicateValidationStrategy: z.enum(['NONE', 'REJECT', 'RETURN_EXISTING']).optional(),
  duplicateValidationScope: z.enum(['ENTIRE_PORTAL', 'EXACT_FOLDER']).optional(),
})

export const file = z.strictObject({
  id: z.string(),
  name: z.string(),
  extension: z.string(),
  path: z.string(),
  parentFolderId: z.string(),
  size: z.number().int(),
  access,
  archived: z.boolean(),
  createdAt: time,
  updatedAt: time,
})

export const found = z.strictObject({ results: z.array(file) })
