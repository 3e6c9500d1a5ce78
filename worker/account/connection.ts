import type { Playbook } from '../../schemas/playbook/index.ts'
import { OAUTH_CALLS } from '../crm/hubspot/limits.ts'
import { followedObjects, limitsOf, placeOf } from '../crm/index.ts'
import type { Withdrawn } from '../courier/reach.ts'
import { consentFault, courierOf, endConsent } from './consent.ts'
import { activate } from './method.ts'
import type { Parts } from './parts.ts'
import type { Connect, Settings } from './settings.ts'

/** Connects a CRM, or changes how it is reached. Shards can't be changed. `playbook`: checked, for an account without one. */
export const setUp = async (
  parts: Parts,
  account: string,
  wish: Connect,
  playbook: Playbook | null,
): Promise<{ ok: true } | { ok: false; error: string }> => {
  const before = parts.settings
  if (before && before.shards !== wish.shards) {
    return {
      ok: false,
      error: `account ${account} has ${before.shards} shards: that can't be changed; export, disconnect and connect anew`,
    }
  }
  const byConsent = wish.crm.token === undefined
  const fault = byConsent ? consentFault(parts, account, wish.crm) : null
  if (fault !== null) return { ok: false, error: fault }
  const active = parts.playbooks.active()
  if (!active && !playbook)
    return { ok: false, error: `account ${account} has no playbook yet: send one, as \`ladder apply\` does` }
  const now = parts.clock.now()
  const limits = limitsOf(
    placeOf(wish.crm),
    wish.callsPerMinute ?? (byConsent ? OAUTH_CALLS : undefined),
    wish.dailyLimit,
  )
  const appId = wish.crm.kind === 'hubspot' ? (wish.crm.app?.clientId ?? before?.appId) : undefined
  const settings: Settings = {
    account,
    ...placeOf(wish.crm),
    ...(appId === undefined ? {} : { appId }),
    shards: wish.shards,
    callsPerMinute: limits.calls.perMinute,
    dailyLimit: limits.daily,
    joinMs: wish.joinMs,
    sweepMinutes: wish.sweepMinutes,
    connectedAt: before?.connectedAt ?? now,
  }
  if (wish.webhookSecret) await parts.vault.add(account, wish.crm.kind, wish.webhookSecret)
  if (wish.corebankSecret) await parts.vault.add(account, 'corebank', wish.corebankSecret)
  await parts.courier(settings).configure(account, wish.crm, limits)
  if (!byConsent) endConsent(parts)
  parts.keepSettings(settings)
  if (!active && playbook) activate(parts, parts.playbooks.draft(playbook, now, 'default'))
  parts.meta.set('membersAt', 0)
  parts.sweeps.begin(followedObjects(wish.crm), now)
  if (wish.crm.kind === 'hubspot') parts.journal.begin(now)
  parts.audit('connect', { url: wish.crm.url, shards: wish.shards })
  return { ok: true }
}

/** What is known of the connection, without secrets. */
export interface Connection extends Settings {
  /** Whether the CRM is reached by an admin's consent; else by a token of its own. */
  byConsent: boolean
  secrets: string[]
  playbook: number
}

export const connectionOf = (parts: Parts): Connection | null => {
  if (!parts.settings) return null
  const secrets = parts.sql.all<{ name: string }>('SELECT name FROM secret').map((row) => row.name)
  const byConsent = parts.meta.get('consent') !== undefined
  return { ...parts.settings, byConsent, secrets, playbook: parts.playbooks.active()?.version ?? 0 }
}

const TABLES = [
  'meta',
  'secret',
  'inbox',
  'link',
  'customer',
  'parked',
  'arrival',
  'playbook',
  'method_record',
  'sweep',
  'scanned',
  'broadcast',
  'gather',
  'event_log',
  'audit',
  'outbox',
  'action',
  'touched',
  'reading',
  'merge',
  'erased',
  'erasing',
]

/** Holds the clocks of the account and of its parts; null lets them run. */
export const holdClock = async (parts: Parts, at: number | null): Promise<void> => {
  const { settings, clock } = parts
  clock.hold(at)
  const books = settings ? parts.books(settings) : []
  await Promise.all([courierOf(parts)?.setClock(at), ...books.map((book) => book.setClock(at))])
}

/**
 * Forgets the connection and all that Ladder knows of its customers. The CRM's records stay. Answers whether tokens that an
 * admin's consent brought were taken back; null when there were none.
 */
export const disconnect = async (parts: Parts): Promise<Withdrawn | null> => {
  const { settings } = parts
  const courier = courierOf(parts)
  if (!courier) return null
  const withdrawn = await courier.disconnect()
  await Promise.all(settings ? parts.books(settings).map((book) => book.disconnect()) : [])
  for (const table of TABLES) parts.sql.run(`DELETE FROM ${table}`)
  parts.vault.forget()
  parts.merges.reload()
  parts.keepSettings(undefined)
  return withdrawn
}
