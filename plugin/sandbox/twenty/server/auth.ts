import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller } from '../types.ts'

/** The caller behind a bearer token. No token: 403; one that is not known, or whose key has run out: 401. */
export function authenticate(state: State, authorization: string | undefined): Caller {
  const token = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    throw new Refusal(403, 'ForbiddenException', 'Missing authentication token', {
      extensions: { code: 'FORBIDDEN', subCode: 'FORBIDDEN_EXCEPTION', userFriendlyMessage: 'An error occurred.' },
    })
  }
  const key = state.apiKeys.get(state.tokens.get(token) ?? '')
  const role = key && state.roles.get(key.roleId)
  if (!key || !role || Date.parse(key.expiresAt) < state.now()) {
    throw new Refusal(401, 'UnauthorizedException', 'Token invalid.', {
      extensions: { code: 'UNAUTHENTICATED', userFriendlyMessage: 'An error occurred.' },
    })
  }
  return { key, role }
}
