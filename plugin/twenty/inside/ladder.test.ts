import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { act, askStatus, type Surroundings } from './ladder.ts'

const SECRET = 'secret-of-the-webhook'
const NOW = Date.parse('2026-11-26T08:00:00Z')
const tokenOf = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`

interface Call {
  url: string
  method: string
  headers: Record<string, string>
  body: string
}

/** A function's surroundings: Twenty answers `may`, Ladder the given answers one after another. */
const world = (
  answers: object[],
  { claims = {}, may = 200, env = {} }: { claims?: object; may?: number; env?: Record<string, string> } = {},
) => {
  const calls: Call[] = []
  const waits: number[] = []
  const around: Surroundings = {
    env: {
      LADDER_URL: 'https://ladder.example',
      LADDER_ACCOUNT: 'bank',
      LADDER_SECRET: SECRET,
      TWENTY_API_URL: 'https://crm.example',
      TWENTY_APP_ACCESS_TOKEN: tokenOf(claims),
      ...env,
    },
    fetch: async (url, init) => {
      const call = {
        url: String(url),
        method: init?.method ?? 'GET',
        headers: init?.headers as Record<string, string>,
        body: String(init?.body ?? ''),
      }
      calls.push(call)
      if (call.url.startsWith('https://crm.example')) return new Response('{}', { status: may })
      const { status = 200, ...answer } = (answers.shift() ?? {}) as { status?: number }
      return new Response(JSON.stringify(answer), { status })
    },
    now: () => NOW,
    pause: async (ms) => void waits.push(ms),
  }
  return { around, calls, waits, ladder: () => calls.filter(({ url }) => url.startsWith('https://ladder')) }
}

const done = { outputFields: { outcome: 'DONE', tier: 'GOLD', hs_execution_state: 'SUCCESS' } }
const block = { outputFields: { hs_execution_state: 'BLOCK', hs_expiration_duration: 'P2D' } }
const company = { object: 'company', recordId: 'c1' }
const idOf = ({ body }: Call | undefined = { url: '', method: '', headers: {}, body: '{}' }): unknown =>
  (JSON.parse(body) as { callbackId?: string }).callbackId

describe('a logic function that calls Ladder', () => {
  it('signs time, action and body with the webhook’s secret, and gives the action’s outputs', async () => {
    const { around, ladder } = world([done])
    expect(await act('rate', { ...company, cause: 'ESC_MOVE' }, around)).toEqual({ outcome: 'DONE', tier: 'GOLD' })
    const [call] = ladder()
    expect(call?.url).toBe('https://ladder.example/actions/rate?account=bank')
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      object: { objectType: 'company', objectId: 'c1' },
      inputFields: { cause: 'ESC_MOVE' },
    })
    const signature = createHmac('sha256', SECRET).update(`${NOW}:rate:${call?.body}`).digest('hex')
    expect(call?.headers['x-twenty-webhook-signature']).toBe(signature)
  })

  it('asks again under the same id while Ladder waits for the CRM, and says when it gives up waiting', async () => {
    const { around, ladder, waits } = world([block, block, done])
    expect(await act('rate', company, around)).toMatchObject({ outcome: 'DONE' })
    expect(new Set(ladder().map(idOf)).size).toBe(1)
    expect(waits).toEqual([3000, 3000])
    const never = world(Array.from({ length: 20 }, () => block))
    expect(await act('rate', company, never.around)).toMatchObject({ outcome: 'WAITS' })
    expect(never.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000)
  })

  it('ESC-STALL: what would make a record twice has one id for the same wish of a day; a rating is always anew', async () => {
    const { around, ladder } = world([done, done, done, done, done])
    for (const what of ['Call', 'Call', 'Write']) await act('raise', { ...company, what }, around)
    for (let times = 0; times < 2; times++) await act('rate', company, around)
    const [first, second, third, fourth, fifth] = ladder().map(idOf)
    expect(second).toBe(first)
    expect(new Set([first, third, fourth, fifth]).size).toBe(4)
  })

  it('asks Twenty first whether the user may see the record to rate it, and edit it for all else', async () => {
    const claims = { userWorkspaceId: 'u1' }
    const asked = world([done, done], { claims })
    await act('rate', company, asked.around)
    await act('resolve', { object: 'person', recordId: 'p1' }, asked.around)
    expect(
      asked.calls.filter(({ url }) => url.startsWith('https://crm')).map(({ method, url }) => [method, url]),
    ).toEqual([
      ['GET', 'https://crm.example/rest/companies/c1'],
      ['PATCH', 'https://crm.example/rest/people/p1'],
    ])
    const denied = world([done], { claims, may: 400 })
    expect(await act('resolve', company, denied.around)).toMatchObject({ outcome: 'REFUSED' })
    expect(denied.ladder()).toEqual([])
    const unreadable = world([done], { may: 404, env: { TWENTY_APP_ACCESS_TOKEN: 'no token' } })
    expect(await act('rate', company, unreadable.around)).toMatchObject({ outcome: 'REFUSED' })
  })

  it('in a workflow acts for no user, and asks Twenty nothing', async () => {
    const { around, calls } = world([done])
    await act('resolve', company, around)
    expect(calls).toHaveLength(1)
  })

  it('says what is wrong: no record, no connection, Ladder’s own refusal', async () => {
    expect(await act('rate', { object: 'company' }, world([]).around)).toMatchObject({ outcome: 'INVALID' })
    await expect(askStatus(world([], { env: { LADDER_SECRET: '' } }).around)).rejects.toThrow('not connected')
    await expect(askStatus(world([{ status: 401, message: 'the signature does not fit' }]).around)).rejects.toThrow(
      'Ladder answers 401: the signature does not fit',
    )
  })
})
