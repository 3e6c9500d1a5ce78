import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTwentySandbox } from '../index.ts'
import type { TwentySandbox } from '../index.ts'
import type { JsonObject } from '../types.ts'
import { signature } from './queue.ts'

interface Received {
  headers: IncomingHttpHeaders
  raw: string
  body: JsonObject
}

let sandbox: TwentySandbox
let receiver: Server
let received: Received[]
let target: string
let answer: number

beforeEach(async () => {
  received = []
  answer = 200
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ headers: request.headers, raw, body: JSON.parse(raw) as JsonObject })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  sandbox = await startTwentySandbox({ rateLimit: null })
})

afterEach(async () => {
  await sandbox.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

async function hook(operations: string[], secret?: string): Promise<JsonObject> {
  const response = await fetch(`${sandbox.url}/rest/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ targetUrl: target, operations, secret }),
  })
  return (await response.json()) as JsonObject
}

async function rest(method: string, path: string, body?: unknown): Promise<void> {
  const init: RequestInit = {
    method,
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
  }
  if (body !== undefined) init.body = JSON.stringify(body)
  await (await fetch(sandbox.url + path, init)).arrayBuffer()
}

function events(): unknown[] {
  return received.map(({ body }) => body['eventName'])
}

describe('webhooks', () => {
  it('are signed over timestamp and raw body with the secret as UTF-8', async () => {
    await hook(['company.*'], 'Schlüssel')
    await sandbox.store.insert('company', [{ name: 'Söhne 😀' }])
    await sandbox.flushWebhooks()
    const [call] = received
    const timestamp = String(call?.headers['x-twenty-webhook-timestamp'])
    expect(timestamp).toMatch(/^\d{13}$/)
    expect(call?.headers['x-twenty-webhook-nonce']).toMatch(/^[0-9a-f]{32}$/)
    expect(call?.headers['x-twenty-webhook-signature']).toBe(signature('Schlüssel', timestamp, call?.raw ?? ''))
  })

  it('made without a secret get one; made with an empty one they are not signed', async () => {
    expect((await hook(['company.created']))['secret']).toMatch(/^[0-9a-f]{64}$/)
    await hook(['company.created'], '')
    await sandbox.store.insert('company', [{}])
    await sandbox.flushWebhooks()
    const signed = received.map(({ headers }) => 'x-twenty-webhook-signature' in headers)
    expect(signed.sort()).toEqual([false, true])
  })

  it('come one a record, but one for a bulk destroy', async () => {
    await hook(['company.*'])
    await sandbox.store.insert('company', [{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    await rest('PATCH', '/rest/companies?filter=name[in]:["a","b"]', { name: 'd' })
    await rest('DELETE', '/rest/companies?filter=name[neq]:"x"')
    await sandbox.flushWebhooks()
    expect(events()).toEqual([
      ...Array<string>(3).fill('company.created'),
      ...Array<string>(2).fill('company.updated'),
      'company.destroyed',
    ])
  })

  it('tell nothing of an update that changes nothing', async () => {
    await hook(['company.updated'])
    const [row] = await sandbox.store.insert('company', [{ name: 'a' }])
    await rest('PATCH', `/rest/companies/${String(row?.['id'])}`, { name: 'a' })
    await sandbox.flushWebhooks()
    expect(received).toEqual([])
  })

  it('are lost for good after a 500', async () => {
    answer = 500
    await hook(['company.created'])
    await sandbox.store.insert('company', [{}])
    await sandbox.flushWebhooks()
    expect(received).toHaveLength(1)
    expect(sandbox.deliveries).toMatchObject([{ outcome: 'failed', status: 500 }])
  })

  it('can be dropped, doubled and turned round', async () => {
    await hook(['company.created'])
    sandbox.dropWebhooks({ next: 1 })
    sandbox.duplicateWebhooks((call) => JSON.stringify(call.tail).includes('twice'))
    await sandbox.store.insert('company', [{ name: 'lost' }, { name: 'twice' }])
    await sandbox.flushWebhooks()
    expect(received.map(({ body }) => (body['record'] as JsonObject)['name'])).toEqual(['twice', 'twice'])
    received = []
    sandbox.duplicateWebhooks(null)
    sandbox.reorderWebhooks(3)
    for (const name of ['1', '2', '3']) await sandbox.store.insert('company', [{ name }])
    await sandbox.flushWebhooks()
    expect(received.map(({ body }) => (body['record'] as JsonObject)['name'])).toEqual(['3', '2', '1'])
  })

  it('wait while the worker is down, and carry the time of sending', async () => {
    let now = 1_800_000_000_000
    sandbox.setClock(() => now)
    await hook(['company.created'])
    sandbox.setWebhookMode('hold')
    await sandbox.store.insert('company', [{}])
    now += 24_000
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(received).toEqual([])
    sandbox.setWebhookMode('deliver')
    await sandbox.flushWebhooks()
    expect(received[0]?.body['eventDate']).toBe(new Date(now).toISOString())
    expect((received[0]?.body['record'] as JsonObject)['updatedAt']).toBe(new Date(now - 24_000).toISOString())
  })

  it('on *.* also bring metadata events, which have no record', async () => {
    await hook(['*.*'])
    const objectMetadataId = sandbox.store.object('company').id
    await rest('POST', '/rest/metadata/fields', { objectMetadataId, type: 'TEXT', name: 'note', label: 'Note' })
    await sandbox.flushWebhooks()
    expect(events()).toContain('metadata.fieldMetadata.created')
    expect(received.every(({ body }) => !('record' in body) && 'event' in body)).toBe(true)
  })
})

describe('edits by hand', () => {
  it('name the person, and another author alone is a change', async () => {
    await hook(['company.updated'])
    const [row] = await sandbox.store.insert('company', [{ name: 'a' }])
    const [member] = sandbox.store.list('workspaceMember')
    sandbox.store.edit('company', String(row?.['id']), { name: 'a' }, String(member?.['id']))
    await sandbox.flushWebhooks()
    expect(received[0]?.body).toMatchObject({ workspaceMemberId: member?.['id'], updatedFields: ['updatedBy'] })
  })
})
