import type { Context } from 'hono'
import type * as z from '../../schemas/z.ts'
import type { ConsoleEnv } from './guard.ts'
import { SAID, type Said, saidOf } from './refusals.ts'

export type Call = Context<ConsoleEnv>

const MOST_BODY_BYTES = 4 * 1024 * 1024

/** The answer to a request that can't be read; a text that is for programs alone may be in English. */
export const bad = (context: Call, said: Said | string, issues?: unknown): Response =>
  context.json(
    {
      error: 'bad-request',
      ...(typeof said === 'string' ? { message: said } : said),
      ...(issues === undefined ? {} : { issues }),
    },
    400,
  )

/** The body as JSON, or what is wrong with it. */
export const jsonOf = async (context: Call): Promise<{ ok: true; value: unknown } | { ok: false; said: Said }> => {
  const text = await context.req.text()
  if (text.length > MOST_BODY_BYTES) return { ok: false, said: SAID.tooLarge }
  try {
    return { ok: true, value: text === '' ? {} : JSON.parse(text) }
  } catch (error) {
    return { ok: false, said: SAID.notJson(error instanceof Error ? error.message : 'unreadable') }
  }
}

/** A body that fits a schema, or the answer that says what doesn't. */
export const read = async <T>(
  context: Call,
  schema: z.ZodMiniType<T>,
): Promise<{ ok: true; value: T } | { ok: false; answer: Response }> => {
  const json = await jsonOf(context)
  if (!json.ok) return { ok: false, answer: bad(context, json.said) }
  const parsed = schema.safeParse(json.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  return { ok: false, answer: bad(context, saidOf(parsed.error.issues), issues) }
}
