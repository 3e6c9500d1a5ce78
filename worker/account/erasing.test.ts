import { describe, expect, it } from 'vitest'
import { type Bank, custom, touched, within } from './hubspot-kit.ts'
import { bookOf } from './merging.ts'
import { nextDue } from './work.ts'

describe('privacy deletion', () => {
  const erase = { subscriptionType: 'contact.privacyDeletion', objectId: 3 }
  const known = async (bank: Bank): Promise<void> => {
    bank.save('person', '3', { name: '李雷', ladderCustomerNo: 'P3' })
    bank.save('participation', '80', { ladderKey: 'person:3/guest/7', name: '李雷', person: '3', campaign: '7' })
    await bank.hook(touched('contact', '3'), custom('2-9', 'creation', '80'))
    await bank.fact('P3', 60_000)
  }
  const everything = (bank: Bank): string =>
    ['link', 'customer', 'parked', 'event_log', 'audit', 'touched', 'merge', 'inbox', 'outbox']
      .flatMap((table) => bank.parts.sql.all(`SELECT * FROM ${table}`))
      .map((row) => JSON.stringify(row))
      .join('\n')

  it.each([1, 8])('leaves nothing of the customer but that somebody was erased, %i shard(s)', (shards) =>
    within(shards, async (bank) => {
      await known(bank)
      expect((await bank.state('campaign:7'))?.records.participation?.['80']).toBeDefined()
      bank.records.delete('person 3')
      await bank.hook(erase)
      expect(await bank.state('person:3')).toBeNull()
      expect(await bookOf(bank.parts, bank.settings, 'person:3').explain('person:3', 9)).toEqual([])
      expect(JSON.stringify(await bank.state('campaign:7'))).not.toContain('李雷')
      expect(
        JSON.stringify(await bookOf(bank.parts, bank.settings, 'campaign:7').explain('campaign:7', 9)),
      ).not.toContain('李雷')
      const erasure = { refs: ['person:3'], recordIds: ['3'], customerNos: ['P3'] }
      const made = [{ object: 'participation', id: '80' }]
      expect(bank.erased).toEqual([
        { ...erasure, made },
        { ...erasure, made: [] },
      ])
      const left = everything(bank)
      for (const trace of ['李雷', 'person:3', 'P3', '"80"']) expect(left).not.toContain(trace)
      expect(left).toMatch(/"what":"erased","detail":"\{\\"object\\":\\"person\\",\\"hash\\":\\"[0-9a-f]{64}/)
    }),
  )

  it('CAMP-MEET: nor does a campaign’s list name it, nor why the list came to be', () =>
    within(1, async (bank) => {
      await known(bank)
      const heldOn = new Date(bank.now + 20 * 86_400_000).toISOString()
      bank.save('campaign', '7', { name: 'K', templateCode: 'CAMP-S1', heldOn, status: 'PLANNED', size: 5 })
      await bank.hook(custom('2-8', 'creation', '7'))
      expect(JSON.stringify(await bank.state('campaign:7'))).toContain('"person:3"')
      bank.records.delete('person 3')
      await bank.hook(erase)
      expect((await bank.state('campaign:7'))?.campaigns['7']?.list).toEqual([])
      const book = bookOf(bank.parts, bank.settings, 'campaign:7')
      const all = [await bank.state('campaign:7'), await book.explain('campaign:7', 99)]
      expect(JSON.stringify(all)).not.toContain('person:3')
    }))

  it('late word brings nothing back: not its record, not what hangs on it, not facts of its number', () =>
    within(1, async (bank) => {
      await known(bank)
      const late = bank.records.get('person 3')
      bank.records.delete('person 3')
      await bank.hook(erase)
      if (late) bank.records.set('person 3', late)
      await bank.hook(touched('contact', '3'), custom('2-9', 'propertyChange', '80'))
      await bank.fact('P3', 70_000)
      expect(await bank.state('person:3')).toBeNull()
      expect((await bank.state('campaign:7'))?.records.participation?.['80']).toBeUndefined()
      expect(bank.parts.sql.all('SELECT * FROM parked')).toEqual([])
      expect(bank.counter('erased_left_out')).toBe(3)
    }))

  it('the CRM has the customer anew: it is a customer again', () =>
    within(1, async (bank) => {
      await known(bank)
      bank.records.delete('person 3')
      await bank.hook(erase)
      bank.now += 3_600_000
      bank.save('person', '4', { name: '李雷', ladderCustomerNo: 'P3' })
      await bank.hook(touched('contact', '4'))
      await bank.fact('P3', 70_000)
      expect((await bank.state('person:4'))?.balances).toHaveLength(1)
    }))

  it('of one that others were merged into: all of them are forgotten', () =>
    within(8, async (bank) => {
      await known(bank)
      bank.save('person', '5', { name: '李雷', ladderCustomerNo: 'P5' })
      bank.records.delete('person 3')
      await bank.hook(touched('contact', '5'))
      const names = { primaryObjectId: 5, mergedObjectIds: [3] }
      await bank.hook({ subscriptionType: 'contact.merge', objectId: 5, ...names })
      expect((await bank.state('person:5'))?.balances).toHaveLength(1)
      bank.records.delete('person 5')
      await bank.hook({ ...erase, objectId: 5 })
      for (const trace of ['李雷', 'person:3', 'person:5', 'P3', 'P5']) expect(everything(bank)).not.toContain(trace)
      expect(nextDue(bank.parts)).toBeGreaterThan(bank.now)
    }))
})
