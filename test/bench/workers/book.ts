import { DurableObject } from 'cloudflare:workers'
import type { LadderEvent } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Book } from '../../../worker/book/index.ts'
import { STAFF } from '../staff.ts'

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

/** So much money, at that minute before now. */
const holds =
  (fen: number, minutes: number) =>
  (index: number): LadderEvent => ({
    type: 'fact',
    id: `f${index}/${fen}`,
    customerNo: `N${index}`,
    at: new Date(Date.now() - minutes * 60_000).toISOString(),
    data: { kind: 'balance.changed', amount: fen },
  })

const EVENTS: Record<string, (index: number) => LadderEvent> = {
  known,
  told,
  rich: holds(5_000_000_000, 120),
  fallen: holds(2_000_000_000, 60),
}

/**
 * `POST /?book=0&from=0&count=200&what=known|told|rich|fallen`: that many customers' events go to one Book. `what=climb&at=…`:
 * it does what is due by then; `what=level&from=0`: the level of a customer's escalation.
 */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method === 'GET') return new Response('up')
    const query = new URL(request.url).searchParams
    const name = `bench/${query.get('book') ?? '0'}`
    const book = env.BOOK.getByName(name)
    const from = Number(query.get('from'))
    const what = query.get('what') ?? ''
    if (what === 'climb') return Response.json({ next: await book.runDue(Number(query.get('at'))) })
    if (what === 'level') {
      const state = await book.subject(`company:c${from}`)
      return Response.json({ level: Object.values(state?.escalations ?? {})[0]?.level ?? 0 })
    }
    const make = EVENTS[what] ?? known
    const events = Array.from({ length: Number(query.get('count')) }, (_, index) => ({
      ref: `company:c${from + index}`,
      event: make(from + index),
    }))
    const first = await book.apply(events, 1)
    if (first.ok) return Response.json({ news: first.news.filter(Boolean).length })
    const { roles, members } = STAFF
    await book.setPlaybook('bench', name, { ...defaultPlaybook, roles }, { version: 1, epoch: 1, members })
    const second = await book.apply(events, 1)
    return Response.json({ news: second.ok ? second.news.filter(Boolean).length : 0 })
  },
}
