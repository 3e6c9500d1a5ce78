import { describe, expect, it } from 'vitest'
import { readHubspot } from './hubspot.ts'

const NOW = Date.parse('2026-11-21T08:00:00.000Z')
const AT = NOW - 60_000
const at = new Date(AT).toISOString()
const TYPES: Record<string, string> = { '0-1': 'person', '0-2': 'company', '0-3': 'development', '2-7': 'campaign' }

const read = (...events: object[]) =>
  readHubspot(events, { portalId: 62515, objectOf: (type) => TYPES[type], receivedAt: NOW })
const event = (subscriptionType: string, more: object = {}) => ({
  eventId: 1,
  subscriptionId: 12345,
  portalId: 62515,
  appId: 54321,
  occurredAt: AT,
  subscriptionType,
  attemptNumber: 0,
  objectId: 123,
  ...more,
})
const touched = (object: string, recordId: string, turned = false) => ({
  type: 'record.touched',
  object,
  recordId,
  at,
  turned,
})

describe('an event of HubSpot', () => {
  it.each([
    ['contact.propertyChange', {}, 'person', false],
    ['company.creation', {}, 'company', false],
    ['deal.deletion', {}, 'development', true],
    ['company.restore', {}, 'company', true],
    ['object.propertyChange', { objectTypeId: '0-1' }, 'person', false],
    ['object.deletion', { objectTypeId: '2-7', objectId: '123' }, 'campaign', true],
  ])('%s %o asks for %s to be read', (type, more, object, turned) =>
    expect(read(event(type, more)).hints).toEqual([touched(object, '123', turned)]),
  )

  it('a merge: the winner may be a new record, then the one that should have stayed is gone too', () => {
    const merge = { primaryObjectId: 1, mergedObjectIds: [2, '3', 1], numberOfPropertiesMoved: 4 }
    const merged = (winner: string, losers: string[]) => [
      { type: 'records.merged', object: 'company', winner, losers, at },
    ]
    expect(read(event('company.merge', merge)).hints).toEqual(merged('1', ['2', '3']))
    expect(read(event('object.merge', { ...merge, objectTypeId: '0-2', newObjectId: 9 })).hints).toEqual(
      merged('9', ['1', '2', '3']),
    )
    expect(read(event('company.merge', { ...merge, newObjectId: 1 })).hints).toEqual(merged('1', ['2', '3']))
    expect(read(event('company.merge', { objectId: 5 })).hints).toEqual([touched('company', '5')])
  })

  it('privacy deletion: the contact is to be forgotten', () =>
    expect(read(event('contact.privacyDeletion')).hints).toEqual([
      { type: 'record.erased', object: 'person', recordId: '123', at },
    ]))

  it('an association touches both sides that Ladder follows, by whichever keys they are named', () => {
    const both = [touched('development', '5'), touched('company', '6')]
    const generic = {
      fromObjectId: 5,
      toObjectId: 6,
      fromObjectTypeId: '0-3',
      toObjectTypeId: '0-2',
      associationTypeId: 341,
    }
    expect(read(event('object.associationChange', generic)).hints).toEqual(both)
    const legacy = {
      objectId: undefined,
      fromObjectId: 5,
      toObjectId: 6,
      associationType: 'DEAL_TO_COMPANY',
      associationRemoved: true,
    }
    expect(read(event('deal.associationChange', legacy)).hints).toEqual(both)
    expect(read(event('deal.associationChange', { ...legacy, associationType: 'DEAL_TO_TICKET' })).hints).toEqual(
      both.slice(0, 1),
    )
    expect(read(event('company.associationChange', { objectId: 6 })).hints).toEqual(both.slice(1))
    expect(read(event('object.associationChange', { objectId: undefined })).hints).toEqual([])
  })
})

describe('what is left out, and counted', () => {
  it('other portals, unknown objects, other events, what can’t be read; the rest of the delivery counts', () => {
    const { hints, leftOut } = read(
      event('company.creation', { portalId: 99 }),
      event('ticket.creation'),
      event('object.creation', { objectTypeId: '2-999' }),
      event('conversation.newMessage', { objectId: 4 }),
      event('company.creation', { objectId: undefined }),
      { nonsense: true },
      event('company.propertyChange'),
    )
    expect(hints).toEqual([touched('company', '123')])
    expect(leftOut).toEqual({ 'other-portal': 1, ignored: 4, unreadable: 1, duplicate: 0 })
  })

  it('a retry is the same event; another record, time or kind under the same event id is another one', () => {
    const one = event('company.propertyChange')
    const { hints, leftOut } = read(
      one,
      { ...one, attemptNumber: 3 },
      { ...one, objectId: 124 },
      { ...one, occurredAt: AT + 1 },
    )
    expect(hints).toHaveLength(3)
    expect(leftOut.duplicate).toBe(1)
  })

  it('an odd key costs nothing but itself; a time that is missing or far ahead is that of the delivery', () => {
    const odd = event('company.creation', {
      eventId: {},
      propertyName: 7,
      mergedObjectIds: 'x',
      objectTypeId: [],
      occurredAt: 'soon',
    })
    const now = { ...touched('company', '123'), at: new Date(NOW).toISOString() }
    expect(read(odd).hints).toEqual([now])
    expect(read(event('company.creation', { occurredAt: NOW + 2 * 3_600_000 })).hints).toEqual([now])
  })
})
