import { describe, expect, it } from 'vitest'
import type { JournalRead } from '../crm/port.ts'
import { type Bank, START, touched, within } from './hubspot-kit.ts'

const MINUTE = 60_000
const place = (n: number): string => `550e8400-e29b-41d4-a716-44665544000${n}`
const page = (n: number, ...events: object[]): { ok: true; value: JournalRead } => ({
  ok: true,
  value: { state: 'page', offset: place(n), events },
})
const told = (id: string, at: number, kind = 'propertyChange') => ({
  subscriptionType: `object.${kind}`,
  portalId: 62515,
  objectTypeId: '0-2',
  objectId: Number(id),
  occurredAt: at,
})
const begun = async (bank: Bank): Promise<void> => {
  bank.parts.journal.begin(bank.now)
  await bank.run()
}

describe('the journal of a CRM', () => {
  it('what no webhook told is read and followed up; the place is kept', () =>
    within(1, async (bank, restart) => {
      await begun(bank)
      bank.save('company', '1', { name: 'A', ladderCustomerNo: 'C1' })
      bank.journal.push(page(1, told('1', bank.now)), page(2))
      await bank.run()
      await bank.run()
      expect((await bank.state('company:1'))?.records.company?.['1']?.fields.name).toBe('A')
      expect(bank.parts.log.list({ most: 9 }).map(({ via, object }) => [via, object])).toEqual([['journal', 'company']])
      restart()
      await bank.run()
      expect(bank.places).toEqual([
        'latest',
        'earliest',
        { after: place(1) },
        { after: place(2) },
        { after: place(2) },
        { after: place(2) },
      ])
      expect(bank.parts.journal.status()).toMatchObject({ state: 'on', after: place(2), fault: '' })
    }))

  it('what a webhook told already costs no second reading; what happened since does', () =>
    within(1, async (bank) => {
      await begun(bank)
      bank.save('company', '1', { name: 'A' })
      const at = bank.now
      await bank.hook(touched('company', '1'))
      expect(bank.idsRead('company')).toEqual(['1'])
      bank.journal.push(page(1, told('1', at), told('1', at, 'creation')))
      await bank.run()
      await bank.run()
      expect(bank.idsRead('company')).toEqual(['1'])
      bank.save('company', '1', { name: 'B' })
      bank.journal.push(page(2, told('1', bank.now)))
      await bank.run()
      await bank.run()
      expect(bank.idsRead('company')).toEqual(['1', '1'])
      expect((await bank.state('company:1'))?.records.company?.['1']?.fields.name).toBe('B')
    }))

  it('the process may end after any step: no event is left out, none counts twice', () =>
    within(1, async (bank, restart) => {
      await begun(bank)
      for (const id of ['1', '2', '3']) bank.save('company', id, { name: `C${id}` })
      bank.journal.push(page(1, told('1', bank.now), told('2', bank.now)))
      const read = bank.parts.journal.step(
        { read: async () => bank.journal.shift() ?? { ok: true, value: { state: 'end' } }, lost: () => undefined },
        bank.now + MINUTE,
      )
      expect(await read).toBe(true)
      restart()
      bank.journal.push(page(2, told('3', bank.now)))
      await bank.run()
      await bank.run()
      for (const id of ['1', '2', '3']) expect(await bank.state(`company:${id}`)).not.toBeNull()
      expect(bank.idsRead('company').sort()).toEqual(['1', '2', '3'])
      expect(bank.parts.log.list({ most: 9 }).filter(({ news }) => news)).toHaveLength(3)
    }))

  it('a lost place: all objects are swept, with their ids, and it goes on from the newest page', () =>
    within(1, async (bank) => {
      await begun(bank)
      bank.journal.push(page(1), { ok: true, value: { state: 'end' } }, { ok: true, value: { state: 'lost' } }, page(7))
      await bank.run()
      const hurried: boolean[] = []
      bank.parts.sweeps.hurry = (_now, ids) => void hurried.push(ids)
      await bank.run()
      expect(bank.places.slice(3)).toEqual([{ after: place(1) }, 'latest', { after: place(7) }])
      expect(bank.counter('journal_lost')).toBe(1)
      expect(hurried).toEqual([true])
    }))

  it('an account without it is asked again tomorrow, or when it is connected anew; sweeps go on', () =>
    within(1, async (bank) => {
      bank.journal.push({ ok: false, failure: { kind: 'auth', message: 'MISSING_SCOPES' } })
      await begun(bank)
      const { nextAt = 0, ...status } = bank.parts.journal.status() ?? {}
      expect(status).toEqual({ state: 'absent', after: null, fault: 'MISSING_SCOPES' })
      expect(nextAt).toBe(bank.now + 24 * 60 * MINUTE)
      await bank.run()
      expect(bank.places).toHaveLength(1)
      await begun(bank)
      expect(bank.parts.journal.status()).toMatchObject({ state: 'on', fault: '' })
      expect(bank.now).toBeGreaterThan(START)
    }))

  it('silence and a full limit wait, and are no reason to take it for absent', () =>
    within(1, async (bank) => {
      await begun(bank)
      bank.journal.push({ ok: false, failure: { kind: 'unreachable', message: 'HTTP 503' } })
      await bank.run()
      expect(bank.parts.journal.status()).toMatchObject({ state: 'on', fault: 'HTTP 503', nextAt: bank.now + MINUTE })
      const until = bank.now + 10 * MINUTE
      bank.journal.push({ ok: false, failure: { kind: 'later', until, message: '' } })
      await bank.run()
      expect(bank.parts.journal.status()).toMatchObject({ state: 'on', nextAt: until })
    }))
})
