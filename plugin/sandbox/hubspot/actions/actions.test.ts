import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, Sandboxes } from '../testing.ts'
import type { JsonObject } from '../types.ts'
import { signatureHeaders } from '../webhooks/signature.ts'

const open = new Sandboxes()
const URL = 'https://ladder.example/actions/rate?account=a'
let app: Server
let deliverTo: string
let received: { headers: IncomingHttpHeaders; raw: string }[]
let answers: { status: number; body: object }[]

beforeEach(async () => {
  received = []
  answers = []
  app = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, raw: Buffer.concat(chunks).toString('utf8') })
      const { status, body } = answers.shift() ?? { status: 200, body: { outputFields: {} } }
      response.writeHead(status).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  deliverTo = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`
})

afterEach(async () => {
  await open.close()
  app.closeAllConnections()
  await new Promise((resolve) => app.close(resolve))
})

describe('workflow actions', () => {
  it('are called with a v2 signature over the address with its query, and their outputs come back', async () => {
    const hubspot = await open.start({ clientSecret: 's' })
    answers = [{ status: 200, body: { outputFields: { tier: 'a', hs_execution_state: 'SUCCESS' } } }]
    const object = { objectId: 5, objectType: 'COMPANY' }
    const result = await hubspot.runAction({ url: URL, deliverTo, object, inputFields: { reason: 'x' } })
    expect(result).toMatchObject({ state: 'SUCCESS', outputFields: { tier: 'a' }, statuses: [200] })
    const [got] = received
    const signed = { method: 'POST', uri: URL, body: got?.raw ?? '', secret: 's', at: 0 }
    expect(got?.headers['x-hubspot-signature']).toBe(signatureHeaders(['v2'], signed)['X-HubSpot-Signature'])
    expect(got?.headers['x-hubspot-signature-version']).toBe('v2')
    expect(JSON.parse(got?.raw ?? '')).toMatchObject({
      callbackId: result.callbackId,
      origin: { portalId: 62515 },
      object,
      inputFields: { reason: 'x' },
    })
  })

  it('are tried again on 5xx with one callback id; 4xx is a failure at once', async () => {
    const hubspot = await open.start()
    const body = { outputFields: {} }
    answers = [
      { status: 500, body },
      { status: 503, body },
      { status: 200, body },
    ]
    expect((await hubspot.runAction({ url: URL, deliverTo, inputFields: {} })).statuses).toEqual([500, 503, 200])
    const ids = received.map(({ raw }) => (JSON.parse(raw) as JsonObject)['callbackId'])
    expect(new Set(ids).size).toBe(1)
    answers = [{ status: 400, body }]
    expect(await hubspot.runAction({ url: URL, deliverTo, inputFields: {} })).toMatchObject({ state: 'FAILED' })
  })

  it('that block wait until they are completed, once, or run out', async () => {
    let now = 0
    const hubspot = await open.start({ now: () => now })
    const block = { outputFields: { hs_execution_state: 'BLOCK', hs_expiration_duration: 'PT15M' } }
    answers = [1, 2, 3].map(() => ({ status: 200, body: block }))
    const run = async (): Promise<string> =>
      (await hubspot.runAction({ url: URL, deliverTo, inputFields: {} })).callbackId
    const [one, two, three] = [await run(), await run(), await run()]
    const root = '/automation/actions/callbacks/2026-09'
    const done = { outputFields: { hs_execution_state: 'SUCCESS' } }
    expect((await call(hubspot, `POST ${root}/${one}/complete`, done)).status).toBe(204)
    expect((await call(hubspot, `POST ${root}/${one}/complete`, done)).status).toBe(404)
    const inputs = [{ callbackId: two, typedOutputs: {}, ...done }]
    expect((await call(hubspot, `POST ${root}/complete`, { inputs })).status).toBe(204)
    expect(hubspot.completions.map(({ callbackId }) => callbackId)).toEqual([one, two])
    expect(hubspot.blockedActions()).toEqual([three])
    now += 900_000
    expect((await call(hubspot, `POST ${root}/${three}/complete`, done)).status).toBe(404)
  })
})
