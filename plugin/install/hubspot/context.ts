import type { Carrier } from '../../../worker/crm/hubspot/layout.ts'
import type { InstallOptions, SharedContext } from '../context.ts'
import type { HubspotClient } from './client.ts'
import type { Language } from './payloads.ts'

export interface HubspotOptions extends InstallOptions {
  carrier: Carrier | 'auto'
  /** Language of the labels; that of the labels that are there, else the playbook's, when left out. */
  language?: Language | undefined
  /** The app's client secret: HubSpot signs with it. A secret. */
  clientSecret?: string | undefined
  /** The app's client id: with its secret, the app's journal of changes is set up and read. */
  clientId?: string | undefined
  /** Campaigns are shown as marketing events too. */
  marketingEvents?: boolean
}

/** All that a step of HubSpot's installer needs. */
export interface Context extends SharedContext {
  client: HubspotClient
  options: HubspotOptions
}

/** The account's name in Ladder when nobody says another: webhooks of a shared app find it by this. */
export const accountFor = ({ options }: Context, portalId: number): string => options.account ?? `hs-${portalId}`
