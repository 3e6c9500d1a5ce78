import type { PageRows, Row } from './kinds.ts'
import type { Twenty } from './twenty.ts'

export const NOW = '2026-11-26T08:00:00.000Z'
export const TODAY = '2026-11-26'

/** A gold company in DEV-A02 with an overdue contact, as Twenty's GraphQL gives it. */
export const rows = (more: Partial<PageRows> = {}): PageRows => ({
  customer: {
    id: 'c1',
    name: 'Jiangnan Foods',
    ladderTier: 'GOLD',
    ladderTierWhy: 'TIER_CORP-1',
    ladderTierSince: '2026-01-05',
    ladderNextRatingOn: '2026-12-05',
    ladderContactsPerYear: 12,
    ladderLastContactOn: '2026-10-01',
    ladderNextContactDue: '2026-11-20',
    ladderNotice: '',
    ladderDoNotContact: false,
  },
  customerObject: 'company',
  developments: [
    {
      id: 'd1',
      name: 'Key account',
      pipeline: 'DEV_A',
      stage: 'DEV_A02',
      stageDue: '2027-01-31',
      stageNotice: null,
      missing: 'The list is not approved.\nTo do: list checked',
      guidance: '',
      completeness: 35,
      checklistDone: ['A01_POSITIONING', 'A02_ISSUED'],
    },
  ],
  escalations: [
    {
      id: 'e1',
      name: 'Stalled',
      cause: 'ESC_STALL',
      status: 'ACKNOWLEDGED',
      level: 1,
      ladderRole: 'RM',
      climbsAt: NOW,
    },
    {
      id: 'e2',
      name: 'Complaint',
      cause: 'ESC_COMPL',
      status: 'OPEN',
      level: 2,
      ladderRole: 'SUB_BRANCH_PRESIDENT',
      climbsAt: '2026-11-26T07:00:00.000Z',
      detail: 'The transfer came late.',
    },
    { id: 'e3', name: 'Done', cause: 'ESC_MOVE', status: 'RESOLVED', level: 3 },
  ],
  visits: [
    { id: 'v1', name: 'Held', status: 'HELD', plannedAt: '2026-10-01T02:00:00.000Z' },
    { id: 'v2', name: 'Later', status: 'PLANNED', plannedAt: '2026-12-20T02:00:00.000Z' },
    { id: 'v3', name: 'Sooner', status: 'PLANNED', plannedAt: '2026-12-01T02:00:00.000Z' },
    { id: 'v4', name: 'Forgotten', status: 'PLANNED', plannedAt: '2026-09-01T02:00:00.000Z' },
  ],
  participations: [
    {
      id: 'p1',
      name: 'x',
      invite: 'INVITED',
      attendance: 'UNKNOWN',
      campaign: { name: 'Salon', heldOn: '2026-12-10T06:00:00Z', status: 'PLANNED' },
    },
    { id: 'p2', name: 'Old guest', invite: 'CONFIRMED', attendance: 'CAME', campaign: null },
  ],
  member: 'm1',
  ...more,
})

/** A Twenty that answers by the name of the operation, and keeps what it was asked. */
export const fakeTwenty = (
  answers: Record<string, Row | Error>,
): { twenty: Twenty; asked: { name: string; query: string; variables: Row }[] } => {
  const asked: { name: string; query: string; variables: Row }[] = []
  const answer = (name: string): Promise<Row> => {
    const given = answers[name] ?? new Error(`not expected: ${name}`)
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given)
  }
  return {
    asked,
    twenty: {
      ask: (query, variables) => {
        const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? ''
        asked.push({ name, query, variables })
        return answer(name)
      },
      call: (path, body) => {
        asked.push({ name: path, query: '', variables: body })
        return answer(path)
      },
    },
  }
}
