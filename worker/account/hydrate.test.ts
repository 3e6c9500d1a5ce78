import { describe, expect, it } from 'vitest'
import { custom, START, touched, within } from './hubspot-kit.ts'

describe('records that HubSpot names', () => {
  it('many events of one record are one read in one call with others; the log says that a webhook told', () =>
    within(1, async (bank) => {
      for (const id of ['1', '2']) bank.save('company', id, { name: `C${id}`, ladderCustomerNo: `N${id}` })
      const events = ['1', '2', '1', '1'].map((id) => touched('company', id))
      await bank.hook(...events)
      expect(bank.calls).toEqual([{ object: 'company', ids: ['2', '1'] }])
      expect((await bank.state('company:1'))?.records.company?.['1']?.fields.name).toBe('C1')
      expect(bank.parts.log.list({ most: 9, words: ['company:1'] })).toMatchObject([
        { via: 'webhook', news: true, recordId: '1' },
      ])
      // an echo: the same again is no news
      await bank.hook(touched('company', '1'))
      expect(bank.parts.log.list({ most: 9, words: ['company:1'] })[0]).toMatchObject({ via: 'webhook', news: false })
      expect(bank.parts.touched.count()).toBe(0)
    }))

  it('a hundred at a time', () =>
    within(1, async (bank) => {
      const ids = Array.from({ length: 250 }, (_, index) => String(index + 1))
      for (const id of ids) bank.save('company', id, { name: id })
      bank.fails = () => ({ kind: 'later', until: bank.now + 1, message: '' })
      for (let at = 0; at < 250; at += 50)
        await bank.hook(...ids.slice(at, at + 50).map((id) => touched('company', id)))
      bank.fails = () => null
      bank.calls.length = 0
      await bank.run()
      expect(bank.calls.map((call) => call.ids.length)).toEqual([100, 100, 50])
    }))

  it('what no longer is in the CRM is gone; brought back it lives again, with what was known of it', () =>
    within(1, async (bank) => {
      bank.save('company', '1', { name: 'C', ladderCustomerNo: 'N' })
      bank.save('development', '5', { company: '1', pipeline: 'DEV_A', stage: 'DEV_A01' })
      await bank.hook(touched('company', '1'), custom('2-1', 'creation', '5'))
      const before = (await bank.state('company:1'))?.developments
      expect(Object.keys(before ?? {})).toEqual(['5'])
      const kept = bank.records.get('company 1')
      bank.records.delete('company 1')
      await bank.hook({ subscriptionType: 'company.deletion', objectId: 1 })
      expect((await bank.state('company:1'))?.records.company?.['1']?.deleted).toBe(false) // word of a merge may come
      await bank.run()
      expect((await bank.state('company:1'))?.records.company?.['1']?.deleted).toBe(true)
      // the CRM gives it back as it was, with the time that it had
      if (kept) bank.records.set('company 1', kept)
      await bank.hook({ subscriptionType: 'company.restore', objectId: 1 })
      await bank.run()
      const state = await bank.state('company:1')
      expect(state?.records.company?.['1']).toMatchObject({ deleted: false, fields: { name: 'C' } })
      expect(state?.developments).toEqual(before)
    }))

  it('an association changes both sides', () =>
    within(1, async (bank) => {
      for (const id of ['1', '2']) bank.save('company', id, { name: id })
      bank.save('development', '5', { company: '1', pipeline: 'DEV_A', stage: 'DEV_A01' })
      await bank.hook(touched('company', '1'), touched('company', '2'), custom('2-1', 'creation', '5'))
      const seen = bank.records.get('development 5')
      if (seen) seen.fields.company = '2' // an association moves no time
      const sides = { fromObjectId: 5, fromObjectTypeId: '2-1', toObjectId: 2, toObjectTypeId: '0-2' }
      bank.calls.length = 0
      await bank.hook({ subscriptionType: 'object.associationChange', ...sides })
      expect(bank.calls.map((call) => call.object)).toEqual(['company', 'development'])
      expect((await bank.state('company:2'))?.developments['5']).toBeDefined()
      expect((await bank.state('company:1'))?.records.development?.['5']?.deleted).toBe(true)
    }))

  it('what is of another portal, or of objects that Ladder does not follow, is counted and not read', () =>
    within(1, async (bank) => {
      await bank.hook(
        { ...touched('company', '1'), portalId: 9 },
        custom('2-99', 'creation', '5'),
        touched('ticket', '3'),
      )
      expect(bank.calls).toEqual([])
      expect([bank.counter('hubspot.other-portal'), bank.counter('hubspot.ignored')]).toEqual([1, 2])
    }))
})

describe('a CRM that can’t be read', () => {
  it('nothing is lost, it is asked again when there is room, and core banking’s facts go on meanwhile', () =>
    within(1, async (bank) => {
      bank.save('company', '1', { name: 'C', ladderCustomerNo: 'N' })
      await bank.hook(touched('company', '1'))
      bank.save('company', '2', { name: 'D', ladderCustomerNo: 'M' })
      bank.fails = () => ({ kind: 'later', until: START + 600_000, message: '' })
      expect(await bank.hook(touched('company', '2'))).toBe(START + 600_000)
      await bank.fact('N', 100)
      expect((await bank.state('company:1'))?.balances).toHaveLength(1)
      // facts of one who isn't known yet wait, in their order
      for (const yuan of [1, 2, 3]) await bank.fact('M', yuan)
      bank.fails = () => null
      const asked = bank.calls.length
      await bank.run()
      expect(bank.calls.length).toBe(asked) // not before there is room
      bank.now = START + 600_000
      await bank.run()
      expect((await bank.state('company:2'))?.balances.map(({ amount }) => amount)).toEqual([100, 200, 300])
    }))

  it('an object that can’t be read holds up no other; one bad record costs none of its kind', () =>
    within(1, async (bank) => {
      const ids = Array.from({ length: 40 }, (_, index) => String(index + 1))
      for (const id of ids) bank.save('company', id, { name: id })
      bank.save('development', '5', { company: '1', pipeline: 'DEV_A', stage: 'DEV_A01' })
      bank.fails = (object, asked) =>
        object === 'development'
          ? { kind: 'auth', message: 'no scope' }
          : asked.includes('17')
            ? { kind: 'refused', status: 400, message: 'bad id' }
            : null
      await bank.hook(...ids.map((id) => touched('company', id)), custom('2-1', 'creation', '5'))
      for (let runs = 0; runs < 12; runs++) await bank.run()
      const known = await Promise.all(ids.map((id) => bank.state(`company:${id}`)))
      expect(known.flatMap((state, index) => (state ? [] : ids[index]))).toEqual(['17'])
      expect(bank.counter('hydrate_refused')).toBe(1)
      expect(bank.parts.touched.faults()).toEqual([{ object: 'development', fault: 'no scope' }])
      bank.fails = () => null
      await bank.run()
      expect((await bank.state('company:1'))?.developments['5']).toBeDefined()
      expect(bank.parts.touched.faults()).toEqual([])
    }))
})
