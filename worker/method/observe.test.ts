import { describe, expect, it } from 'vitest'
import type { Fields, RecordChanged } from '../../schemas/events/index.ts'
import { decide } from './decide.ts'
import { Subject } from './tiers/kit.ts'

const changed = (at: string, fields: Fields, more: Partial<RecordChanged> = {}, deleted = false): RecordChanged => ({
  type: 'record.changed',
  id: `e${at}`,
  via: 'webhook',
  record: { object: 'company', id: 'c1', at: `2026-03-02T${at}:00.000Z`, createdAt: '', deleted, fields },
  ...more,
})
const gone = (at: string) =>
  ({
    type: 'record.gone',
    id: `g${at}`,
    via: 'sweep',
    object: 'company',
    recordId: 'c1',
    at: `2026-03-02T${at}:00.000Z`,
  }) as const
const seen = (subject: Subject) => subject.state.records['company']?.['c1']

describe('records', () => {
  it('a newer snapshot is taken, an older one ignored', () => {
    const subject = new Subject()
    subject.feed(changed('02:00', { name: 'B' }))
    subject.feed(changed('01:00', { name: 'A' }))
    expect(seen(subject)?.fields).toMatchObject({ name: 'B' })
    subject.feed(changed('03:00', { name: 'C' }))
    expect(seen(subject)?.fields).toMatchObject({ name: 'C' })
  })

  it('of two of the same instant only the one of a sweep is taken, if it differs', () => {
    const subject = new Subject()
    subject.feed(changed('02:00', { name: 'B' }))
    subject.feed(changed('02:00', { name: 'X' }))
    expect(seen(subject)?.fields).toMatchObject({ name: 'B' })
    subject.feed(changed('02:00', { name: 'Y' }, { via: 'sweep' }))
    expect(seen(subject)?.fields).toMatchObject({ name: 'Y' })
  })

  it('the same fields only move the instant: the echo of an own write ends here', () => {
    const subject = new Subject()
    subject.feed(changed('02:00', { name: 'B', note: null, tags: [] }))
    const { changed: told, decisions } = decide(subject.state, changed('03:00', { name: 'B', note: '' }), subject.ctx)
    expect([told, decisions]).toEqual([false, []])
    subject.feed(changed('03:00', { name: 'B' }))
    expect(seen(subject)?.at).toBe('2026-03-02T03:00:00.000Z')
  })

  it('deleting counts as a change, and a destroyed record is not brought back by late news', () => {
    const subject = new Subject()
    subject.feed(changed('02:00', { name: 'B' }))
    expect(decide(subject.state, changed('03:00', { name: 'B' }, {}, true), subject.ctx).changed).toBe(true)
    subject.feed(gone('04:00'))
    subject.feed(changed('03:30', { name: 'C' }))
    expect(seen(subject)).toMatchObject({ deleted: true })
    subject.feed(changed('05:00', { name: 'D' }))
    expect(seen(subject)).toMatchObject({ deleted: false })
  })

  it('news of the end that comes before the record itself is kept', () => {
    const subject = new Subject()
    subject.feed(gone('04:00'))
    subject.feed(changed('02:00', { name: 'B' }))
    expect(seen(subject)).toMatchObject({ deleted: true })
  })

  it('decide leaves state and event as they were', () => {
    const subject = new Subject()
    const before = structuredClone(subject.state)
    const event = changed('02:00', { name: 'B', ladderGold: true })
    const copy = structuredClone(event)
    decide(subject.state, event, subject.ctx)
    expect(subject.state).toEqual(before)
    subject.feed(event)
    subject.balance(1)
    expect(event).toEqual(copy)
  })
})

