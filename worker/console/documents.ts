import { Hono } from 'hono/tiny'
import { DOCUMENT_LANGUAGES } from '../../schemas/playbook/index.ts'
import * as z from '../../schemas/z.ts'
import { loadDocuments } from '../shell/documents.ts'
import type { ConsoleEnv } from './guard.ts'
import { isOwn } from './scope.ts'
import { SAID, saidOf } from './refusals.ts'

const wishSchema = z.strictObject({
  record: z.string().check(z.minLength(1)),
  kind: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/i, 'a kind of document such as value-report')),
  lang: z._default(z.enum(DOCUMENT_LANGUAGES), 'zh'),
  format: z._default(z.enum(['docx', 'pdf', 'html']), 'docx'),
})

/** `value-report` → `VALUE_REPORT`. */
const codeOf = (kind: string): string => kind.toUpperCase().replaceAll('-', '_')

/**
 * `GET /accounts/:account/document?record=&kind=&lang=&format=`: a document of a record as it stands now (DEV-A08, DEV-A09,
 * DEV-CTRL), for a person to look at: nothing is put onto the record.
 */
export const documentsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/accounts/:account/document', async (context) => {
    const wish = wishSchema.safeParse(context.req.query())
    if (!wish.success) {
      const [issue] = wish.error.issues
      return context.json({ error: 'bad-request', ...saidOf(issue ? [issue] : []) }, 400)
    }
    const { record, kind, lang: language, format } = wish.data
    const account = context.env.ACCOUNT.getByName(context.req.param('account'))
    const found = (await isOwn(account, record, context.get('seen')))
      ? await account.document(record, codeOf(kind))
      : { ok: false as const, message: SAID.noRecord.message }
    if (!found.ok) return context.json({ error: 'not-found', message: found.message }, 404)
    const { oneFile } = await loadDocuments()
    const file = await oneFile(context.env, found.request, new Map(found.people), { language, format })
    if (!file.ok) return context.json({ error: 'no-printer', message: file.fault }, 503)
    return context.body(file.bytes, 200, {
      'content-type': file.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'no-store',
      // a page made of what people wrote runs nothing
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })
  return app
}
