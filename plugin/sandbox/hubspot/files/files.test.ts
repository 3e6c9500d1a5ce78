import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubspotSandbox, startHubspotSandbox } from '../index.ts'

let hubspot: HubspotSandbox
beforeAll(async () => {
  hubspot = await startHubspotSandbox({ rateLimit: null })
})
afterAll(() => hubspot.close())

const upload = async (fields: Record<string, string>, content: string | null = '%PDF-1.7', token = hubspot.token) => {
  const form = new FormData()
  if (content !== null) form.set('file', new Blob([content], { type: 'application/pdf' }), '报告.pdf')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const answer = await fetch(`${hubspot.url}/files/2026-09/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const whole = { fileName: '报告.pdf', folderPath: '/ladder/a', options: '{"access":"PRIVATE","overwrite":true}' }

describe('files of the stand-in', () => {
  it('an upload is kept private under its name; over the same name in the same folder it is the same file', async () => {
    const first = await upload(whole)
    expect(first).toMatchObject({
      status: 201,
      body: { name: '报告', extension: 'pdf', path: '/ladder/a/报告.pdf', access: 'PRIVATE' },
    })
    const again = await upload(whole, '%PDF-1.7 other')
    expect(again.body['id']).toBe(first.body['id'])
    expect((await upload({ ...whole, folderPath: '/ladder/b' })).body['id']).not.toBe(first.body['id'])
    expect(hubspot.store.file(String(first.body['id']))?.toString()).toBe('%PDF-1.7 other')
  })

  it('refuses a form without file, place or access, and a token without the scope', async () => {
    expect((await upload(whole, null)).status).toBe(400)
    expect((await upload({ options: whole.options })).status).toBe(400)
    expect((await upload({ folderPath: '/x' })).status).toBe(400)
    expect((await upload({ ...whole, options: '{"access":"SECRET"}' })).status).toBe(400)
    const poor = hubspot.addToken({ scopes: ['crm.objects.contacts.read'] })
    expect((await upload(whole, '%PDF-', poor)).status).toBe(403)
  })
})
