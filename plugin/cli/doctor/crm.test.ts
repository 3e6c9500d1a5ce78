import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTwentySandbox, type TwentySandbox } from '../../sandbox/twenty/index.ts'
import { doctorCrm } from '../commands/doctor.ts'
import { createOutput, WrongUse } from '../output.ts'
import type { Check } from './check.ts'
import { startLadder, type FakeLadder } from './testing.ts'

const SECRET = 'secret-of-the-hook'
let twenty: TwentySandbox
let ladder: FakeLadder

beforeAll(async () => {
  twenty = await startTwentySandbox({ rateLimit: null })
  ladder = await startLadder({ account: 'bank', secrets: { twenty: [SECRET] } })
})
afterAll(async () => {
  await twenty.close()
  ladder.server.close()
})

const hook = (change: object = {}) =>
  fetch(`${twenty.url}/rest/metadata/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${twenty.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      targetUrl: `${ladder.url}/hooks/twenty/bank`,
      operations: ['*.*'],
      secret: SECRET,
      ...change,
    }),
  })

const run = async (options: object = {}) => {
  process.env['DOCTOR_TOKEN'] = twenty.apiKey
  process.env['DOCTOR_SECRET'] = SECRET
  process.env['DOCTOR_OTHER'] = 'other-hook-0815'
  let printed = ''
  const stdout = { write: (text: string) => void (printed += text) }
  const output = createOutput({ json: true, stdout, stderr: stdout })
  const given = {
    crm: 'twenty',
    url: twenty.url,
    tokenEnv: 'DOCTOR_TOKEN',
    ladderUrl: ladder.url,
    json: true,
    ...options,
  }
  const code = await doctorCrm(given, output)
  const { checks } = JSON.parse(printed) as { checks: Check[] }
  expect(printed).not.toContain(twenty.apiKey)
  expect(printed).not.toContain(SECRET)
  return { code, of: (name: string) => checks.find((check) => check.name === name), checks }
}

describe('the doctor on a CRM', () => {
  it('says that no webhook comes to Ladder', async () =>
    expect((await run()).of('webhook')).toMatchObject({
      state: 'fail',
      todo: expect.stringContaining('ladder apply') as string,
    }))

  it('finds what is right: server, key, permissions, webhook, secret, Ladder, its account, a test delivery', async () => {
    await hook()
    const { of } = await run({ secretEnv: 'DOCTOR_SECRET' })
    const names = ['url', 'clock', 'token', 'read company', 'write company', 'read person', 'write task', 'rate limit']
    const also = [
      'webhook',
      'webhook events',
      'webhook secret',
      'ladder',
      'ladder clock',
      'account',
      'last event',
      'delivery',
    ]
    expect([...names, ...also].filter((name) => of(name)?.state !== 'ok')).toEqual([])
    expect(of('app')).toMatchObject({ state: 'fail' })
    expect(of('webhook target')).toMatchObject({ state: 'warn' })
  })

  it('changes nothing in the CRM by asking', () => expect(twenty.store.list('company').length).toBe(0))

  it('tells a wrong secret on either side', async () => {
    const { of } = await run({ secretEnv: 'DOCTOR_OTHER' })
    expect(of('webhook secret')).toMatchObject({ state: 'fail' })
    expect(of('delivery')).toMatchObject({ state: 'fail', message: 'Ladder has another secret' })
  })

  it('tells a second webhook, and one without a secret', async () => {
    await hook({ secret: '' })
    const { of } = await run()
    expect(of('webhook count')).toMatchObject({ state: 'warn' })
    expect(of('webhook secret')).toMatchObject({ state: 'fail' })
  })

  it('tells an account that Ladder has not', async () => {
    const { of } = await run({ account: 'other', secretEnv: 'DOCTOR_SECRET' })
    expect(of('account')).toMatchObject({ state: 'fail' })
    expect(of('delivery')).toMatchObject({ state: 'fail', message: 'Ladder knows no such account' })
  })

  it('tells a wrong key, and asks no further', async () => {
    process.env['DOCTOR_WRONG'] = 'wrong-key'
    const { code, of } = await run({ tokenEnv: 'DOCTOR_WRONG' })
    expect(code).toBe(1)
    expect(of('token')).toMatchObject({ state: 'fail' })
    expect(of('read company')).toBeUndefined()
  })

  it('tells a server that is not there, and one that is no Twenty', async () => {
    const gone = await run({ url: 'http://127.0.0.1:9' })
    expect(gone.of('url')).toMatchObject({ state: 'fail', todo: expect.any(String) as string })
    const other = await run({ url: ladder.url, ladderUrl: twenty.url })
    expect([other.of('url')?.state === 'ok' && other.of('token')?.state === 'ok', other.code]).toEqual([false, 1])
    expect(other.of('ladder')).toMatchObject({ state: 'fail' })
  })

  it('is used wrongly without a URL, a key, or a CRM that it knows', async () => {
    await expect(run({ url: 'x' })).rejects.toThrow(WrongUse)
    await expect(run({ tokenEnv: 'DOCTOR_NONE' })).rejects.toThrow(WrongUse)
    await expect(run({ crm: 'other' })).rejects.toThrow(WrongUse)
  })
})
