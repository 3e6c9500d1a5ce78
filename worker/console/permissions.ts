import type { Role } from './access/roles.ts'

/** Who may use one address of the API. */
export interface Permission {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Under `/api/v1`, as the router has it. */
  path: string
  /** `anybody`: the address looks after itself, before anybody is signed in. `token`: the admin token alone. */
  who: readonly Role[] | 'anybody' | 'token'
  /** `own`: what a MANAGER or an RM gets is narrowed to the own branches or book by the address itself. `all`: all of it. */
  scope: 'all' | 'own'
  /** Under what name the audit has it; nothing is written down without one. */
  audit?: string
}

const ADMIN: readonly Role[] = ['ADMIN']
const READERS: readonly Role[] = ['ADMIN', 'AUDITOR']
const EVERYBODY: readonly Role[] = ['ADMIN', 'AUDITOR', 'MANAGER', 'RM']

const read = (path: string): Permission => ({ method: 'GET', path, who: READERS, scope: 'all' })
/** Reading that is part of a change. */
const readAdmin = (path: string): Permission => ({ method: 'GET', path, who: ADMIN, scope: 'all' })
/** Reading that is narrowed: open to those who see a part alone. */
const readOwn = (path: string): Permission => ({ method: 'GET', path, who: EVERYBODY, scope: 'own' })
/** Nothing is changed by it, though it is a POST: what is asked doesn't fit into an address. */
const ask = (path: string): Permission => ({ method: 'POST', path, who: READERS, scope: 'all' })
const change = (method: Permission['method'], path: string, audit: string): Permission => ({
  method,
  path,
  who: ADMIN,
  scope: 'all',
  audit,
})
const byToken = (method: Permission['method'], path: string): Permission => ({
  method,
  path,
  who: 'token',
  scope: 'all',
})
const open = (method: Permission['method'], path: string): Permission => ({
  method,
  path,
  who: 'anybody',
  scope: 'all',
})

const ACCOUNT = '/accounts/:account'
/** Who answers for customers may answer their escalations. */
const ANSWERING: Pick<Permission, 'who' | 'scope'> = { who: ['ADMIN', 'MANAGER', 'RM'], scope: 'own' }

/** Every address under `/api/v1` and who may use it. What doesn't stand here is nobody's but the admin token's. */
export const PERMISSIONS: readonly Permission[] = [
  open('GET', '/session'),
  open('POST', '/session/setup'),
  open('DELETE', '/session'),

  change('POST', '/access/setup-token', 'access.setup-token'),
  read('/access/users'),
  change('PUT', '/access/users/:who', 'access.grant'),
  change('DELETE', '/access/users/:who', 'access.revoke'),
  read('/access/provider'),
  change('PUT', '/access/provider', 'access.provider'),
  change('DELETE', '/access/provider', 'access.provider-removed'),
  read('/access/audit'),

  readOwn('/accounts'),
  byToken('PUT', '/clock'),
  change('POST', '/oauth/hubspot', 'hubspot.ask-consent'),

  readAdmin('/install'),
  readAdmin('/install/jobs'),
  change('POST', '/install/jobs', 'install.run'),
  readAdmin('/install/jobs/:job'),
  change('DELETE', '/install/jobs/:job', 'install.stop'),

  change('PUT', ACCOUNT, 'account.connect'),
  change('DELETE', ACCOUNT, 'account.disconnect'),
  read(ACCOUNT),
  read(`${ACCOUNT}/status`),
  readOwn(`${ACCOUNT}/summary`),
  readOwn(`${ACCOUNT}/figures`),
  readOwn(`${ACCOUNT}/reports/sources`),
  readOwn(`${ACCOUNT}/reports/calls`),
  readOwn(`${ACCOUNT}/names`),
  readOwn(`${ACCOUNT}/owners`),
  readOwn(`${ACCOUNT}/customers`),
  readOwn(`${ACCOUNT}/escalations`),
  { ...change('POST', `${ACCOUNT}/escalations/acknowledge`, 'escalation.acknowledge'), ...ANSWERING },
  { ...change('POST', `${ACCOUNT}/escalations/resolve`, 'escalation.resolve'), ...ANSWERING },
  {
    ...change('POST', `${ACCOUNT}/escalations/reassign`, 'escalation.reassign'),
    who: ['ADMIN', 'MANAGER'],
    scope: 'own',
  },
  readOwn(`${ACCOUNT}/events`),
  readOwn(`${ACCOUNT}/trace`),
  read(`${ACCOUNT}/dead-letters`),
  readOwn(`${ACCOUNT}/explain`),
  readOwn(`${ACCOUNT}/document`),
  change('POST', `${ACCOUNT}/replay`, 'letters.replay'),
  change('POST', `${ACCOUNT}/sweep`, 'account.sweep'),
  change('POST', `${ACCOUNT}/erase`, 'customer.erase'),
  byToken('POST', `${ACCOUNT}/settle`),
  readOwn(`${ACCOUNT}/split`),
  readOwn(`${ACCOUNT}/holders`),
  readOwn(`${ACCOUNT}/rating-runs`),
  change('POST', `${ACCOUNT}/rating-runs`, 'rating-run.start'),
  change('POST', `${ACCOUNT}/rating-runs/answer`, 'rating-run.answer'),
  readOwn(`${ACCOUNT}/audiences`),
  { method: 'POST', path: `${ACCOUNT}/audiences/count`, who: EVERYBODY, scope: 'own' },
  change('POST', `${ACCOUNT}/campaigns/:id/attendance`, 'campaign.attendance'),
  readOwn(`${ACCOUNT}/playbooks`),
  read(`${ACCOUNT}/playbooks/:version`),
  change('POST', `${ACCOUNT}/playbooks`, 'playbook.draft'),
  change('POST', `${ACCOUNT}/playbooks/:version/publish`, 'playbook.publish'),
  ask(`${ACCOUNT}/shadow`),
]

/** An address with its values, once it is known which one is meant. */
export interface Matched {
  permission: Permission
  account: string | null
  values: Record<string, string>
}

const compiled = PERMISSIONS.map((permission) => {
  const names = [...permission.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const pattern = new RegExp(`^${permission.path.replace(/:\w+/g, '([^/]+)')}$`)
  return { permission, names, pattern }
})

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Which address a request is for; `path` without `/api/v1`, as it came. HEAD counts as GET. */
export const permissionFor = (method: string, path: string): Matched | null => {
  const wanted = method === 'HEAD' ? 'GET' : method
  for (const { permission, names, pattern } of compiled) {
    const found = permission.method === wanted ? pattern.exec(path) : null
    if (!found) continue
    const values = Object.fromEntries(names.map((name, at) => [name, decoded(found[at + 1] ?? '')]))
    return { permission, account: values.account ?? null, values }
  }
  return null
}
