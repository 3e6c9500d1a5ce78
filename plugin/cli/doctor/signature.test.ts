import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SignedRequest } from '../../../worker/ingress/signatures/index.ts'
import { diagnose } from './signature.ts'

const NOW = 1_795_000_000_000
const SECRET = 'a secret of Twenty'
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))

/** A request signed over one body and received with another. */
const received = (signed: string, arrived = signed, change: Partial<SignedRequest> = {}): SignedRequest => ({
  secret: SECRET,
  headers: new Headers({
    'x-twenty-webhook-timestamp': String(NOW),
    'x-twenty-webhook-signature': createHmac('sha256', SECRET).update(`${NOW}:${signed}`).digest('hex'),
  }),
  body: bytes(arrived),
  now: NOW,
  ...change,
})

const tell = (signed: string, arrived?: string, change?: Partial<SignedRequest>) =>
  diagnose('twenty', received(signed, arrived, change))

describe('the doctor on a signature', () => {
  it('says valid', async () => expect(await tell('{"a":1}')).toEqual({ valid: true }))

  it.each<[name: string, signed: string, arrived: string, story: string]>([
    ['a newline was added', '{"a":1}', '{"a":1}\n', 'newline was added'],
    ['the newline was cut', '{"a":1}\n', '{"a":1}', 'newline at the end of the body was cut'],
    ['a byte order mark was added', '{"a":1}', '\ufeff{"a":1}', 'byte order mark was put'],
    ['LF became CRLF', '{\n"a":1}', '{\r\n"a":1}', 'LF to CRLF'],
    ['CRLF became LF', '{\r\n"a":1}', '{\n"a":1}', 'CRLF to LF'],
    ['JSON was indented', '{"a":"张"}', '{\n  "a": "张"\n}', 'written again: sent without spaces'],
    ['JSON lost its spaces', '{"a": 1, "b": [1, 2]}', '{"a":1,"b":[1,2]}', 'with spaces after commas'],
    ['escapes were resolved', '{"a":"\\u5f20"}', '{"a":"张"}', '\\u escapes'],
  ])('tells that %s', async (_, signed, arrived, story) => {
    const diagnosis = await tell(signed, arrived)
    expect(diagnosis).toMatchObject({ valid: false, reason: 'body-changed' })
    expect(diagnosis.cause).toContain(story)
  })

  it.each([`${SECRET}\n`, ` ${SECRET}`, `"${SECRET}"`])('tells that the secret was given as %j', async (secret) =>
    expect(await tell('{}', '{}', { secret })).toMatchObject({ reason: 'wrong-secret' }),
  )

  it('does not claim to know wrong secret from changed body where nothing tells them apart', async () => {
    const other = await tell('{}', '{}', { secret: 'other' })
    const changed = await tell('{"a":1}', '{"a":2}')
    expect(other).toEqual(changed)
    expect(other.reason).toBe('mismatch')
    expect(other.cause).toContain('wrong secret, or the body changed')
  })

  it('tells stale and future, and whether the signature itself fits', async () => {
    const stale = await tell('{}', '{}', { now: NOW + 301_000 })
    expect(stale.reason).toBe('stale')
    expect(stale.cause).toContain('The signature itself fits')
    expect(stale.cause).toContain(new Date(NOW).toISOString())
    const future = await tell('{}', '{ }', { now: NOW - 301_000 })
    expect(future.reason).toBe('future')
    expect(future.cause).toContain('At that time it fails too')
  })

  it('tells a header that is missing, and the scheme that the headers look like', async () => {
    const headers = new Headers({ 'webhook-signature': 'v1,AAAA' })
    const diagnosis = await tell('{}', '{}', { headers })
    expect(diagnosis.reason).toBe('header-missing')
    expect(diagnosis.cause).toContain('look like scheme standard')
  })

  it('tells a URL that was called otherwise, and another method (HubSpot)', async () => {
    const url = 'https://ladder.example/actions/rate?a=1'
    const digest = createHash('sha256').update(`${SECRET}POST${url}{}`).digest('hex')
    const request = {
      secret: SECRET,
      headers: new Headers({ 'x-hubspot-signature': digest }),
      body: bytes('{}'),
      now: NOW,
    }
    const of = (method: string, called: string) => diagnose('hubspot-v2', { ...request, method, url: called })
    expect(await of('post', url)).toEqual({ valid: true })
    expect(await of('POST', url.replace('https', 'http'))).toMatchObject({ reason: 'wrong-url' })
    expect(await of('GET', url)).toMatchObject({ reason: 'wrong-method' })
  })

  it('never says a secret', async () => {
    const all = [await tell('{}', '{ }'), await tell('{}', '{}', { secret: `${SECRET} ` }), await tell('{}', 'x')]
    expect(JSON.stringify(all)).not.toContain(SECRET)
  })
})
