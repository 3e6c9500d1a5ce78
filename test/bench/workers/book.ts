import { DurableObject } from 'cloudflare:workers'
import type { LadderEvent } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Book } from '../../../worker/book/index.ts'

export { Book } from '../../../worker/book/index.ts'

/** Takes what a Book hands on and forgets it: only the Book is measured. */
export class Courier extends DurableObject {
  async enqueue(): Promise<void> {
    await Promise.resolve()
  }
}

export class Account extends DurableObject {
  async broadcast(): Promise<void> {
    await Promise.resolve()
  }
}

interface Env {
  BOOK: { getByName(name: string): Pick<Book, keyof Book> }
}

const AT = '2026-09-01T00:00:00.000Z'

const known = (index: number): LadderEvent => ({
  type: 'record.changed',
  id: `company/c${index}`,
  via: 'sweep',
  record: {
    object: 'company',
    id: `c${index}`,
    at: AT,
    createdAt: AT,
    deleted: false,
    fields: { name: `Company ${index}`, accountOwnerId: 'rm', ladderGold: index % 50 === 0 },
  },
})

const told = (index: number): LadderEvent => ({
  type: 'fact',
  id: `f${index}`,
  customerNo: `N${index}`,
  at: '2026-09-07T01:00:00.000Z',
  data: { kind: 'balance.changed', amount: (Math.imul(index + 1, 2654435761) >>> 0) % 2_000_000_000 },
})

/** `POST /?book=0&from=0&count=200&what=known|told`: that many customers' events go to one Book. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method === 'GET') return new Response('up')
    const query = new URL(request.url).searchParams
    const name = `bench/${query.get('book') ?? '0'}`
    const book = env.BOOK.getByName(name)
    const from = Number(query.get('from'))
    const make = query.get('what') === 'told' ? told : known
    const events = Array.from({ length: Number(query.get('count')) }, (_, index) => ({
      ref: `company:c${from + index}`,
      event: make(from + index),
    }))
    const first = await book.apply(events, 1)
    if (first.ok) return Response.json({ news: first.news.filter(Boolean).length })
    await book.setPlaybook('bench', name, defaultPlaybook, { version: 1, epoch: 1, members: {} })
    const second = await book.apply(events, 1)
    return Response.json({ news: second.ok ? second.news.filter(Boolean).length : 0 })
  },
}
