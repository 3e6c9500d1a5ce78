import type { Row } from './kinds.ts'
import { nameOf } from './page.ts'
import type { Twenty } from './twenty.ts'

export interface Selected {
  id: string
  name: string
  /** False for who must not be invited: do not contact, or consent refused or withdrawn. */
  mayInvite: boolean
}

export interface Selection {
  object: 'company' | 'person' | 'development'
  records: Selected[]
}

const HANDED = 'ladder '

/**
 * Twenty 2.31 gives all selected ids to commands without a page alone, and to a page in the side panel one. So a command
 * begins without a page, and opens its own page with the ids handed over in the place of the one.
 */
export const handOver = (ids: readonly string[]): string => HANDED + ids.join(' ')

/** The ids that were handed over; undefined when this isn't the page but the command itself. */
export const handedOver = (ids: readonly string[]): string[] | undefined => {
  const [only] = ids
  if (ids.length !== 1 || !only?.startsWith(HANDED)) return undefined
  return only
    .slice(HANDED.length)
    .split(' ')
    .filter((id) => id !== '')
}

/** How many records one request reads or writes: Twenty takes 60 in one answer for sure. */
export const MOST_AT_ONCE = 60

export const chunksOf = <T>(list: readonly T[], size = MOST_AT_ONCE): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

const rowsOf = (data: Row, name: string): Row[] => {
  const { edges } = (data[name] ?? {}) as { edges?: { node: Row }[] }
  return (edges ?? []).map(({ node }) => node)
}

const QUERY = `query LadderSelection($ids: [UUID!]!) {
  companies(filter: { id: { in: $ids } }, first: ${MOST_AT_ONCE}) { edges { node { id name ladderDoNotContact ladderConsent } } }
  people(filter: { id: { in: $ids } }, first: ${MOST_AT_ONCE}) { edges { node { id name { firstName lastName } ladderDoNotContact ladderConsent } } }
  developments(filter: { id: { in: $ids } }, first: ${MOST_AT_ONCE}) { edges { node { id name } } }
}`

/** The selected records with their names. Twenty gives a command ids alone: the object is the one that knows them. */
export const readSelection = async (twenty: Twenty, ids: readonly string[]): Promise<Selection | undefined> => {
  const found: Selection[] = []
  for (const chunk of chunksOf(ids)) {
    const data = await twenty.ask(QUERY, { ids: chunk })
    for (const [object, plural] of [
      ['company', 'companies'],
      ['person', 'people'],
      ['development', 'developments'],
    ] as const) {
      const records = rowsOf(data, plural).map((row) => ({
        id: String(row['id']),
        name: nameOf(row['name']),
        mayInvite: row['ladderDoNotContact'] !== true && row['ladderConsent'] !== 'WITHDRAWN',
      }))
      if (records.length > 0) found.push({ object, records })
    }
  }
  const [first] = found
  return first && { object: first.object, records: found.flatMap(({ records }) => records) }
}

export interface Named {
  id: string
  name: string
}

/** Campaigns that still take guests, the next one first. */
export const openCampaigns = async (twenty: Twenty): Promise<(Named & { heldOn: string })[]> => {
  const data = await twenty.ask(
    `query LadderCampaigns {
      campaigns(filter: { status: { in: [PROPOSED, PLANNED] } }, orderBy: [{ heldOn: AscNullsLast }], first: ${MOST_AT_ONCE}) {
        edges { node { id name heldOn } }
      }
    }`,
    {},
  )
  return rowsOf(data, 'campaigns').map((row) => ({
    id: String(row['id']),
    name: nameOf(row['name']),
    heldOn: typeof row['heldOn'] === 'string' ? row['heldOn'] : '',
  }))
}

/** Everybody who can be somebody's relationship manager, by name. */
export const members = async (twenty: Twenty): Promise<Named[]> => {
  const all: Named[] = []
  let after: string | null = null
  do {
    const data: Row = await twenty.ask(
      `query LadderMembers($after: String) {
        workspaceMembers(orderBy: [{ id: AscNullsLast }], first: ${MOST_AT_ONCE}, after: $after) {
          edges { node { id name { firstName lastName } userEmail } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { after },
    )
    for (const row of rowsOf(data, 'workspaceMembers'))
      all.push({ id: String(row['id']), name: nameOf(row['name']) || String(row['userEmail']) })
    const { pageInfo } = data['workspaceMembers'] as { pageInfo: { hasNextPage: boolean; endCursor: string } }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return all.sort((a, b) => a.name.localeCompare(b.name))
}

export interface Enrolled {
  count: number
  /** Were on it already. */
  there: number
  /** May not be invited. */
  left: number
}

/** CAMP: makes a guest of each selected customer, once: who is on the campaign already isn't made twice. */
export const enrol = async (twenty: Twenty, { object, records }: Selection, campaign: string): Promise<Enrolled> => {
  const link = `${object}Id`
  const may = records.filter(({ mayInvite }) => mayInvite)
  let count = 0
  for (const chunk of chunksOf(may)) {
    const data = await twenty.ask(
      `query LadderGuests($campaign: UUID!, $ids: [UUID!]!) {
        participations(filter: { campaignId: { eq: $campaign }, ${link}: { in: $ids } }, first: ${MOST_AT_ONCE}) {
          edges { node { id ${link} } }
        }
      }`,
      { campaign, ids: chunk.map(({ id }) => id) },
    )
    const there = new Set(rowsOf(data, 'participations').map((row) => row[link]))
    const fresh = chunk.filter(({ id }) => !there.has(id))
    if (fresh.length === 0) continue
    await twenty.ask(
      `mutation LadderEnrol($data: [ParticipationCreateInput!]!) { createParticipations(data: $data) { id } }`,
      { data: fresh.map(({ id, name }) => ({ name, campaignId: campaign, [link]: id, invite: 'TO_INVITE' })) },
    )
    count += fresh.length
  }
  return { count, there: may.length - count, left: records.length - may.length }
}

/** Where an object's relationship manager stands (TIER-RM): a company's is its account owner. */
const RM = { company: 'accountOwnerId', person: 'ladderRmId', development: 'rmId' } as const

/** TIER-RM: gives each selected record to one relationship manager. */
export const assign = async (twenty: Twenty, { object, records }: Selection, member: string): Promise<void> => {
  const [Many, Type] = {
    company: ['Companies', 'Company'],
    person: ['People', 'Person'],
    development: ['Developments', 'Development'],
  }[object] as [string, string]
  for (const chunk of chunksOf(records))
    await twenty.ask(
      `mutation LadderAssign($ids: [UUID!]!, $data: ${Type}UpdateInput!) {
        update${Many}(filter: { id: { in: $ids } }, data: $data) { id }
      }`,
      { ids: chunk.map(({ id }) => id), data: { [RM[object]]: member } },
    )
}
