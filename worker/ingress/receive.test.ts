import { describe, expect, it } from 'vitest'
import { receive, type Delivery, type InboxRow, type ReceiveDeps } from './receive.ts'
import { concat, hmacKey, toHex, utf8 } from './signatures/crypto.ts'
import { signStandard } from './signatures/standard.ts'

const NOW = 1_795_000_000_000
const BANK = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OLD_BANK = 'whsec_b2xkIG9sZCBvbGQ='

const account = (secrets: ReceiveDeps['secrets'] = { twenty: ['crm'], corebank: [BANK, OLD_BANK] }, now = NOW) => {
  const rows: InboxRow[] = []
  const counters: string[] = []
  const deps: ReceiveDeps = {
    secrets,
    store: (row) => void rows.push(row),
    count: (counter) => void counters.push(counter),
    now,
  }
  return { rows, counters, receive: (delivery: Delivery) => receive(delivery, deps) }
}

const twenty = async (text: string, secret = 'crm', at = NOW): Promise<Delivery> => {
  const body = utf8(text)
  const mac = await crypto.subtle.sign(
    'HMAC',
    await hmacKey(`utf8:${secret}`, utf8(secret)),
    concat(utf8(`${at}:`), body),
  )
  const headers = {
    'content-type': 'application/json',
    'x-twenty-webhook-timestamp': String(at),
    'x-twenty-webhook-signature': toHex(new Uint8Array(mac)),
  }
  return { source: 'twenty', headers, body }
}

const corebank = async (text: string, type = 'application/json', secret = BANK, id = 'msg_1'): Promise<Delivery> => {
  const body = utf8(text)
  const headers = { 'content-type': type, ...(await signStandard(secret, id, NOW, body)) }
  return { source: 'corebank', headers, body }
}

const event = (id: string, amount: unknown = '1.00') => ({
  specversion: '1.0',
  id,
  source: '/core',
  type: 'balance.changed',
  time: '2026-10-31T00:00:00Z',
  subject: 'C-1',
  data: { amount },
})

describe('a signed delivery', () => {
  it('of Twenty is stored raw, as one row, and acknowledged', async () => {
    const { rows, counters, receive } = account()
    const delivery = await twenty('{"eventName":"company.updated"}')
    expect(await receive(delivery)).toEqual({ status: 202, body: { stored: true } })
    expect(rows).toMatchObject([{ source: 'twenty', body: delivery.body, at: NOW }])
    expect(counters).toEqual(['twenty.stored'])
  })

  it('of core banking is stored raw and says how many facts it held', async () => {
    const { rows, receive } = account()
    const answer = await receive(await corebank(JSON.stringify([event('1'), event('2')])))
    expect(answer).toEqual({ status: 202, body: { stored: true, accepted: 2, refused: 0, rejected: [] } })
    expect(rows.length).toBe(1)
  })

  it('may be signed with the secret that is being replaced', async () =>
    expect(
      (await account().receive(await corebank(JSON.stringify(event('1')), 'application/json', OLD_BANK))).status,
    ).toBe(202))

  it('sent again has the same dedupe key; another body under its id has another', async () => {
    const { rows, receive } = account()
    const first = await corebank(JSON.stringify(event('1')))
    await receive(first)
    await receive(first)
    await receive(await corebank(JSON.stringify(event('2'))))
    expect(rows[1]?.dedupe).toBe(rows[0]?.dedupe)
    expect(rows[2]?.dedupe).not.toBe(rows[0]?.dedupe)
  })

  it('in bulk keeps the good lines and reports the others', async () => {
    const { rows, receive } = account()
    const text = [event('1'), event('2', 2), event('3')].map((one) => JSON.stringify(one)).join('\n')
    const answer = await receive(await corebank(text, 'application/x-ndjson'))
    expect(answer).toMatchObject({
      status: 207,
      body: { stored: true, accepted: 2, refused: 1, rejected: [{ line: 2 }] },
    })
    expect(rows.length).toBe(1)
  })
})

describe('nothing is stored, and the answer is no 5xx', () => {
  const cases: [name: string, status: number, counter: string, delivery: () => Promise<Delivery>][] = [
    ['of another secret', 401, 'twenty.mismatch', () => twenty('{}', 'other')],
    ['that is stale', 401, 'twenty.stale', () => twenty('{}', 'crm', NOW - 300_001)],
    ['of the future', 401, 'twenty.future', () => twenty('{}', 'crm', NOW + 300_001)],
    ['without a signature', 401, 'twenty.header-missing', async () => ({ ...(await twenty('{}')), headers: {} })],
    ['that is no JSON', 400, 'twenty.bad-body', () => twenty('<xml/>')],
    ['without a body', 400, 'twenty.bad-body', () => twenty('')],
    [
      'with a bad event among good ones',
      400,
      'corebank.bad-body',
      () => corebank(JSON.stringify([event('1'), event('2', 1)])),
    ],
    ['of lines none of which is good', 400, 'corebank.bad-body', () => corebank('x\ny', 'application/x-ndjson')],
    ['of another content type', 415, 'corebank.content-type', () => corebank('{}', 'text/plain')],
    ['above 1 MiB', 413, 'corebank.too-large', () => corebank(' '.repeat(1024 * 1024 + 1))],
  ]
  it.each(cases)('for a delivery %s: %i', async (_, status, counter, delivery) => {
    const { rows, counters, receive } = account()
    const answer = await receive(await delivery())
    expect([answer.status, answer.body.stored, rows.length, counters]).toEqual([status, false, 0, [counter]])
  })

  it('for an account that is not set up, or has no secret of this source: 404, and both alike', async () => {
    const answers = await Promise.all(
      [null, {}, { corebank: [] }].map(async (secrets) => account(secrets).receive(await corebank('{}'))),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.status).toBe(404)
  })

  it('when the secret is empty, since Twenty then sends unsigned', async () =>
    expect(await account({ twenty: [''] }).receive(await twenty('{}'))).toMatchObject({ status: 401 }))
})
