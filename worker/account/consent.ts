import type { Courier } from '../courier/index.ts'
import type { Consented, ConsentStatus } from '../courier/tokens.ts'
import type { Parts } from './parts.ts'

/** The consent of a HubSpot account's admin, as the Account keeps it; the tokens are the Courier's. */
export interface Consent {
  account: string
  portalId: number
  /** HubSpot's API for it. */
  url: string
  /** Epoch ms. */
  at: number
}

/** What a consent brought, as the route hands it over. */
export interface GivenConsent {
  url: string
  grant: Consented
  /** Where the clock is held, if it is: an account that is new takes it over. */
  held: number | null
}

/** An account that is agreed to and not yet set up: what is known of it, and what is missing. */
export interface Unready {
  connected: false
  account: string
  crm: 'hubspot'
  url: string
  consent: ConsentStatus | null
  missing: string[]
}

const missingFor = ({ account }: Consent): string[] => [
  `the layout of the HubSpot account, where Ladder's objects lie: run ladder apply --crm hubspot --account ${account}; until then nothing is followed up`,
]

const consentOf = (parts: Parts): Consent | undefined => parts.meta.get<Consent>('consent')

/**
 * Takes a consent: for a new account, for one that has one already, or for one that was reached by a token of its own, which is
 * forgotten. Refused when the account's name stands for another portal or CRM.
 */
export const consented = async (
  parts: Parts,
  account: string,
  { url, grant, held }: GivenConsent,
): Promise<{ ok: true; isReady: boolean } | { ok: false; error: string }> => {
  const { settings, clock, meta } = parts
  const { portalId } = grant
  if (settings && settings.layout?.portalId !== portalId)
    return { ok: false, error: `account ${account} is connected to another CRM or HubSpot account` }
  const courier = parts.env.COURIER.getByName(account)
  if (!settings && held !== null) {
    clock.hold(held)
    await courier.setClock(held)
  }
  await courier.consent(account, url, grant)
  meta.set('consent', { account, portalId, url, at: clock.now() } satisfies Consent)
  if (settings) parts.keepSettings({ ...settings, url })
  parts.audit('consent', { portalId })
  return { ok: true, isReady: settings !== undefined }
}

/** Why a connection without a token of its own can't be made; null when an admin has consented to it. */
export const consentFault = (
  parts: Parts,
  account: string,
  crm: { kind: string; url: string; layout?: { portalId: number } },
): string | null => {
  const consent = consentOf(parts)
  if (!consent) return `there is no token, and no admin of HubSpot has agreed: run ladder hubspot connect`
  if (crm.layout?.portalId !== consent.portalId)
    return `account ${account} is HubSpot account ${consent.portalId}, the layout is of ${crm.layout?.portalId}`
  const isSame = new URL(crm.url).origin === new URL(consent.url).origin
  return isSame ? null : `the tokens of account ${account} are for ${consent.url}, not for ${crm.url}`
}

/** The account was given a token of its own. */
export const endConsent = (parts: Parts): void => parts.meta.delete('consent')

/** The account as far as it is; null when it is set up, or when nobody has agreed. */
export const unready = async (parts: Parts): Promise<Unready | null> => {
  const consent = consentOf(parts)
  if (parts.settings || !consent) return null
  const { account, url } = consent
  const courier = await parts.env.COURIER.getByName(account).status()
  return { connected: false, account, crm: 'hubspot', url, consent: courier.consent, missing: missingFor(consent) }
}

/** The Courier of an account that is set up, or agreed to: then it has the tokens already. */
export const courierOf = (parts: Parts): Pick<Courier, keyof Courier> | undefined => {
  const account = parts.settings?.account ?? consentOf(parts)?.account
  return account === undefined ? undefined : parts.env.COURIER.getByName(account)
}
