import { env, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Broadcast, LadderEvent } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Env } from '../shell/env.ts'
import { Sql } from '../shell/sql.ts'
import { Book } from './index.ts'
import { migrations } from './schema.ts'
import { States } from './states.ts'

const NOW = Date.parse('2026-03-02T02:00:00.000Z')
const DAY = 86_400_000
const REF = 'campaign:k1'
const at = (ms: number): string => new Date(ms).toISOString()

interface World {
  /** A Book on what is stored: as after a restart. */
  book: () => Promise<Book>
  storage: DurableObjectStorage
  /** Who was told of the campaign, in order. */
  told: string[]
  /** The most that one word of it held. */
  largest: () => number
}

/** A Book whose writes go nowhere, and whose words to all are kept. */
const within = (name: string, test: (world: World) => Promise<void>): Promise<void> => {
  const { BOOK } = env as { BOOK: DurableObjectNamespace<Book> }
  return runInDurableObject(BOOK.getByName(name), async (_, state) => {
    const told: string[] = []
    let most = 0
    const COURIER = { getByName: () => ({ enqueue: async () => undefined }) }
    const broadcast = async (event: Broadcast): Promise<void> => {
      if (event.type !== 'campaign.opened') return
      told.push(...(event.told ?? []))
      most = Math.max(most, JSON.stringify(event).length)
    }
    const ACCOUNT = { getByName: () => ({ broadcast, gather: async () => undefined }) }
    const own = { ...(env as Env), LADDER_CLOCK: 'manual', COURIER, ACCOUNT } as unknown as Env
    const book = async (): Promise<Book> => {
      const fresh = new Book(state, own)
      await fresh.setClock(NOW)
      await fresh.setPlaybook(name, '0', defaultPlaybook, { version: 1, epoch: 1, members: {} })
      return fresh
    }
    await test({ book, storage: state.storage, told, largest: () => most })
  })
}

const record = (object: string, id: string, ms: number, fields: Record<string, unknown>): LadderEvent => ({
  type: 'record.changed',
  id: `${object}/${id}/${ms}`,
  via: 'webhook',
  record: { object, id, at: at(ms), createdAt: at(NOW), deleted: false, fields: fields as never },
})
const salon = (size: number, ms = NOW): LadderEvent =>
  record('campaign', 'k1', ms, {
    ...{ name: '中秋答谢', templateCode: 'CAMP-MEET', heldOn: '2026-04-10T06:00:00.000Z' },
    ...{ status: 'PLANNED', size },
  })
const place = (number: number, ms: number, fields: Record<string, unknown> = {}): LadderEvent =>
  record('participation', `s${number}`, ms, {
    ...{ name: `第${number}位嘉宾`, ladderKey: `person:p${number}/guest/k1`, campaign: 'k1', person: `p${number}` },
    ...{ company: null, invite: 'TO_INVITE', attendance: 'UNKNOWN', ...fields },
  })
const send = async (book: Book, events: LadderEvent[]): Promise<boolean[]> => {
  const answer = await book.apply(
    events.map((event) => ({ ref: REF, event })),
    1,
  )
  return answer.ok ? answer.news : []
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** So many guests by rule: the campaign asks each day, and is told as many as an answer holds. */
const fill = async (book: Book, guests: number, more: number): Promise<void> => {
  await send(book, [salon(guests)])
  for (let day = 0, from = 0; from < guests + more; day++, from += 5000) {
    await book.runDue(NOW + day * DAY)
    const [id = ''] = Object.keys((await book.subject(REF))?.asked ?? {})
    const to = Math.min(from + 5000, guests + more)
    const rows = range(from, to).map((number) => ({ ref: `person:p${number}`, company: null }))
    await send(book, [{ type: 'gathered', id, query: 'guests', params: {}, rows, total: guests }])
  }
  await book.runDue(NOW + 4 * DAY)
}

it(
  'CAMP-HOL: a campaign of 20,000 guests by rule keeps each once, counts them, and has the next move up',
  () =>
    within('many-guests', async ({ book: fresh, storage, told, largest }) => {
      const guests = 20_000
      let book = await fresh()
      await fill(book, guests, 0)
      expect(told).toHaveLength(guests)
      expect(new Set(told).size).toBe(guests)
      expect(largest()).toBeLessThan(500_000)

      for (let from = 0; from < guests; from += 5000)
        await send(
          book,
          range(from, from + 5000).map((number) => place(number, NOW + 5 * DAY)),
        )
      book = await fresh()
      const answers = range(0, 400).map((number) =>
        place(number, NOW + 6 * DAY, { invite: number % 2 === 0 ? 'CONFIRMED' : 'INVITED', lead: number % 4 === 0 }),
      )
      expect(new Set(await send(book, answers))).toEqual(new Set([true]))
      // told twice, and an older word that comes late
      expect(new Set(await send(book, [...answers, place(7, NOW + 5 * DAY)]))).toEqual(new Set([false]))
      const state = await (await fresh()).subject(REF)
      expect(Object.keys(state?.records['participation'] ?? {})).toHaveLength(guests)
      expect(state?.records['campaign']?.['k1']?.fields).toMatchObject({ invited: 400, confirmed: 200, leads: 100 })
      expect(state?.campaigns['k1']?.list).toHaveLength(guests)

      // what a guest's answer writes doesn't grow with the guests
      const written = storage.sql.exec<{ n: number }>('SELECT total_changes() AS n')
      const before = written.one().n
      await send(book, [place(3, NOW + 7 * DAY, { invite: 'CONFIRMED' })])
      expect(storage.sql.exec<{ n: number }>('SELECT total_changes() AS n').one().n - before).toBeLessThan(30)

      // one says no: who comes next by rule moves up, told alone
      await book.runDue(NOW + 8 * DAY)
      await send(book, [place(5, NOW + 8 * DAY, { invite: 'DECLINED' })])
      const [id = ''] = Object.keys((await book.subject(REF))?.asked ?? {})
      const rows = [{ ref: 'person:late', company: null }]
      await send(book, [{ type: 'gathered', id, query: 'guests', params: {}, rows, total: 1 }])
      await book.runDue(NOW + 8 * DAY)
      expect(told.slice(guests)).toEqual(['person:late'])

      // erased: nothing of it is left, nor of its place
      await book.eraseNamed('person:p9')
      await book.forgetRecord(REF, 'participation', 's9')
      const left = JSON.stringify(await (await fresh()).subject(REF))
      expect(left).not.toMatch(/"person:p9[/"]/)
      expect(left).toMatch(/"person:p10"/)
    }),
  60_000,
)

