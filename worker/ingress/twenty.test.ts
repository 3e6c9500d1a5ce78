import { describe, expect, it } from 'vitest'
import { parseTwentyWebhook } from './twenty.ts'

const envelope = {
  targetUrl: 'https://ladder.example/hooks/twenty/bank',
  workspaceId: 'ws-1',
  webhookId: 'wh-1',
  eventDate: '2026-11-21T23:48:31.070Z',
}
const updated = {
  ...envelope,
  eventName: 'company.updated',
  objectMetadata: { id: 'o', nameSingular: 'company' },
  record: { id: 'r-1', name: 'Acme', updatedAt: '2026-11-21T23:48:31.038Z' },
  updatedFields: ['name'],
}

describe('a Twenty delivery', () => {
  it('gives object, operation and the raw record', () =>
    expect(parseTwentyWebhook(updated)).toEqual({
      ok: true,
      value: {
        eventName: 'company.updated',
        object: 'company',
        op: 'updated',
        record: updated.record,
        workspaceId: 'ws-1',
        webhookId: 'wh-1',
        eventDate: envelope.eventDate,
        updatedFields: ['name'],
      },
    }))

  it.each(['created', 'deleted', 'restored', 'destroyed', 'upserted'])('knows %s', (op) =>
    expect(parseTwentyWebhook({ ...updated, eventName: `company.${op}`, updatedFields: undefined })).toMatchObject({
      value: { op },
    }),
  )

  it('of an unknown object passes', () =>
    expect(
      parseTwentyWebhook({ ...updated, eventName: 'devStage.updated', objectMetadata: { nameSingular: 'devStage' } }),
    ).toMatchObject({ value: { object: 'devStage' } }))

  it('about the schema is nothing for Ladder, but sound', () =>
    expect(
      parseTwentyWebhook({ ...envelope, eventName: 'metadata.fieldMetadata.created', event: { type: 'created' } }),
    ).toMatchObject({ ok: true, ignored: 'metadata event without a record' }))

  it('with an operation of another name is left alone', () =>
    expect(parseTwentyWebhook({ ...updated, eventName: 'company.archived' })).toMatchObject({
      ok: true,
      ignored: 'operation "archived"',
    }))

  it('that only moved a card is left alone; with another field it counts', () => {
    expect(parseTwentyWebhook({ ...updated, updatedFields: ['position'] })).toMatchObject({
      ignored: 'only position changed',
    })
    expect(parseTwentyWebhook({ ...updated, updatedFields: ['position', 'stage'] })).toMatchObject({ value: {} })
    expect(parseTwentyWebhook({ ...updated, updatedFields: [] })).toMatchObject({ value: {} })
  })

  it.each([
    ['null', null],
    ['a number', 1],
    ['an array', []],
    ['the documented but wrong body', { event: 'company.updated', data: {}, timestamp: '2026-11-21T23:48:31Z' }],
    ['no record id', { ...updated, record: { name: 'Acme' } }],
    ['a record that is a list', { ...updated, record: ['id'] }],
    ['no object', { ...updated, objectMetadata: null }],
  ])('is refused with a reason: %s', (_, body) => expect(parseTwentyWebhook(body)).toMatchObject({ ok: false }))
})
