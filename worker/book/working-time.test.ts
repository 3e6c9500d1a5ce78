import { env, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Env } from '../shell/env.ts'
import { Book } from './index.ts'

const NOW = Date.parse('2026-03-06T09:00:00.000Z') // Friday, 17:00 in Shanghai
const KEY = 'company:c1/escalation/ESC_MOVE/1'

/** A Book on a held clock, whose writes go nowhere. */
const within = (test: (book: Book, dues: () => number[]) => Promise<void>): Promise<void> => {
  const { BOOK } = env as { BOOK: DurableObjectNamespace<Book> }
  return runInDurableObject(BOOK.getByName('working-time'), (_, state) => {
    const COURIER = { getByName: () => ({ enqueue: async () => undefined }) } as unknown as Env['COURIER']
    const book = new Book(state, { ...(env as Env), LADDER_CLOCK: 'manual', COURIER })
    const rows = () => [...state.storage.sql.exec<{ due: number }>('SELECT due FROM subject WHERE due IS NOT NULL')]
    return test(book, () => rows().map(({ due }) => due))
  })
}

it('ESC-LADDER: running clocks are reckoned again as soon as a playbook with other working time is in force', () =>
  within(async (book, dues) => {
    const put = (playbook: Playbook, version: number) =>
      book.setPlaybook('working-time', '0', playbook, { version, epoch: version, members: {} })
    const fact = (id: string, yuan: number, at: number) => ({
      ref: 'company:c1',
      event: {
        ...{ type: 'fact' as const, id, customerNo: 'C', at: new Date(at).toISOString() },
        data: { kind: 'balance.changed' as const, amount: yuan * 100 },
      },
    })
    await book.setClock(NOW)
    await put(defaultPlaybook, 1)
    const at = new Date(NOW).toISOString()
    const record = { object: 'company', id: 'c1', at, createdAt: at, deleted: false, fields: { name: '华星' } }
    await book.apply([{ ref: 'company:c1', event: { type: 'record.changed', id: 'r', via: 'webhook', record } }], 1)
    await book.apply([fact('b1', 50_000_000, NOW - 60_000), fact('b2', 20_000_000, NOW)], 1)
    const climbs = async () => (await book.subject('company:c1'))?.escalations[KEY]?.climbsAt
    expect(await climbs()).toBe('2026-03-09T02:30:00.000Z')

    const days = [{ on: '2026-03-07', work: true }]
    const worked = { ...defaultPlaybook, calendar: { ...defaultPlaybook.calendar, days } }
    await put(worked, 2)
    await book.runDue(NOW)
    expect(await climbs()).toBe('2026-03-07T02:30:00.000Z')

    // a version with the same working time wakes nobody
    await put({ ...worked, name: '另一个' }, 3)
    expect(dues()).toHaveLength(1)
    expect(dues().every((due) => due > NOW)).toBe(true)
  }))
