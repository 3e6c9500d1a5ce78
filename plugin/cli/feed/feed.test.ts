import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../../schemas/events/index.ts'
import { unpackFacts } from '../../../worker/ingress/corebank.ts'
import { deliveryOf, receive, type Receiver } from '../../../worker/ingress/receive.ts'
import { ingress, type IngressEnv } from '../../../worker/ingress/routes.ts'
import { WrongUse } from '../output.ts'
import { checkMapping, readMapping, type Mapping } from './mapping.ts'
import { runFeed, type FeedOptions } from './run.ts'
import { send, type Sender } from './send.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const folder = mkdtempSync(join(tmpdir(), 'ladder-feed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const mapping = (): Mapping => {
  const read = checkMapping({
    format: 'ladder-feed/1',
    source: '/feed/test',
    customerNo: 'C-{NO}',
    numeric: 'NO',
    facts: [
      { type: 'customer.profile', time: '2026-01-01', data: { customer: 'person', name: '{NAME}' } },
      { type: 'balance.changed', time: '2026-01-31', when: 'SUM', amount: { column: 'SUM', times: 10 } },
    ],
  })
  if (!read.ok) throw new Error(read.errors.join())
  return read.mapping
}

/** The real routes and the real receiver over a list, with answers to give first. */
const receiver = (...first: (Response | Error)[]) => {
  const facts: Fact[] = []
  const keys: string[] = []
  const waits: number[] = []
  const answer = (...flat: Parameters<Receiver['receive']>) =>
    receive(deliveryOf(...flat), {
      secrets: { corebank: [SECRET] },
      store: (row) => {
        keys.push(row.dedupe)
        facts.push(...unpackFacts(row.body, row.at))
      },
      count: () => undefined,
      now: Date.now(),
    })
  const env: IngressEnv = { ACCOUNT: { getByName: () => ({ receive: answer, take: async () => true }) } }
  const hooks = ingress<IngressEnv>(() => true)
  const sender: Sender = {
    to: 'http://ladder.example/hooks/corebank/bank',
    secret: SECRET,
    fetch: async (to, init) => {
      const next = first.shift()
      if (next instanceof Error) throw next
      return next ?? (await hooks(new Request(String(to), init), env)) ?? new Response(null, { status: 404 })
    },
    wait: async (ms) => void waits.push(ms),
    now: () => Date.now(),
    onRetry: () => undefined,
  }
  return { facts, keys, waits, sender }
}

const run = (path: string, sender: Sender, options: Partial<FeedOptions> = {}) =>
  runFeed({
    file: path,
    mapping: mapping(),
    fromRow: 1,
    batch: 4,
    take: (lines) => send(sender, lines),
    onProgress: () => undefined,
    ...options,
  })

const TABLE = '\ufeffNO,NAME,SUM\nClient number,Name,Sum\n1,"张, 三",1.5\n2,B,\n3,C,-7\n4,,1\n'

describe('a feed', () => {
  it('sends the facts of a table, skips lines of descriptions, and tells rows that it could not map', async () => {
    const { facts, sender } = receiver()
    const summary = await run(file('a.csv', TABLE), sender)
    expect(summary).toMatchObject({ rows: 5, skippedRows: 1, facts: 6, accepted: 6, refused: 0, problemCount: 1 })
    expect(summary.problems).toMatchObject([{ row: 5 }])
    expect(facts.map(({ customerNo, data }) => [customerNo, data])).toEqual([
      ['C-1', { kind: 'customer.profile', customer: 'person', name: '张, 三' }],
      ['C-1', { kind: 'balance.changed', amount: 1500 }],
      ['C-2', { kind: 'customer.profile', customer: 'person', name: 'B' }],
      ['C-3', { kind: 'customer.profile', customer: 'person', name: 'C' }],
      ['C-3', { kind: 'balance.changed', amount: -7000 }],
      ['C-4', { kind: 'balance.changed', amount: 1000 }],
    ])
  })

  it('twice, under another name, has the same fact ids and dedupe keys; a corrected figure has a new id', async () => {
    const [once, again, corrected] = [receiver(), receiver(), receiver()]
    await run(file('a.csv', TABLE), once.sender)
    await run(file('b.csv', TABLE), again.sender)
    await run(file('c.csv', TABLE.replace('-7', '-8')), corrected.sender)
    expect(again.facts).toEqual(once.facts)
    expect(again.keys).toEqual(once.keys)
    const ids = new Set(once.facts.map(({ id }) => id))
    expect(corrected.facts.filter(({ id }) => !ids.has(id)).map(({ data }) => data)).toEqual([
      { kind: 'balance.changed', amount: -8000 },
    ])
  })

  it('waits and tries again on 429, 5xx and when nobody answers; Retry-After is the least wait', async () => {
    const { facts, waits, sender } = receiver(
      new Response('{}', { status: 429, headers: { 'retry-after': '7' } }),
      new Response('oops', { status: 503 }),
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
    )
    const summary = await run(file('a.csv', TABLE), sender)
    expect([facts.length, summary.accepted]).toEqual([6, 6])
    expect(waits[0]).toBe(7000)
    expect(waits.length).toBe(3)
  })

  it('stops where it is refused for good, and goes on from there', async () => {
    const { sender } = receiver()
    const wrong = await run(file('a.csv', TABLE), { ...sender, secret: 'whsec_b3RoZXI=' })
    expect(wrong.stopped).toMatchObject({ row: 2, message: 'HTTP 401 mismatch: the signature does not fit' })
    const { facts, sender: right } = receiver()
    await run(file('a.csv', TABLE), right, { fromRow: 4 })
    expect(facts.map(({ customerNo }) => customerNo)).toEqual(['C-3', 'C-3', 'C-4'])
  })

  it('says before it sends anything that the table lacks a column', async () => {
    const { facts, sender } = receiver()
    await expect(run(file('d.csv', 'NO,NAME\n1,A\n'), sender)).rejects.toThrow(WrongUse)
    expect(facts).toEqual([])
  })

  it('takes lines that are CloudEvents already, and reports those that are not', async () => {
    const { facts, sender } = receiver()
    const event = { specversion: '1.0', id: '1', source: '/s', type: 'account.dormant', time: '2026-01-01T00:00:00Z' }
    const good = JSON.stringify({ ...event, subject: 'C-1', data: { dormant: true } })
    const path = file('e.ndjson', `${good}\n[]\n\n${JSON.stringify(event)}\n`)
    const summary = await run(path, sender, { mapping: null })
    expect(facts.length).toBe(1)
    expect(summary.problems.map(({ row }) => row)).toEqual([2, 4])
  })
})

describe('a mapping', () => {
  it('that is wrong says where', () => {
    const read = checkMapping({ ...mapping(), facts: [{ type: 'balance.changd', time: '2026-01-01', amont: 'X' }] })
    expect(read.ok ? [] : read.errors.map((error) => error.split(':')[0])).toEqual(['facts.0.type', 'facts.0'])
  })

  it.each(['credit-card-six-months', 'credit-card-as-companies', 'bank-churners'])(
    'docs/mappings/%s is sound',
    async (name) =>
      expect(await readMapping(join(import.meta.dirname, `../../../docs/mappings/${name}.yaml`))).toMatchObject({
        ok: true,
      }),
  )

  it('of the README is sound', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../docs/mappings/README.md'), 'utf8')
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    return expect(readMapping(file('readme.yaml', yaml))).resolves.toMatchObject({ ok: true })
  })
})
