import * as bodies from '../bodies/account.ts'
import type { RateLimiter } from '../server/rate-limit.ts'
import type { Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'
import { instant, offsetOf, startOfDay } from '../time.ts'

const DAY_MS = 86_400_000

function offsetText(ms: number): string {
  const minutes = Math.abs(ms) / 60_000
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${ms < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** What an account tells of itself, and how many calls were made today. Every token may ask. */
export function accountRoutes(rate: RateLimiter): Route[] {
  return [
    route('GET /account-info/2026-09/details', { scopes: fixed(), answers: { 200: bodies.details } }, (call) => {
      const { id, timeZone } = call.portal
      const offset = offsetOf(call.state.now(), timeZone)
      const body = {
        portalId: id,
        accountType: 'STANDARD',
        timeZone,
        companyCurrency: 'CNY',
        additionalCurrencies: [],
        utcOffset: offsetText(offset),
        utcOffsetMilliseconds: offset,
        uiDomain: 'app.hubspot.com',
        dataHostingLocation: 'na1',
      }
      return { status: 200, body }
    }),

    route(
      'GET /account-info/2026-09/api-usage/daily/private-apps',
      { scopes: fixed(), answers: { 200: bodies.usage } },
      ({ portal, state }) => {
        const now = state.now()
        const usage = {
          name: 'private-apps-api-calls-daily',
          usageLimit: rate.limits(portal).daily,
          currentUsage: rate.today(portal),
          collectedAt: instant(now),
          fetchStatus: 'SUCCESS',
          resetsAt: instant(startOfDay(now, portal.timeZone) + DAY_MS),
        }
        return { status: 200, body: { results: [usage] } }
      },
    ),
  ]
}
