import { describe, expect, it } from 'vitest'
import { type Bank, custom, touched, within } from './hubspot-kit.ts'
import { bookOf } from './merging.ts'

const merge = (winner: string, ...losers: string[]) => ({
  subscriptionType: 'company.merge',
  objectId: Number(winner),
  primaryObjectId: Number(winner),
  mergedObjectIds: losers.map(Number),
})

describe.each([1, 8])('a merge, %i shard(s)', (shards) => {
  /** Two customers with a number and a development each. */
  const two = async (bank: Bank): Promise<void> => {
    for (const [id, number, development] of [
      ['1', 'L', '51'],
      ['2', 'W', '52'],
    ] as const) {
      bank.save('company', id, { name: 'C', accountOwnerId: 'rm', ladderCustomerNo: number })
      bank.save('development', development, { company: id, pipeline: 'DEV_A', stage: 'DEV_A01' })
      await bank.hook(touched('company', id), custom('2-1', 'creation', development))
      await bank.fact(number, 6_000_000)
    }
  }
  const happens = (bank: Bank, winner = '2'): void => {
    bank.records.delete('company 1')
    bank.save('company', winner, { name: 'C' })
    const development = bank.records.get('development 51')
    if (development) development.fields.company = winner
  }

  it('the whole state is the winner’s; facts of the old number, keys and links lead to it', () =>
    within(shards, async (bank) => {
      await two(bank)
      const before = await bank.state('company:1')
      happens(bank)
      await bank.hook(merge('2', '1'))
      const state = await bank.state('company:2')
      expect(await bank.state('company:1')).toBeNull()
      expect(state?.developments['51']).toEqual(before?.developments['51'])
      expect(Object.keys(state?.developments ?? {}).sort()).toEqual(['51', '52'])
      await bank.fact('L', 7_000_000)
      expect((await bank.state('company:2'))?.balances.at(-1)?.amount).toBe(13_000_000_00)
      // Ladder's own records still have the old name in their key
      bank.save('task', '70', { ladderKey: 'company:1/stage/51/DEV_A01/0', status: 'DONE', ladderCompany: '1' })
      await bank.hook(custom('0-27', 'creation', '70'))
      expect((await bank.state('company:2'))?.tasks['company:2/stage/51/DEV_A01/0']).toMatchObject({ status: 'CLOSED' })
      // late word of the one that is no more changes nothing
      await bank.hook({ subscriptionType: 'company.deletion', objectId: 1 }, touched('company', '1'), merge('2', '1'))
      expect(await bank.state('company:1')).toBeNull()
      expect((await bank.state('company:2'))?.records.company?.['2']?.deleted).toBe(false)
      expect(bank.parts.touched.count() + bank.parts.merges.open().length).toBe(0)
    }))

  it('nobody told of it: the record that took over names the other one, whenever it is read', () =>
    within(shards, async (bank) => {
      await two(bank)
      await bank.fact('L', 100_000)
      const raised = Object.keys((await bank.state('company:1'))?.escalations ?? {})
      expect(raised.length).toBeGreaterThan(0)
      happens(bank)
      const winner = bank.records.get('company 2')
      // an older loser that Ladder never knew is passed over
      if (winner) bank.records.set('company 2', { ...winner, merged: ['1', '99'] })
      await bank.hook(touched('company', '2'))
      await bank.run()
      expect(await bank.state('company:1')).toBeNull()
      const state = await bank.state('company:2')
      expect(Object.keys(state?.escalations ?? {})).toEqual(expect.arrayContaining(raised))
      expect(state?.records.company?.['2']).not.toHaveProperty('merged')
      expect(bank.parts.merges.has('company', '99')).toBe(false)
      expect(bank.parts.merges.open()).toEqual([])
    }))

  it('the loser is told of as deleted, and read it is the one that took over: no end', () =>
    within(shards, async (bank) => {
      await two(bank)
      await bank.fact('L', 100_000)
      happens(bank)
      const winner = bank.records.get('company 2')
      // HubSpot answers for the old id with the record that took over
      if (winner) bank.records.set('company 1', { ...winner, merged: ['1'] })
      await bank.hook({ subscriptionType: 'company.deletion', objectId: 1 })
      await bank.run()
      await bank.run()
      const state = await bank.state('company:2')
      expect(Object.values(state?.escalations ?? {}).map(({ status }) => status)).toEqual(['OPEN'])
      expect(await bank.state('company:1')).toBeNull()
    }))

  it('word that it was deleted comes before word that it was merged: what is open stays open', () =>
    within(shards, async (bank) => {
      await two(bank)
      await bank.fact('L', 100_000)
      const open = (state: Awaited<ReturnType<Bank['state']>>): string[] =>
        Object.values(state?.escalations ?? {}).flatMap(({ key, status }) => (status === 'OPEN' ? [key] : []))
      const before = open(await bank.state('company:1'))
      expect(before).toHaveLength(1)
      happens(bank)
      await bank.hook({ subscriptionType: 'company.deletion', objectId: 1 })
      await bank.hook(merge('2', '1'))
      expect(open(await bank.state('company:2'))).toEqual(before)
    }))

  it('the process ends in the middle: the next run goes on, and nothing is there twice or lost', () =>
    within(shards, async (bank, restart) => {
      await two(bank)
      happens(bank)
      bank.dies = true
      await expect(bank.hook(merge('2', '1'))).rejects.toThrow('the process ended')
      expect(await bank.state('company:1')).toBeNull()
      expect((await bank.state('company:2'))?.merged).toBeUndefined()
      bank.dies = false
      restart()
      await bank.run()
      const state = await bank.state('company:2')
      expect(Object.keys(state?.developments ?? {}).sort()).toEqual(['51', '52'])
      expect(state?.balances.at(-1)?.amount).toBe(12_000_000_00)
      expect(bank.parts.merges.open()).toEqual([])
    }))

  it('the state stays with the loser until the winner has it', () =>
    within(shards, async (bank, restart) => {
      await two(bank)
      happens(bank)
      bank.fails = () => ({ kind: 'later', until: 0, message: '' })
      await bank.hook(merge('2', '1'))
      // the winner can't be read yet: the merge waits, facts still find the loser
      await bank.fact('L', 8_000_000)
      expect((await bank.state('company:1'))?.balances.at(-1)?.amount).toBe(8_000_000_00)
      bank.fails = () => null
      const surrendered = await bookOf(bank.parts, bank.settings, 'company:1').surrender('company:1')
      expect(surrendered?.balances).toHaveLength(2)
      restart()
      await bank.run()
      expect((await bank.state('company:2'))?.balances.at(-1)?.amount).toBe(14_000_000_00)
      expect(await bookOf(bank.parts, bank.settings, 'company:1').surrender('company:1')).toBeNull()
    }))

  it('into a new record, and that into another: one after the other or both at once', () =>
    within(shards, async (bank) => {
      await two(bank)
      for (const id of ['1', '2']) bank.records.delete(`company ${id}`)
      bank.save('company', '9', { name: 'C', ladderCustomerNo: 'W' })
      bank.save('company', '10', { name: 'C' })
      await bank.hook({ ...merge('2', '1'), newObjectId: 9 }, merge('10', '9'))
      const state = await bank.state('company:10')
      expect(Object.keys(state?.merged ?? {}).sort()).toEqual(['company:1', 'company:2', 'company:9'])
      expect(Object.keys(state?.developments ?? {}).sort()).toEqual(['51', '52'])
      await bank.fact('L', 1)
      await bank.fact('W', 1)
      expect((await bank.state('company:10'))?.balances.at(-1)?.amount).toBe(2_00)
      for (const id of ['1', '2', '9']) expect(await bank.state(`company:${id}`)).toBeNull()
    }))
})

it('a development that was merged ends, and what names it goes with the one that is left, as it stands', () =>
  within(1, async (bank) => {
    bank.save('company', '1', { name: 'C' })
    for (const id of ['51', '52']) bank.save('development', id, { company: '1', pipeline: 'DEV_A', stage: 'DEV_A01' })
    await bank.hook(touched('company', '1'), custom('2-1', 'creation', '51'), custom('2-1', 'creation', '52'))
    for (const id of ['51', '52']) bank.records.delete(`development ${id}`)
    bank.save('development', '53', { company: '1', pipeline: 'DEV_A', stage: 'DEV_A05' })
    bank.save('visit', '61', { development: '51', status: 'HELD' })
    const names = { primaryObjectId: 51, mergedObjectIds: [52], newObjectId: 53 }
    await bank.hook({ ...custom('2-1', 'merge', '51'), ...names }, { ...custom('0-47', 'creation', '61') })
    const state = await bank.state('company:1')
    expect(state?.developments['53']).toMatchObject({ stage: 'DEV_A05' })
    expect(['51', '52'].map((id) => state?.records.development?.[id]?.deleted)).toEqual([true, true])
    expect(state?.records.visit?.['61']).toBeDefined()
  }))
