import type { OauthApp } from '../crm/hubspot/oauth.ts'
import type { Env } from './env.ts'

/** Where HubSpot's people agree, and where its API is, unless the environment says otherwise. */
const APP_URL = 'https://app.hubspot.com'
const API_URL = 'https://api.hubapi.com'

/** Where HubSpot sends an admin back to; the app's project names the same address. */
export const CALLBACK = '/oauth/hubspot/callback'

/** The HubSpot app that several accounts use, as the environment describes it. */
export interface OauthSetup extends OauthApp {
  /** Where an admin of HubSpot agrees. */
  appUrl: string
  redirectUri: string
}

type OauthEnv = Pick<
  Env,
  | 'LADDER_HUBSPOT_CLIENT_ID'
  | 'LADDER_HUBSPOT_CLIENT_SECRET'
  | 'LADDER_PUBLIC_URL'
  | 'LADDER_HUBSPOT_APP_URL'
  | 'LADDER_HUBSPOT_API_URL'
>

/** An http(s) address without a slash at its end; undefined for anything else. */
const address = (text: string | undefined): string | undefined => {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined
  return url && ['http:', 'https:'].includes(url.protocol) ? text?.replace(/\/+$/, '') : undefined
}

/** The client's secrets, the newest first: during a change there are two, separated by a space. */
export const clientSecretsOf = ({ LADDER_HUBSPOT_CLIENT_SECRET = '' }: OauthEnv): string[] =>
  LADDER_HUBSPOT_CLIENT_SECRET.split(/\s+/).filter(Boolean)

/** The app, or which of its settings is missing or wrong. */
export const oauthSetup = (env: OauthEnv): { ok: true; app: OauthSetup } | { ok: false; fault: string } => {
  const { LADDER_HUBSPOT_CLIENT_ID: clientId = '' } = env
  const clientSecrets = clientSecretsOf(env)
  const publicUrl = address(env.LADDER_PUBLIC_URL)
  const appUrl = address(env.LADDER_HUBSPOT_APP_URL ?? APP_URL)
  const apiUrl = address(env.LADDER_HUBSPOT_API_URL ?? API_URL)
  const missing = [
    ...(clientId === '' ? ['LADDER_HUBSPOT_CLIENT_ID'] : []),
    ...(clientSecrets.length === 0 ? ['LADDER_HUBSPOT_CLIENT_SECRET'] : []),
    ...(publicUrl === undefined ? ['LADDER_PUBLIC_URL'] : []),
    ...(appUrl === undefined ? ['LADDER_HUBSPOT_APP_URL'] : []),
    ...(apiUrl === undefined ? ['LADDER_HUBSPOT_API_URL'] : []),
  ]
  if (publicUrl === undefined || appUrl === undefined || apiUrl === undefined || missing.length > 0)
    return { ok: false, fault: `OAuth needs ${missing.join(', ')}` }
  return { ok: true, app: { clientId, clientSecrets, apiUrl, appUrl, redirectUri: `${publicUrl}${CALLBACK}` } }
}
