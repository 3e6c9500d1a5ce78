import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readHubspot } from '../../worker/ingress/hubspot.ts'
import {
  deliveryOf,
  receive,
  SOURCES,
  type Answer,
  type Delivery,
  type InboxRow,
  type Receiver,
} from '../../worker/ingress/receive.ts'
import { ingress, type IngressEnv } from '../../worker/ingress/routes.ts'
import { hostile, NOW, oddEvents, pick, randomFrom, SECRETS } from './fuzz-inputs.ts'

const ROUNDS = 100_000
const SEED = 20261121

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Heap in MiB after a collection. */
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

const rows: InboxRow[] = []
const take = (delivery: Delivery): Promise<Answer> =>
  receive(delivery, {
    secrets: { twenty: [SECRETS.twenty], hubspot: [SECRETS.hubspot], corebank: [SECRETS.corebank] },
    store: (row) => void rows.push(row),
    count: () => undefined,
    now: NOW,
  })

describe.each(SOURCES)('%s', (source) => {
  it(
    `refuses ${ROUNDS} hostile deliveries with 4xx, stores none of them, and keeps no memory`,
    { timeout: 300_000 },
    async () => {
      const random = randomFrom(SEED)
      const seen = new Map<number, number>()
      let before = 0
      for (let round = 0; round < ROUNDS; round++) {
        const delivery = hostile(source, random)
        const { status, body } = await take(delivery)
        if (status < 400 || status > 499 || body.stored || rows.length > 0) {
          const text = Buffer.from(delivery.body).toString('latin1').slice(0, 500)
          throw new Error(`round ${round} of seed ${SEED}: ${status} ${JSON.stringify([delivery.headers, text])}`)
        }
        seen.set(status, (seen.get(status) ?? 0) + 1)
        if (round === ROUNDS / 5) before = heap()
      }
      expect(seen.get(400)).toBeGreaterThan(ROUNDS / 20)
      expect(seen.get(401)).toBeGreaterThan(ROUNDS / 4)
      expect(heap() - before).toBeLessThan(16)
    },
  )
})

it('whatever HubSpot signs, reading it ends, and gives hints of whole records or nothing', () => {
  const random = randomFrom(SEED)
  const reader = {
    portalId: 62515,
    objectOf: (type: string) => (type.startsWith('0-') ? type : undefined),
    receivedAt: NOW,
  }
  const kinds = new Set<string>()
  for (let round = 0; round < 20_000; round++) {
    const { hints } = readHubspot(oddEvents(random), reader)
    for (const hint of hints) {
      kinds.add(hint.type)
      const ids = hint.type === 'records.merged' ? [hint.winner, ...hint.losers] : [hint.recordId]
      const isWhole = ids.length > 0 && ids.every((id) => /^\d{1,19}$/.test(id)) && hint.object.startsWith('0-')
      if (!isWhole || !(Date.parse(hint.at) >= 0)) throw new Error(`round ${round}: ${JSON.stringify(hint)}`)
    }
  }
  expect(kinds.size).toBe(3)
})

it('the routes answer hostile requests without a 5xx, and without asking an Account that no name fits', async () => {
  const random = randomFrom(SEED)
  const asked: string[] = []
  const receiveAs = (account: string) => ({
    receive: (...flat: Parameters<Receiver['receive']>) => {
      asked.push(account)
      return take(deliveryOf(...flat))
    },
    take: async () => true,
  })
  const env: IngressEnv = {
    ACCOUNT: { getByName: receiveAs },
    LADDER_PUBLIC_URL: 'https://ladder.example',
    LADDER_HUBSPOT_CLIENT_SECRET: 'another secret',
  }
  const hooks = ingress<IngressEnv>(() => true)
  const accounts = [
    'acme',
    'ACME',
    '',
    '..',
    '%2e%2e',
    '%00',
    'a'.repeat(64),
    'a b',
    '你好',
    'acme/x',
    'app',
    '__proto__',
    '-a',
  ] as const
  for (let round = 0; round < 10_000; round++) {
    const source = pick(random, SOURCES)
    const { headers, body } = hostile(source, random)
    const method = pick(random, ['POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'] as const)
    const init = new Headers()
    // Values that no HTTP client could send never reach a Worker.
    for (const [name, value] of Object.entries(headers)) if (/^[\x20-\x7e]*$/.test(value)) init.set(name, value)
    const path = `/hooks/${source}/${pick(random, accounts)}`
    const withBody = method === 'GET' || method === 'HEAD' ? {} : { body }
    const request = new Request(`http://ladder.example${path}`, { method, headers: init, ...withBody })
    const { status } = (await hooks(request, env)) ?? { status: 404 }
    if (status < 400 || status > 499) throw new Error(`round ${round} of seed ${SEED}: ${status} ${method} ${path}`)
  }
  expect(new Set(asked)).toEqual(new Set(['acme', 'app']))
  expect(rows.length).toBe(0)
})