describe('facts', () => {
  const balances = (subject: Subject) => subject.state.balances.map(({ id }) => id)

  it('balances are kept once each, in the order in which they happened', () => {
    const subject = new Subject()
    subject.balance(3, 'c', '2026-03-03T00:00:00Z')
    subject.balance(1, 'a', '2026-03-01T08:00:00+08:00')
    subject.balance(2, 'b', '2026-03-03T00:00:00.000Z')
    subject.balance(9, 'b', '2026-03-03T00:00:00.000Z')
    expect(balances(subject)).toEqual(['a', 'b', 'c'])
    expect(subject.state.balances[0]?.at).toBe('2026-03-01T00:00:00.000Z')
  })

  it('those before the window go, but for the last one', () => {
    const subject = new Subject()
    for (const [id, day] of ['01', '10', '20'].entries()) subject.balance(1, `j${id}`, `2026-01-${day}T00:00:00Z`)
    subject.balance(1, 'm', '2026-02-15T00:00:00Z')
    expect(balances(subject)).toEqual(['j1', 'j2', 'm'])
    expect(subject.balance(1, 'late', '2025-12-01T00:00:00Z')).toEqual([])
    expect(balances(subject)).toEqual(['j1', 'j2', 'm'])
  })

  it('of a profile the newest word on each point counts', () => {
    const subject = new Subject().known()
    const profile = { kind: 'customer.profile', customer: 'company', name: 'A' } as const
    subject.fact({ ...profile, gold: true }, 'f2', '2026-03-02T00:00:00Z')
    subject.fact({ ...profile, gold: false, lastContactOn: '2026-02-01' }, 'f1', '2026-03-01T00:00:00Z')
    expect(subject.state.profile).toEqual({ gold: true, lastContactOn: '2026-02-01', dormant: null })
  })

  it('a holding that is told of in the wrong order ends as it is', () => {
    const subject = new Subject().known()
    subject.fact({ kind: 'holding.closed', holding: 'h', on: '2026-03-05' }, 'f2', '2026-03-05T00:00:00Z')
    const opened = {
      kind: 'holding.opened',
      holding: 'h',
      product: '定期',
      amount: 500,
      openedOn: '2026-01-05',
    } as const
    subject.fact(opened, 'f1', '2026-01-05T00:00:00Z')
    expect(subject.state.holdings['h']).toMatchObject({ status: 'CLOSED', product: '定期', openedOn: '2026-01-05' })
    expect(subject.written('holding', 'company:c1/holding/h')).toMatchObject({
      company: 'c1',
      status: 'CLOSED',
      amount: 500,
    })
  })

  it('holdings told of before the customer is known are written when it is', () => {
    const subject = new Subject()
    subject.fact({ kind: 'holding.closed', holding: 'h', on: '2026-03-05' })
    expect(subject.upserts('holding')).toEqual([])
    subject.known()
    expect(subject.upserts('holding')).toHaveLength(1)
  })

  it('nonsense is told from news', () => {
    const subject = new Subject().known()
    expect(subject.balance(1, 'x', 'yesterday')).toEqual([])
    expect(subject.balance(NaN, 'y')).toEqual([])
    expect(subject.state.balances).toEqual([])
  })
})

it('an opened campaign is news once', () => {
  const subject = new Subject('person:p1').known()
  const campaign = {
    id: 'k1',
    at: '2026-04-01T02:00:00.000Z',
    templateCode: 'CAMP-S1',
    name: '沙龙',
    heldOn: '2026-05-01T02:00:00.000Z',
    subject: 'PERSON' as const,
    audience: 'false',
    cancelled: false,
    tasks: [],
    guests: [],
    list: ['person:p1', 'person:p2'],
  }
  const event = { type: 'campaign.opened', id: 'o1', campaign } as const
  expect(decide(subject.state, event, subject.ctx).changed).toBe(true)
  subject.feed(event)
  expect(decide(subject.state, event, subject.ctx).changed).toBe(false)

  const older = {
    ...event,
    id: 'o0',
    campaign: { ...campaign, at: '2026-03-31T02:00:00.000Z', cancelled: true },
  } as const
  expect(decide(subject.state, older, subject.ctx).changed).toBe(false)
})

it('a later time of the same content is kept: an older change that comes late is not taken for a newer one', () => {
  const subject = new Subject().known()
  const seen = subject.state.records['company']?.['c1']
  if (!seen) throw new Error('the subject has no record')
  const echo = { ...seen, at: '2099-01-03T00:00:00.000Z', fields: { ...seen.fields } }
  const late = { ...seen, at: '2099-01-02T00:00:00.000Z', fields: { ...seen.fields, name: 'late' } }
  const event = (record: typeof seen, id: string) => ({ type: 'record.changed', id, via: 'webhook', record }) as const
  const echoed = decide(subject.state, event(echo, 'e1'), subject.ctx)
  expect(echoed).toMatchObject({ changed: false, touched: true, decisions: [] })
  expect(decide(echoed.state, event(late, 'e2'), subject.ctx)).toMatchObject({ changed: false, touched: false })
})
