import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTwentySandbox, type TwentySandbox } from '../index.ts'

const FIELD = '20202020-15db-460e-8166-c7b5d87ad4be'
let twenty: TwentySandbox
beforeAll(async () => {
  twenty = await startTwentySandbox({ rateLimit: null })
})
afterAll(() => twenty.close())

const headers = (): Record<string, string> => ({ authorization: `Bearer ${twenty.apiKey}` })

const upload = async (name: string, content: string, field = FIELD, authorization = headers()) => {
  const form = new FormData()
  const query =
    'mutation ($file: Upload!, $field: String!) { uploadFilesFieldFileByUniversalIdentifier(file: $file, fieldMetadataUniversalIdentifier: $field) { id size } }'
  form.set('operations', JSON.stringify({ query, variables: { file: null, field } }))
  form.set('map', JSON.stringify({ 0: ['variables.file'] }))
  form.set('0', new Blob([content]), name)
  const answer = await fetch(`${twenty.url}/metadata`, { method: 'POST', headers: authorization, body: form })
  return (await answer.json()) as {
    data: Record<string, { id: string; size: number }> | null
    errors?: { message: string }[]
  }
}

const attach = async (row: object) => {
  const answer = await fetch(`${twenty.url}/rest/batch/attachments?upsert=true`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: JSON.stringify([row]),
  })
  return { status: answer.status, body: (await answer.json()) as { messages?: string[] } }
}

describe('files of the stand-in, as Twenty 2.31 was seen to take them', () => {
  it('keeps an uploaded file and attaches it; the same id again is the same attachment', async () => {
    const [company] = await twenty.store.insert('company', [{ name: '华星' }])
    const { data } = await upload('报告.pdf', '%PDF-1.7 x')
    const fileId = data?.['uploadFilesFieldFileByUniversalIdentifier']?.id ?? ''
    const row = {
      id: '11111111-1111-5111-8111-111111111111',
      name: '报告.pdf',
      targetCompanyId: company?.['id'],
      file: [{ fileId, label: '报告.pdf' }],
    }
    expect((await attach(row)).status).toBe(201)
    expect((await attach(row)).status).toBe(201)
    expect(twenty.store.list('attachment')).toMatchObject([
      { name: '报告.pdf', targetCompanyId: company?.['id'], file: [{ label: '报告.pdf', fileId, extension: '.pdf' }] },
    ])
    expect(twenty.store.file(fileId)?.toString()).toBe('%PDF-1.7 x')
  })

  it('refuses a file that isn’t what its name says, one for no field, and an attachment of a file that isn’t there', async () => {
    expect((await upload('a.docx', 'hello')).errors?.[0]?.message).toContain('does not match its extension')
    expect((await upload('a.pdf', '%PDF-1.7', '20202020-0000-4000-8000-000000000000')).errors).toHaveLength(1)
    expect((await upload('a.pdf', '%PDF-1.7', FIELD, {})).data).toBeNull()
    const missing = await attach({ name: 'x', file: [{ fileId: '11111111-1111-4111-8111-111111111112', label: 'x' }] })
    expect([missing.status, missing.body.messages]).toEqual([
      400,
      ['File not found: 11111111-1111-4111-8111-111111111112'],
    ])
    expect((await attach({ name: 'x', file: [{ fileId: 'x' }] })).status).toBe(400)
  })
})
