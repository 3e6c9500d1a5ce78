import type { Account } from '../account/index.ts'
import type { Book } from '../book/index.ts'
import type { Access } from '../console/access/index.ts'
import type { Courier } from '../courier/index.ts'

/** Durable Objects of one class, found by name. Their methods are called over RPC: plain data goes in and out. */
export interface Objects<T> {
  getByName(name: string): Pick<T, keyof T>
}

/** What the runtime gives the Worker. */
export interface Env {
  ACCOUNT: Objects<Account>
  BOOK: Objects<Book>
  COURIER: Objects<Courier>
  ACCESS: Objects<Access>
  /** The console's built pages; absent where none were built. */
  ASSETS?: { fetch(url: string): Promise<Response> }
  /** 32 bytes, base64: the key under which secrets are stored. */
  LADDER_MASTER_KEY?: string
  /** Bearer token of the admin API. */
  LADDER_ADMIN_TOKEN?: string
  /** `manual`: an admin may set the time (trial runs and tests). Anything else: the machine's own clock. */
  LADDER_CLOCK?: string
  /**
   * The address under which others reach Ladder, such as `https://ladder.example.com`, with the path that a proxy takes off, if
   * any. HubSpot signs it (v2, v3); without it such deliveries are refused.
   */
  LADDER_PUBLIC_URL?: string
  /** Client secret of a HubSpot app that several accounts use; during a change two, separated by a space. */
  LADDER_HUBSPOT_CLIENT_SECRET?: string
  /** Client id of that app: with both, accounts are connected by OAuth. */
  LADDER_HUBSPOT_CLIENT_ID?: string
  /** Where an admin of HubSpot agrees, when that isn't https://app.hubspot.com: a data centre of its own, a sandbox. */
  LADDER_HUBSPOT_APP_URL?: string
  /** HubSpot's API for accounts connected by OAuth, when that isn't https://api.hubapi.com. */
  LADDER_HUBSPOT_API_URL?: string
  /**
   * Where pages are printed, as Cloudflare's Browser Rendering does it (`…/browser-rendering/pdf`): takes `{html, pdfOptions}`,
   * answers a PDF. Without it documents come as Word files alone. `ladder serve` sets it where it finds a browser.
   */
  LADDER_PRINTER_URL?: string
  /** Bearer token of the printer. */
  LADDER_PRINTER_TOKEN?: string
  /** Where the installer is asked to connect a CRM; only on the machine itself: `ladder serve` sets it. */
  LADDER_INSTALLER_URL?: string
  /** Bearer token of the installer. */
  LADDER_INSTALLER_TOKEN?: string
}
