import type { HubspotLayout } from '../crm/hubspot/layout.ts'
import { connect, limitsOf, placeOf } from '../crm/index.ts'
import type { Crm, CrmConnection, CrmDeps, CrmLimits, CrmPlace } from '../crm/port.ts'
import type { Env } from '../shell/env.ts'
import type { Meta } from '../shell/meta.ts'
import { open, seal } from '../shell/secrets.ts'

/** How the CRM is reached, as the Courier keeps it. */
interface Kept {
  account: string
  kind: CrmConnection['kind']
  url: string
  layout?: HubspotLayout
  /** Sealed. */
  token: string
  callsPerMinute: number
  dailyLimit?: number | null
}

/** The way to the CRM: kept with its token sealed, and opened for each run. */
export class Reach {
  readonly #meta: Meta
  readonly #env: Env

  constructor(meta: Meta, env: Env) {
    this.#meta = meta
    this.#env = env
  }

  get #kept(): Kept | undefined {
    return this.#meta.get<Kept>('settings')
  }

  async keep(account: string, connection: CrmConnection, limits: CrmLimits): Promise<void> {
    this.#meta.set('settings', {
      account,
      ...placeOf(connection),
      token: await seal(this.#env.LADDER_MASTER_KEY ?? '', `${account}/crm-token`, connection.token),
      callsPerMinute: limits.calls.perMinute,
      dailyLimit: limits.daily,
    } satisfies Kept)
  }

  get account(): string | undefined {
    return this.#kept?.account
  }

  /** The limits to keep inside; undefined when no CRM is connected. */
  get limits(): CrmLimits | undefined {
    const kept = this.#kept
    return kept && limitsOf(placeOfKept(kept), kept.callsPerMinute, kept.dailyLimit ?? undefined)
  }

  /** The adapter; undefined when no CRM is connected, or its token doesn't open under this master key. */
  async crm(deps: CrmDeps): Promise<Crm | undefined> {
    const kept = this.#kept
    if (!kept) return undefined
    const token = await open(this.#env.LADDER_MASTER_KEY ?? '', `${kept.account}/crm-token`, kept.token)
    return token === undefined ? undefined : connect({ ...placeOfKept(kept), token }, deps)
  }
}

const placeOfKept = ({ kind, url, layout }: Kept): CrmPlace =>
  kind === 'hubspot' && layout ? { kind, url, layout } : { kind: 'twenty', url }
