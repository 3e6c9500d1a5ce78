import type { PageRows, Row, TabObject } from './kinds.ts'
import type { Twenty } from './twenty.ts'

/** How many of each are read: what a page can show. */
const MOST = 60

const CUSTOMER = `id name ladderTier ladderTierWhy ladderTierSince ladderNextRatingOn ladderContactsPerYear
  ladderLastContactOn ladderNextContactDue ladderNotice ladderDoNotContact`

const DEVELOPMENT = `id name pipeline stage stageSince stageDue stageNotice missing guidance completeness checklistDone`

const ESCALATION = `id name cause status level ladderRole climbsAt raisedAt detail`

const list = (name: string, filter: string, fields: string, orderBy: string): string =>
  `${name}(filter: ${filter}, orderBy: [${orderBy}], first: ${MOST}) { edges { node { ${fields} } } }`

/** Everything of a customer in one request. */
const customerQuery = (object: 'company' | 'person'): string => {
  const of = `${object}Id: { eq: $id }`
  return `query LadderCustomer($id: UUID!, $user: UUID) {
    ${object}(filter: { id: { eq: $id } }) { ${CUSTOMER} }
    ${list('developments', `{ ${of} }`, DEVELOPMENT, '{ stageDue: AscNullsLast }')}
    ${list('escalations', `{ ${of}, not: { status: { in: [RESOLVED] } } }`, ESCALATION, '{ level: DescNullsLast }')}
    ${list('visits', `{ ${of} }`, 'id name form status plannedAt heldAt', '{ plannedAt: DescNullsLast }')}
    ${list('participations', `{ ${of} }`, 'id name invite attendance createdAt campaign { id name heldOn status }', '{ createdAt: DescNullsLast }')}
    ${list('workspaceMembers', '{ userId: { eq: $user } }', 'id', '{ id: AscNullsLast }')}
  }`
}

const DEVELOPMENT_QUERY = `query LadderDevelopment($id: UUID!) {
  development(filter: { id: { eq: $id } }) { ${DEVELOPMENT} companyId personId }
}`

const rowsOf = (data: Row, name: string): Row[] => {
  const { edges } = (data[name] ?? {}) as { edges?: { node: Row }[] }
  return (edges ?? []).map(({ node }) => node)
}

const rowOf = (data: Row, name: string): Row | undefined => (data[name] ?? undefined) as Row | undefined

const readCustomer = async (
  twenty: Twenty,
  customerObject: 'company' | 'person',
  id: string,
  user: string | null,
): Promise<PageRows> => {
  const data = await twenty.ask(customerQuery(customerObject), { id, user })
  return {
    customer: rowOf(data, customerObject),
    customerObject,
    developments: rowsOf(data, 'developments'),
    escalations: rowsOf(data, 'escalations'),
    visits: rowsOf(data, 'visits'),
    participations: rowsOf(data, 'participations'),
    member: user === null ? undefined : (rowsOf(data, 'workspaceMembers')[0]?.['id'] as string | undefined),
  }
}

/**
 * What the Ladder tab of a record needs. On a development it is that one alone, with all of its customer: a person where
 * there is no company. Undefined: the record can't be read.
 */
export const readPage = async (
  twenty: Twenty,
  object: TabObject,
  id: string,
  user: string | null,
): Promise<PageRows | undefined> => {
  if (object !== 'development') {
    const rows = await readCustomer(twenty, object, id, user)
    return rows.customer && rows
  }
  const development = rowOf(await twenty.ask(DEVELOPMENT_QUERY, { id }), 'development')
  if (!development) return undefined
  const { companyId, personId } = development
  const none = { customer: undefined, escalations: [], visits: [], participations: [], member: undefined }
  if (typeof companyId === 'string')
    return { ...(await readCustomer(twenty, 'company', companyId, user)), developments: [development] }
  if (typeof personId === 'string')
    return { ...(await readCustomer(twenty, 'person', personId, user)), developments: [development] }
  return { ...none, customerObject: 'company', developments: [development] }
}
