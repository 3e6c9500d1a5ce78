import { describe, expect, it } from 'vitest'
import { assign, chunksOf, enrol, handedOver, handOver, members, readSelection, type Selection } from './selection.ts'
import { fakeTwenty } from './testing.ts'

const edges = (...nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) })
const record = (id: string, mayInvite = true) => ({ id, name: id, mayInvite })

describe('work on the records that are selected', () => {
  it('all selected ids reach the page in the place of one', () => {
    expect(handedOver([handOver(['c1', 'c2'])])).toEqual(['c1', 'c2'])
    expect(handedOver([handOver([])])).toEqual([])
    for (const ids of [[], ['c1'], ['c1', 'c2']]) expect(handedOver(ids)).toBeUndefined()
  })

  it('the object is the one that knows the ids; who may be invited is told', async () => {
    const { twenty } = fakeTwenty({
      LadderSelection: {
        companies: edges(),
        developments: edges(),
        people: edges(
          { id: 'p1', name: { firstName: 'Li', lastName: 'Hua' }, ladderDoNotContact: false, ladderConsent: 'GIVEN' },
          { id: 'p2', name: {}, ladderDoNotContact: true },
          { id: 'p3', name: {}, ladderConsent: 'WITHDRAWN' },
        ),
      },
    })
    expect(await readSelection(twenty, ['p1', 'p2', 'p3'])).toEqual({
      object: 'person',
      records: [record('p1'), record('p2', false), record('p3', false)].map((one) =>
        one.id === 'p1' ? { ...one, name: 'Li Hua' } : { ...one, name: '' },
      ),
    })
    expect(await readSelection(twenty, [])).toBeUndefined()
  })

  it('CAMP-AUD: enrols whoever may be invited and isn’t on the campaign yet, 60 at a time', async () => {
    const { twenty, asked } = fakeTwenty({
      LadderGuests: { participations: edges({ id: 'x', companyId: 'c1' }) },
      LadderEnrol: {},
    })
    const selection: Selection = { object: 'company', records: [record('c1'), record('c2'), record('c3', false)] }
    expect(await enrol(twenty, selection, 'k1')).toEqual({ count: 1, there: 1, left: 1 })
    expect(asked[1]?.variables).toEqual({
      data: [{ name: 'c2', campaignId: 'k1', companyId: 'c2', invite: 'TO_INVITE' }],
    })
    expect(chunksOf(Array.from({ length: 121 }, (_, at) => at)).map(({ length }) => length)).toEqual([60, 60, 1])
  })

  it('TIER-RM: each object has its relationship manager where Ladder reads it', async () => {
    const { twenty, asked } = fakeTwenty({ LadderAssign: {} })
    for (const object of ['company', 'person', 'development'] as const)
      await assign(twenty, { object, records: [record('r1')] }, 'm1')
    expect(asked.map(({ variables }) => variables['data'])).toEqual([
      { accountOwnerId: 'm1' },
      { ladderRmId: 'm1' },
      { rmId: 'm1' },
    ])
    expect(asked.map(({ query }) => /update(Companies|People|Developments)\(/.exec(query)?.[1])).toEqual([
      'Companies',
      'People',
      'Developments',
    ])
  })

  it('members by name, by their address where they have none', async () => {
    const rows = edges({ id: 'm1', name: { firstName: 'Wu' } }, { id: 'm2', name: {}, userEmail: 'a@bank.example' })
    const { twenty } = fakeTwenty({
      LadderMembers: { workspaceMembers: { ...rows, pageInfo: { hasNextPage: false } } },
    })
    expect((await members(twenty)).map(({ name }) => name)).toEqual(['a@bank.example', 'Wu'])
  })
})
