import type { OauthSetup } from '../../shell/oauth-app.ts'

/** What a link to HubSpot's consent is made of. */
export interface AuthorizeWish {
  /** Scopes that the app must have: all that its project requires, else HubSpot refuses the link. */
  scopes: readonly string[]
  optionalScopes: readonly string[]
  /** The one account that may agree; null: the person picks it. */
  portalId: number | null
  state: string
  /** PKCE, S256. HubSpot's documents mention the verifier alone; where it isn't checked it does no harm. */
  challenge: string
}

/** The address at which an admin of HubSpot agrees. */
export const authorizeUrl = (app: OauthSetup, wish: AuthorizeWish): string => {
  const { scopes, optionalScopes, portalId, state, challenge } = wish
  const url = new URL(`${app.appUrl}/oauth/${portalId === null ? '' : `${portalId}/`}authorize`)
  const query = {
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    scope: scopes.join(' '),
    ...(optionalScopes.length > 0 ? { optional_scope: optionalScopes.join(' ') } : {}),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  // some servers of HubSpot's take %20 alone for a space
  return url.href.replaceAll('+', '%20')
}
