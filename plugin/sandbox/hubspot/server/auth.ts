import type { Portal } from '../portal.ts'
import { missingScopes, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { instant } from '../time.ts'
import type { Token } from '../types.ts'
import type { Scopes } from './route.ts'

/** The caller behind a bearer token; 401 without one, with one that is not known, or that has run out. */
export function authenticate(state: State, authorization: string | undefined): { token: Token; portal: Portal } {
  const given = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]
  if (given === undefined) {
    throw new Refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found. Send a bearer token.')
  }
  const token = state.tokens.get(given)
  if (!token || token.kind === 'refresh' || token.kind === 'app') {
    throw new Refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found. The token is not known.')
  }
  if (token.expiresAt !== null && token.expiresAt <= state.now()) {
    throw new Refusal(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.', {
      context: { 'expire time': [instant(token.expiresAt)] },
    })
  }
  return { token, portal: state.portal(token.portalId) }
}

/** Refuses with 403 when of one of the lists the token has no scope. */
export function allow(token: Token, scopes: Scopes): void {
  const lacking = scopes.filter((any) => !any.some((scope) => token.scopes.includes(scope)))
  if (lacking.length > 0) throw missingScopes(lacking.flat())
}
