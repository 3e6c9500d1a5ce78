import { describe, expect, it } from 'vitest'
import type { Grant, OauthAnswer, OauthFailure } from '../crm/hubspot/oauth.ts'
import { open } from '../shell/secrets.ts'
import { TAKEN_BACK, Tokens } from './tokens.ts'

const KEY = btoa('k'.repeat(32))
const MINUTE = 60_000
const HALF_HOUR = 30 * MINUTE
const START = Date.parse('2026-09-07T02:00:00Z')

const failed = (why: OauthFailure['why'], waitMs: number | null = null): OauthFailure => ({
  ok: false,
  why,
  waitMs,
  message: 'HTTP 400',
})

/** Tokens over a memory, and a HubSpot that numbers what it gives; `answers` come first, each in its turn. */
const begin = async (lifeMs = HALF_HOUR) => {
  const rows = new Map<string, unknown>()
  const asked: string[] = []
  const answers: (OauthAnswer<Partial<Grant>> | (() => Promise<OauthAnswer<Partial<Grant>>>))[] = []
  const grant = (n: number): Grant => ({
    accessToken: `access-${n}`,
    refreshToken: `refresh-${n}`,
    lifeMs,
    portalId: 7,
    scopes: ['oauth'],
  })
  const meta = {
    get: <T>(key: string) => rows.get(key) as T | undefined,
    set: (key: string, value: unknown) => void rows.set(key, value),
    delete: (key: string) => void rows.delete(key),
    count: () => undefined,
  }
  const renew = async (token: string): Promise<OauthAnswer<Grant>> => {
    asked.push(token)
    const fresh = grant(asked.length + 1)
    const next = answers.shift() ?? { ok: true as const, value: {} }
    const answer = typeof next === 'function' ? await next() : next
    return answer.ok ? { ok: true, value: { ...fresh, ...answer.value } } : answer
  }
  const tokens = new Tokens({ meta, masterKey: KEY, renew, backoff: (tries) => 1000 * 2 ** tries })
  await tokens.keep('hs-7', { ...grant(1), portalId: 7, scopes: ['oauth'] }, START)
  const many = (refused?: string) => Promise.all(Array.from({ length: 100 }, () => tokens.give(START, refused)))
  return { tokens, rows, asked, answers, grant, many }
}

const good = (value: string) => ({ ok: true, value })

