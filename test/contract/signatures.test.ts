import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { doctorSignature } from '../../plugin/cli/commands/doctor.ts'
import { createOutput } from '../../plugin/cli/output.ts'
import { parseTwentyWebhook } from '../../worker/ingress/twenty.ts'
import { readJson } from '../../worker/ingress/json.ts'
import { verifySignature, type Scheme } from '../../worker/ingress/signatures/index.ts'

/** Recorded deliveries of a running Twenty and published vectors. They lie beside the repository, not in it. */
const shared = join(import.meta.dirname, '../../../shared')
const there = existsSync(join(shared, 'conformance/signatures.json'))
const read = (path: string): unknown => JSON.parse(readFileSync(join(shared, path), 'utf8'))

interface Recorded {
  n: number
  receivedAtMs: number
  rawHeaders: string[]
  bodyBase64: string
  secret: string
  eventName: string
  signatureValid: boolean | null
}

interface Vector {
  secret: string
  body: string
  signature: string
  timestamp?: string
  method?: string
  uri?: string
  id?: string
}

const deliveries = there ? (read('contracts/twenty/webhooks/deliveries.json') as Recorded[]) : []
const published = there ? (read('conformance/signatures.json') as Record<string, Vector[]>) : {}

const headersOf = ({ rawHeaders }: Recorded): Headers => {
  const headers = new Headers()
  for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  return headers
}

const bytes = (data: string, encoding: 'base64' | 'utf8'): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(data, encoding))

if (!there) console.warn('signatures: ../shared is not there, recorded deliveries are not checked')

describe.skipIf(!there)('recorded Twenty deliveries', () => {
  // Two more were recorded: one that followed a redirect, and a call of a logic function, which isn't a webhook.
  const withBody = deliveries.filter((one) => one.signatureValid !== null)

  it('are there', () => expect(withBody.length).toBeGreaterThan(40))

  it('all pass at the time when they came', async () => {
    for (const one of withBody) {
      const body = bytes(one.bodyBase64, 'base64')
      const request = { secret: one.secret, headers: headersOf(one), body, now: one.receivedAtMs }
      const verdict = await verifySignature('twenty', request)
      expect([one.n, verdict.ok]).toEqual([one.n, one.signatureValid])
    }
  })

  it('all fail with one bit turned, an hour later, and with the secret of another hook', async () => {
    for (const one of withBody) {
      const body = bytes(one.bodyBase64, 'base64')
      const request = { secret: one.secret, headers: headersOf(one), body, now: one.receivedAtMs }
      const turned = body.slice()
      turned[turned.length >> 1] = (turned[turned.length >> 1] ?? 0) ^ 1
      expect(await verifySignature('twenty', { ...request, body: turned })).toMatchObject({ reason: 'mismatch' })
      expect(await verifySignature('twenty', { ...request, secret: 'other' })).toMatchObject({ reason: 'mismatch' })
      const later = { ...request, now: one.receivedAtMs + 3_600_000 }
      expect(await verifySignature('twenty', later)).toMatchObject({ reason: 'stale' })
    }
  })

  it('all pass `ladder doctor signature` with --now their time, and fail it without', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladder-doctor-'))
    const bodyFile = join(folder, 'body')
    const silent = { write: () => undefined }
    const output = createOutput({ stdout: silent, stderr: silent })
    for (const one of withBody) {
      writeFileSync(bodyFile, Buffer.from(one.bodyBase64, 'base64'))
      process.env['RECORDED_SECRET'] = one.secret
      const header = [...headersOf(one)].map(([name, value]) => `${name}: ${value}`)
      const options = { scheme: 'twenty', secretEnv: 'RECORDED_SECRET', header, bodyFile }
      expect(await doctorSignature({ ...options, now: String(one.receivedAtMs) }, output)).toBe(0)
      expect(await doctorSignature({ ...options, now: '2027-06-01T00:00:00Z' }, output)).toBe(1)
    }
    rmSync(folder, { recursive: true })
  })

  it('that followed a redirect have lost their body and fail', async () => {
    const cut = deliveries.filter((one) => one.bodyBase64 === '')
    expect(cut.length).toBe(1)
    for (const one of cut) {
      const request = {
        secret: one.secret || 'redir',
        headers: headersOf(one),
        body: bytes('', 'utf8'),
        now: one.receivedAtMs,
      }
      expect(await verifySignature('twenty', request)).toMatchObject({ ok: false })
    }
  })

  it('all parse: records as records, metadata events as nothing for Ladder', () => {
    for (const one of withBody) {
      const json = readJson(bytes(one.bodyBase64, 'base64'))
      const parsed = parseTwentyWebhook(json.ok ? json.value : undefined)
      expect(parsed).toMatchObject({ ok: true })
      if (!parsed.ok) continue
      if (one.eventName.startsWith('metadata.')) expect(parsed.ignored).toContain('metadata')
      else expect(`${parsed.value?.object}.${parsed.value?.op}`).toBe(one.eventName)
    }
  })
})

describe.skipIf(!there)('published vectors', () => {
  const verify = (scheme: Scheme, vector: Vector, headers: Record<string, string>, now: number) =>
    verifySignature(scheme, {
      secret: vector.secret,
      headers: new Headers(headers),
      body: bytes(vector.body, 'utf8'),
      method: vector.method,
      url: vector.uri,
      now,
    })

  it('HubSpot v3', async () => {
    for (const vector of published['hubspotV3'] ?? []) {
      const { signature, timestamp = '' } = vector
      const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp }
      expect(await verify('hubspot-v3', vector, headers, Number(timestamp))).toEqual({ ok: true })
    }
  })

  it('HubSpot v1', async () => {
    for (const vector of published['hubspotV1'] ?? []) {
      expect(await verify('hubspot-v1', vector, { 'x-hubspot-signature': vector.signature }, 0)).toEqual({ ok: true })
    }
  })

  it('Standard Webhooks', async () => {
    for (const vector of published['standardWebhooks'] ?? []) {
      const { signature, id = '', timestamp = '' } = vector
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
      expect(await verify('standard', vector, headers, Number(timestamp) * 1000)).toEqual({ ok: true })
    }
  })
})
