import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ladderChecks } from './ladder.ts'

const DAY = 86_400_000
const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

describe('what the doctor says of a Ladder', () => {
  let server: Server
  let url: string
  let coveredUntil = ''
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      const accounts = { bank: { lastEventAt: new Date().toISOString(), deadLetters: 0, coveredUntil } }
      response.end(JSON.stringify({ ok: true, accounts }))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  it.each<[string, number, string]>([
    ['run out', -3, 'warn'],
    ['run out within a month', 20, 'warn'],
    ['are known for longer', 200, 'ok'],
  ])('ESC-LADDER: holidays that %s', async (_, days, state) => {
    coveredUntil = day(days)
    const check = (await ladderChecks(url, 'bank')).find(({ name }) => name === 'calendar')
    expect(check).toMatchObject({ state })
    expect(JSON.stringify(check)).toContain(coveredUntil)
  })
})
