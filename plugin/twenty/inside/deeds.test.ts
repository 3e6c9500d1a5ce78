import { describe, expect, it } from 'vitest'
import { acknowledge, logContact, moveTo, planVisit, resolve, tick } from './deeds.ts'
import { readPage } from './reads.ts'
import { fakeTwenty } from './testing.ts'

const wish = {
  name: 'Contact · Acme',
  form: 'CALL',
  customer: { object: 'person' as const, id: 'p1' },
  development: 'd1',
  member: 'm1',
}

describe('what people do on the Ladder tab', () => {
  it('DEV-A06: a tick adds to what is ticked by now, and is taken away again', async () => {
    const ticked = { LadderTicks: { development: { checklistDone: ['A06_GREET'] } }, LadderDevelopment: {} }
    const on = fakeTwenty(ticked)
    await tick(on.twenty, 'd1', 'A06_LISTEN', true)
    expect(on.asked[1]?.variables).toEqual({ id: 'd1', data: { checklistDone: ['A06_GREET', 'A06_LISTEN'] } })
    const off = fakeTwenty(ticked)
    await tick(off.twenty, 'd1', 'A06_GREET', false)
    expect(off.asked[1]?.variables).toEqual({ id: 'd1', data: { checklistDone: [] } })
    const none = fakeTwenty({ LadderTicks: { development: { checklistDone: null } }, LadderDevelopment: {} })
    await tick(none.twenty, 'd1', 'A06_GREET', true)
    expect(none.asked[1]?.variables).toEqual({ id: 'd1', data: { checklistDone: ['A06_GREET'] } })
  })

  it('TIER-CONTACT: a contact is a held visit of the customer, by whoever logs it', async () => {
    const { twenty, asked } = fakeTwenty({ LadderVisit: {} })
    await logContact(twenty, wish, '2026-11-26T08:00:00.000Z', 'Wants payroll')
    await planVisit(twenty, { ...wish, development: undefined, member: undefined }, '2026-12-01T02:00:00.000Z')
    expect(asked.map(({ variables }) => variables['data'])).toEqual([
      {
        name: 'Contact · Acme',
        form: 'CALL',
        personId: 'p1',
        developmentId: 'd1',
        rmId: 'm1',
        status: 'HELD',
        heldAt: '2026-11-26T08:00:00.000Z',
        record: 'Wants payroll',
      },
      {
        name: 'Contact · Acme',
        form: 'CALL',
        personId: 'p1',
        status: 'PLANNED',
        plannedAt: '2026-12-01T02:00:00.000Z',
      },
    ])
  })

  it('ESC-LADDER, DEV-A: an answer and a move are edits of the record', async () => {
    const { twenty, asked } = fakeTwenty({ LadderEscalation: {}, LadderDevelopment: {} })
    await acknowledge(twenty, 'e1')
    await resolve(twenty, 'e1', 'Paid back')
    await resolve(twenty, 'e1', '')
    await moveTo(twenty, 'd1', 'DEV_A03')
    expect(asked.map(({ variables }) => variables['data'])).toEqual([
      { status: 'ACKNOWLEDGED' },
      { status: 'RESOLVED', resolution: 'Paid back' },
      { status: 'RESOLVED' },
      { stage: 'DEV_A03' },
    ])
    expect(asked[3]?.query).toContain('updateDevelopment(id: $id, data: $data)')
  })
})

describe('what the Ladder tab reads', () => {
  const edges = (...nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) })
  const customer = { developments: edges(), escalations: edges({ id: 'e1' }), workspaceMembers: edges({ id: 'm1' }) }

  it('on a development, it and its customer: the person where there is no company', async () => {
    const { twenty, asked } = fakeTwenty({
      LadderDevelopment: { development: { id: 'd1', companyId: null, personId: 'p1' } },
      LadderCustomer: { ...customer, person: { id: 'p1' }, developments: edges({ id: 'other' }) },
    })
    expect(await readPage(twenty, 'development', 'd1', 'u1')).toMatchObject({
      customer: { id: 'p1' },
      customerObject: 'person',
      developments: [{ id: 'd1' }],
      escalations: [{ id: 'e1' }],
      visits: [],
      member: 'm1',
    })
    expect(asked[1]?.query).toContain('personId: { eq: $id }')
  })

  it('nothing of a record that is gone', async () => {
    const { twenty } = fakeTwenty({ LadderCustomer: { ...customer, company: null } })
    expect(await readPage(twenty, 'company', 'c1', null)).toBeUndefined()
  })
})