describe('tokens of an account that is connected by OAuth', () => {
  it.each([
    [HALF_HOUR, HALF_HOUR - 5 * MINUTE],
    [MINUTE, MINUTE - 12_000],
  ])('of %i ms: another one is asked for from %i ms on, not before', async (life, from) => {
    const { tokens, asked } = await begin(life)
    expect(await tokens.give(START + from - 1)).toEqual(good('access-1'))
    expect(asked).toEqual([])
    expect(await tokens.give(START + from)).toEqual(good('access-2'))
    expect(await tokens.give(START + from)).toEqual(good('access-2'))
    expect(asked).toEqual(['refresh-1'])
  })

  it('a hundred calls whose token was refused: HubSpot is asked once, and not for one that comes late', async () => {
    const { tokens, asked, many } = await begin()
    expect(new Set((await many('access-1')).map((pass) => pass.ok && pass.value))).toEqual(new Set(['access-2']))
    expect(await tokens.give(START + 2 * MINUTE, 'access-1')).toEqual(good('access-2'))
    expect(asked).toEqual(['refresh-1'])
  })

  it('a hundred calls that come when it has run out: HubSpot is asked once', async () => {
    const { tokens, asked } = await begin()
    const late = START + HALF_HOUR
    const passes = await Promise.all(Array.from({ length: 100 }, () => tokens.give(late)))
    expect(new Set(passes.map((pass) => pass.ok && pass.value))).toEqual(new Set(['access-2']))
    expect(asked).toEqual(['refresh-1'])
  })

  it('a refresh token that comes with it is stored, sealed for this account, before the new token is given', async () => {
    const { tokens, rows, asked } = await begin()
    await tokens.give(START, 'access-1')
    const { refresh } = rows.get('grant') as { refresh: string }
    expect(await open(KEY, 'hs-7/hubspot-refresh', refresh)).toBe('refresh-2')
    expect(await open(KEY, 'hs-8/hubspot-refresh', refresh)).toBeUndefined()
    expect(JSON.stringify([...rows])).not.toMatch(/(access|refresh)-\d/)
    await tokens.give(START + HALF_HOUR)
    expect(asked).toEqual(['refresh-1', 'refresh-2'])
  })

  it('a new token that is refused at once isn’t replaced again and again', async () => {
    const { tokens, asked } = await begin()
    expect(await tokens.give(START, 'access-1')).toEqual(good('access-2'))
    expect(await tokens.give(START + 1, 'access-2')).toEqual(good('access-2'))
    expect(asked).toHaveLength(1)
    expect(await tokens.give(START + MINUTE, 'access-2')).toEqual(good('access-3'))
  })

  it('a consent that was taken back is told, asked about once an hour, and over when it is given again', async () => {
    const { tokens, asked, answers, grant } = await begin()
    answers.push(failed('taken-back'), failed('later'))
    const gone = { ok: false, failure: { kind: 'auth', message: TAKEN_BACK } }
    expect(await tokens.give(START, 'access-1')).toEqual(gone)
    expect(await tokens.give(START + HALF_HOUR)).toEqual(gone)
    expect(asked).toHaveLength(1)
    expect(tokens.status()).toMatchObject({ state: 'taken-back', portalId: 7 })
    // silence is no consent
    expect(await tokens.give(START + 60 * MINUTE)).toEqual(gone)
    expect(asked).toHaveLength(2)
    await tokens.keep('hs-7', { ...grant(9), portalId: 7, scopes: [] }, START + 61 * MINUTE)
    expect(await tokens.give(START + 61 * MINUTE)).toEqual(good('access-9'))
    expect(tokens.status()?.state).toBe('good')
  })

  it('HubSpot doesn’t answer: the old token serves while it is good, then calls wait, longer each time', async () => {
    const { tokens, asked, answers } = await begin()
    answers.push(failed('later'), failed('later', 90_000), failed('later'))
    const renewAt = START + HALF_HOUR - 5 * MINUTE
    expect(await tokens.give(renewAt)).toEqual(good('access-1'))
    expect(await tokens.give(renewAt + 999)).toEqual(good('access-1'))
    expect(asked).toHaveLength(1)
    expect(tokens.status()?.state).toBe('trouble')
    const out = START + HALF_HOUR
    expect(await tokens.give(out)).toMatchObject({ failure: { kind: 'later', until: out + 90_000 } })
    expect(await tokens.give(out + 89_999)).toMatchObject({ failure: { kind: 'later', until: out + 90_000 } })
    expect(asked).toHaveLength(2)
    expect(await tokens.give(out + 90_000)).toMatchObject({ failure: { until: out + 90_000 + 4000 } })
    expect(await tokens.give(out + 94_000)).toEqual(good('access-5'))
    expect(tokens.status()?.state).toBe('good')
  })

  it('a client secret that HubSpot doesn’t know is an admin’s matter, and no consent that was taken back', async () => {
    const { tokens, answers } = await begin()
    answers.push(failed('client'))
    const answer = await tokens.give(START, 'access-1')
    expect(answer).toMatchObject({ failure: { kind: 'auth' } })
    expect(JSON.stringify(answer)).toContain('LADDER_HUBSPOT_CLIENT_SECRET')
    expect(tokens.status()?.state).toBe('trouble')
    expect(await tokens.give(START + 1000, 'access-1')).toEqual(good('access-3'))
  })

  it('tokens of another portal are never used, nor kept', async () => {
    const { tokens, rows, answers } = await begin()
    const before = rows.get('grant') as { access: string; refresh: string }
    answers.push({ ok: true, value: { portalId: 8 } })
    expect(await tokens.give(START, 'access-1')).toMatchObject({ ok: false, failure: { kind: 'auth' } })
    expect(rows.get('grant')).toMatchObject({ access: before.access, refresh: before.refresh, portalId: 7 })
  })

  it('an answer about tokens that were replaced or forgotten meanwhile counts for nothing', async () => {
    const { tokens, answers, grant, rows, asked } = await begin()
    answers.push(async () => {
      await tokens.keep('hs-7', { ...grant(9), portalId: 7, scopes: [] }, START)
      return failed('taken-back')
    })
    expect(await tokens.give(START, 'access-1')).toEqual(good('access-9'))
    expect(tokens.status()?.state).toBe('good')
    answers.push(async () => {
      tokens.forget()
      return { ok: true, value: {} }
    })
    expect(await tokens.give(START + MINUTE, 'access-9')).toMatchObject({ failure: { kind: 'auth' } })
    expect(asked).toEqual(['refresh-1', 'refresh-9'])
    expect(rows.size).toBe(0)
  })
})