it('CAMP-S1: a campaign that was stored with its guests in it is read, and its guests get rows of their own', () =>
  within('stored-before', async ({ book: fresh, storage }) => {
    const book = await fresh()
    await send(book, [salon(20), ...range(0, 20).map((number) => place(number, NOW + DAY, { invite: 'INVITED' }))])
    const state = await book.subject(REF)
    // as it was stored before: all in one row, nothing counted
    delete state?.tally
    storage.sql.exec('DELETE FROM guest')
    storage.sql.exec('UPDATE subject SET state = ?, turn = 0 WHERE ref = ?', JSON.stringify(state), REF)

    const later = await fresh()
    expect(await later.subject(REF)).toEqual(state)
    await send(later, [place(4, NOW + 2 * DAY, { invite: 'CONFIRMED' })])
    expect(storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM guest').one().n).toBe(20)
    const now = await (await fresh()).subject(REF)
    expect(now?.records['campaign']?.['k1']?.fields).toMatchObject({ invited: 20, confirmed: 1 })
    expect(Object.keys(now?.records['participation'] ?? {})).toHaveLength(20)
  }))

it('CAMP-S1: who reads page after page gets campaigns without their guests', () =>
  within('page-by-page', async ({ book: fresh, storage }) => {
    await send(await fresh(), [salon(3), ...range(0, 3).map((number) => place(number, NOW + DAY))])
    const states = new States(new Sql(storage, migrations))
    expect(states.page('', 10).map(({ ref, records }) => [ref, records['participation']])).toEqual([[REF, {}]])
    expect(Object.keys(states.load(REF)?.records['participation'] ?? {})).toHaveLength(3)
  }))

it('CAMP-S1: what a transaction took back is not in memory either', () =>
  within('taken-back', async ({ book: fresh, storage }) => {
    const book = await fresh()
    await send(book, [salon(5), place(1, NOW + DAY, { invite: 'INVITED' })])
    const confirmed = [place(1, NOW + 2 * DAY, { invite: 'CONFIRMED' })]
    storage.sql.exec("CREATE TRIGGER broken BEFORE INSERT ON guest BEGIN SELECT RAISE(ABORT, 'disk'); END")
    await expect(send(book, confirmed)).rejects.toThrow(/disk/)
    storage.sql.exec('DROP TRIGGER broken')
    expect((await book.subject(REF))?.records['campaign']?.['k1']?.fields).toMatchObject({ confirmed: 0 })
    expect(await send(book, confirmed)).toEqual([true])
    expect((await book.subject(REF))?.records['campaign']?.['k1']?.fields).toMatchObject({ confirmed: 1 })
  }))

it('a customer whose history outgrows a row is kept, merged and erased as any other', () =>
  within('long-history', async ({ book: fresh, storage }) => {
    const book = await fresh()
    const ref = 'company:c1'
    const events = range(0, 60).map((number) => {
      const fields = { name: '拜访', company: 'c1', report: `${number} ${'国'.repeat(20_000)}` }
      return { ref, event: record('visit', `v${number}`, NOW, fields) }
    })
    await book.apply([{ ref, event: record('company', 'c1', NOW, { name: '华星' }) }, ...events], 1)
    const pieces = (home: string): number =>
      storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM piece WHERE home = ?', home).one().n
    expect(pieces('subject')).toBe(2)
    const state = await (await fresh()).subject(ref)
    expect(Object.keys(state?.records['visit'] ?? {})).toHaveLength(60)
    expect(await book.surrender(ref)).toEqual(state)
    expect(await book.surrender(ref)).toEqual(state)
    expect([pieces('subject'), pieces('moved')]).toEqual([0, 2])
    await book.erase(ref)
    expect(pieces('moved')).toBe(0)
    expect(await book.surrender(ref)).toBe(null)
  }))
