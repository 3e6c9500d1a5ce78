import * as bodies from '../bodies/account.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'
import { instant } from '../time.ts'
import type { Owner } from '../types.ts'

const ROOT = '/crm/owners/2026-09'
const scopes = fixed('crm.objects.owners.read')

function render(owner: Owner): object {
  const { userId, createdAt, teams, ...shown } = owner
  return {
    ...shown,
    type: 'PERSON',
    // Someone who left has no user any more.
    ...(owner.archived ? {} : { userId }),
    userIdIncludingInactive: userId,
    createdAt: instant(createdAt),
    updatedAt: instant(createdAt),
    ...(teams.length > 0 ? { teams } : {}),
  }
}

export const ownerRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes, answers: { 200: bodies.owners } }, ({ portal, query }) => {
    const limit = Number(query.get('limit') ?? 100)
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      throw invalid(`limit must be between 1 and 500, not ${limit}`)
    const archived = query.get('archived') === 'true'
    const email = query.get('email')?.toLowerCase()
    const all = [...portal.owners.values()]
      .filter((owner) => owner.archived === archived && (email === undefined || owner.email.toLowerCase() === email))
      .filter((owner) => Number(owner.id) > Number(query.get('after') ?? 0))
    const results = all.slice(0, limit)
    const last = results.at(-1)
    const page = last && all.length > limit ? { paging: { next: { after: last.id } } } : {}
    return { status: 200, body: { results: results.map(render), ...page } }
  }),

  route(`GET ${ROOT}/:ownerId`, { scopes, answers: { 200: bodies.owner } }, (call) => {
    const { portal, query } = call
    const id = param(call, 'ownerId')
    const byUser = query.get('idProperty') === 'userId'
    const archived = query.get('archived') === 'true'
    const owner = [...portal.owners.values()].find((one) => (byUser ? String(one.userId) : one.id) === id)
    if (owner?.archived !== archived) throw notFound()
    return { status: 200, body: render(owner) }
  }),
]
