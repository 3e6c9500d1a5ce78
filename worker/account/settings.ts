import * as z from '../../schemas/z.ts'
import type { HubspotLayout } from '../crm/hubspot/layout.ts'
import type { CrmPlace } from '../crm/port.ts'

const url = z.url({ protocol: /^https?$/ })
const token = z.string().check(z.minLength(1))
const typeId = z.string().check(z.regex(/^\d+-\d+$/, "HubSpot's object type id, such as 0-2 or 2-123"))

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const layoutSchema = z.strictObject({
  portalId: z.int().check(z.positive()),
  carrier: z.enum(['custom', 'deal']),
  types: z.record(z.string(), typeId),
  labels: z.record(z.string(), z.int().check(z.positive())),
  plainKeys: z.optional(z.array(z.string())),
  marketingEvents: z.optional(z.boolean()),
  edition: z.optional(z.enum(['free', 'starter', 'professional', 'enterprise'])),
  timeZone: z.optional(z.string().check(z.refine(isZone, 'an IANA time zone, such as Asia/Shanghai'))),
}) satisfies z.ZodMiniType<HubspotLayout>

const crmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('twenty'), url, token }),
  // without a token: by the consent that an admin of the account gave
  z.strictObject({
    kind: z.literal('hubspot'),
    url,
    token: z.optional(token),
    layout: layoutSchema,
    // the app of this account's own, by which its journal is read
    app: z.optional(z.strictObject({ clientId: token, clientSecret: token })),
  }),
])

/** How an account is connected, as the admin API takes it. Secrets in it are stored sealed and never given back. */
export const connectSchema = z.strictObject({
  crm: crmSchema,
  /** Twenty's webhook secret, or the client secret of HubSpot's app. */
  webhookSecret: z.optional(z.string().check(z.minLength(8))),
  corebankSecret: z.optional(
    z.string().check(z.regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, 'a Standard Webhooks secret: whsec_ and base64')),
  ),
  /** Books over which customers are spread; can't be changed later. */
  shards: z._default(z.int().check(z.gte(1), z.lte(256)), 1),
  /** Calls a minute that the CRM takes from Ladder: else what the CRM's edition allows. */
  callsPerMinute: z.optional(z.int().check(z.gte(1), z.lte(100_000))),
  /** Calls a day that Ladder may make: else what the CRM's edition allows; without meaning where it sets none. */
  dailyLimit: z.optional(z.int().check(z.gte(1_000))),
  /** Bursts of changes to one record within this time are one event, ms. */
  joinMs: z._default(z.int().check(z.gte(0), z.lte(60_000)), 2_000),
  /** How often each object is read for changes that no webhook told of, minutes. */
  sweepMinutes: z._default(z.int().check(z.gte(1), z.lte(1440)), 15),
  /** The method to begin with: put in force when the account has none yet, else left alone. Checked like any playbook. */
  playbook: z.optional(z.unknown()),
})
export type Connect = Omit<z.infer<typeof connectSchema>, 'playbook'>

/** What is kept of it in the clear. */
export interface Settings {
  account: string
  kind: Connect['crm']['kind']
  url: string
  /** HubSpot's: where the model lies in the account. */
  layout?: HubspotLayout
  /** HubSpot's: the client id of the app of this account's own, where it was told. */
  appId?: string | undefined
  shards: number
  callsPerMinute: number
  /** Null where the CRM counts no days. */
  dailyLimit: number | null
  joinMs: number
  sweepMinutes: number
  /** Epoch ms. Records made before are taken as they stand. */
  connectedAt: number
}

/** Where the account's CRM is. */
export const placeOfSettings = ({ kind, url, layout }: Settings): CrmPlace =>
  kind === 'hubspot' && layout ? { kind, url, layout } : { kind: 'twenty', url }
