import { describe, expect, it } from 'vitest'
import { snapshotOf, toTwenty } from './records.ts'
import { idOfKey } from './uuid.ts'

const times = {
  id: 'r1',
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-02T00:00:00.000Z',
  deletedAt: null,
}

describe('snapshotOf', () => {
  it('money is fen, a relation is an id, an empty text is nothing', () => {
    const record = snapshotOf('company', {
      ...times,
      name: 'Acme',
      accountOwnerId: 'm1',
      ladderBalance: { amountMicros: 12_345_670_000, currencyCode: 'CNY' },
      ladderNotice: '',
    })
    expect(record).toMatchObject({ object: 'company', id: 'r1', at: times.updatedAt, deleted: false })
    expect(record?.fields).toMatchObject({
      name: 'Acme',
      accountOwnerId: 'm1',
      ladderBalance: 1_234_567,
      ladderNotice: null,
    })
  })

  it('a Chinese name has its surname first, others their given name', () => {
    const nameOf = (firstName: string, lastName: string) =>
      snapshotOf('person', { ...times, name: { firstName, lastName } })?.fields.name
    expect(nameOf('娜', '李')).toBe('李娜')
    expect(nameOf('Ada', 'King')).toBe('Ada King')
    expect(nameOf('', '')).toBeNull()
  })

  it('a record of an object that is not followed, or without a time, is none', () => {
    expect(snapshotOf('note', times)).toBeUndefined()
    expect(snapshotOf('company', { id: 'r1' })).toBeUndefined()
  })
})

describe('toTwenty', () => {
  it('what is written reads back as it was', async () => {
    const fields = { ladderBalance: 99, ladderTierSince: '2026-11-20', ladderTier: 'GOLD', ladderDormant: true }
    const raw = await toTwenty('company', fields)
    expect(snapshotOf('company', { ...times, ...raw })?.fields).toMatchObject(fields)
  })

  it('a relation to a record of Ladder has the id of its key; a reserved word has its prefix', async () => {
    const raw = await toTwenty('escalation', { development: { key: 'k/1' }, role: 'RM' })
    expect(raw).toEqual({ developmentId: await idOfKey('k/1'), ladderRole: 'RM' })
  })
})
