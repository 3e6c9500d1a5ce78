import type { Carrier } from '../../worker/crm/hubspot/layout.ts'

/** What a bank's project is made for. */
export interface ProjectWish {
  /** https address under which HubSpot reaches Ladder, without a slash at its end. */
  publicUrl: string
  /** The account's name in Ladder. */
  account: string
  carrier: Carrier
  /** An app that several accounts use: OAuth, and one address of webhooks for all of them. */
  oauth: boolean
  /** Subscriptions to custom objects, tasks and meetings too: HubSpot doesn't say that a project's app may have them. */
  genericWebhooks: boolean
  /** Campaigns are shown as marketing events too. */
  marketingEvents: boolean
  /** Cards on Ladder's custom objects too: HubSpot takes them once `ladder apply` has made the objects. */
  objectCards: boolean
  /** Whom the bank's users may ask, shown with the app. */
  supportEmail?: string
}

/** Address of an action as HubSpot calls and signs it. An app of several accounts tells them apart by the portal that calls. */
export const actionUrl = ({ publicUrl, account, oauth }: ProjectWish, name: string): string =>
  `${publicUrl}/actions/${name}${oauth ? '' : `?account=${account}`}`

/** Address of all webhooks of the app. */
export const webhookUrl = ({ publicUrl, account, oauth }: ProjectWish): string =>
  `${publicUrl}/hooks/hubspot/${oauth ? 'app' : account}`

/** Where HubSpot sends an admin back to who has installed the app in an account. */
export const redirectUrl = ({ publicUrl }: ProjectWish): string => `${publicUrl}/oauth/hubspot/callback`

/** Where the cards inside HubSpot ask Ladder. */
export const cardUrl = ({ publicUrl, account, oauth }: ProjectWish): string =>
  `${publicUrl}/cards/hubspot/${oauth ? 'app' : account}`
