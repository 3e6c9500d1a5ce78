import * as z from 'zod'

/** How an account is connected, as the admin API takes it. Secrets in it are stored sealed and never given back. */
export const connectSchema = z.strictObject({
  crm: z.strictObject({ kind: z.literal('twenty'), url: z.url({ protocol: /^https?$/ }), token: z.string().min(1) }),
  webhookSecret: z.string().min(8).optional(),
  corebankSecret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, 'a Standard Webhooks secret: whsec_ and base64')
    .optional(),
  /** Books over which customers are spread; can't be changed later. */
  shards: z.int().min(1).max(256).default(1),
  /** Calls a minute that the CRM takes from Ladder. Twenty's own default limit is 100. */
  callsPerMinute: z.int().min(1).max(100_000).default(90),
  /** Bursts of changes to one record within this time are one event, ms. */
  joinMs: z.int().min(0).max(60_000).default(2_000),
  /** How often each object is read for changes that no webhook told of, minutes. */
  sweepMinutes: z.int().min(1).max(1440).default(15),
})
export type Connect = z.infer<typeof connectSchema>

/** What is kept of it in the clear. */
export interface Settings {
  account: string
  kind: Connect['crm']['kind']
  url: string
  shards: number
  callsPerMinute: number
  joinMs: number
  sweepMinutes: number
  /** Epoch ms. Records made before are taken as they stand. */
  connectedAt: number
}
