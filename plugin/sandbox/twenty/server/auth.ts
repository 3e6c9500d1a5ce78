import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, JsonObject } from '../types.ts'

function refusal(status: 401 | 403, error: string, message: string, extensions: JsonObject): Refusal {
  return new Refusal(status, error, message, { body: { statusCode: status, messages: [message], error }, extensions })
}

/** The caller behind a bearer token. No token: 403; one that is not known, or whose key has run out: 401. */
export function authenticate(state: State, authorization: string | undefined): Caller {
  const token = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    throw refusal(403, 'FORBIDDEN_EXCEPTION', 'Missing authentication token', {
      code: 'FORBIDDEN',
      response: { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 },
      userFriendlyMessage: 'An error occurred.',
    })
  }
  const key = state.apiKeys.get(state.tokens.get(token) ?? '')
  const role = key && state.roles.get(key.roleId)
  if (!key || !role || Date.parse(key.expiresAt) < state.now()) {
    throw refusal(401, 'UNAUTHENTICATED', 'Token invalid.', {
      userFriendlyMessage: { id: 'z+7x/s', message: 'You must be authenticated to perform this action.' },
      subCode: 'UNAUTHENTICATED',
      code: 'UNAUTHENTICATED',
    })
  }
  return { key, role }
}
