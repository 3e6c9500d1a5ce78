import type { CrmLimits } from '../port.ts'
import type { HubspotLayout } from './layout.ts'

/** Calls that an edition takes in ten seconds from one app, and in a day from all. */
const EDITIONS: Record<NonNullable<HubspotLayout['edition']>, { perTenSeconds: number; daily: number }> = {
  free: { perTenSeconds: 100, daily: 250_000 },
  starter: { perTenSeconds: 100, daily: 250_000 },
  professional: { perTenSeconds: 190, daily: 625_000 },
  enterprise: { perTenSeconds: 190, daily: 1_000_000 },
}
/**
 * Calls in ten seconds from an app that accounts install by OAuth, whatever their edition. HubSpot says it of apps of its
 * marketplace alone; a private one may be allowed more, and an admin can say so.
 */
const OAUTH_PER_TEN_SECONDS = 110
/** In any ten seconds a bucket gives its burst and what it gains: a third of the limit and two thirds of it. */
const BURSTS_A_MINUTE = 12

/** Calls a minute where an admin's consent brings the tokens and nobody says another limit. */
export const OAUTH_CALLS = Math.floor((OAUTH_PER_TEN_SECONDS * 6 * 2) / 3)

/** The most that can be set: no limit at all, for tests and servers of one's own. */
const UNLIMITED = 100_000

/**
 * The limits of an account, or those that the admin has set. Searches: five a second, of all callers together; Ladder takes
 * three a second, and two at once.
 */
export const limitsOf = (
  layout: HubspotLayout,
  callsPerMinute?: number | undefined,
  dailyLimit?: number | undefined,
): CrmLimits => {
  const edition = EDITIONS[layout.edition ?? (layout.carrier === 'custom' ? 'enterprise' : 'professional')]
  const perMinute = callsPerMinute ?? Math.floor((edition.perTenSeconds * 6 * 2) / 3)
  return {
    calls: { perMinute, burst: Math.max(1, Math.floor(perMinute / BURSTS_A_MINUTE)) },
    searches: perMinute >= UNLIMITED ? null : { perMinute: 180, burst: 2 },
    daily: dailyLimit ?? edition.daily,
    timeZone: layout.timeZone ?? 'Asia/Shanghai',
  }
}
