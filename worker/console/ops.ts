import { Hono } from 'hono/tiny'
import { refusedCounts } from '../ingress/counters.ts'
import type { Env } from '../shell/env.ts'
import type { Status } from '../account/report.ts'
import { REGISTRY } from './registry.ts'
import { adminOnly, setupFault } from './auth.ts'

/** Longer than this in the inbox means that unpacking stands still. */
const STALE_SECONDS = 300

const statuses = async (env: Env): Promise<Map<string, Status>> => {
  const names = await env.ACCOUNT.getByName(REGISTRY).accounts()
  const all = new Map<string, Status>()
  for (const name of names) {
    const status = await env.ACCOUNT.getByName(name).status()
    if (status) all.set(name, status)
  }
  return all
}

const isHealthy = (status: Status): boolean =>
  status.inbox.oldestSeconds < STALE_SECONDS &&
  status.deadLetters === 0 &&
  status.overdueTimers === 0 &&
  status.consent?.state !== 'taken-back' &&
  status.outboxOldestSeconds < STALE_SECONDS

/** Prometheus text: `ladder_<name>{account="…"} value`. */
const metric = (name: string, account: string, value: number): string =>
  `ladder_${name.replace(/[^a-z0-9_]/gi, '_')}{account="${account}"} ${value}`

const metricsOf = ([account, status]: [string, Status]): string[] => [
  metric('inbox_waiting', account, status.inbox.waiting),
  metric('inbox_oldest_seconds', account, status.inbox.oldestSeconds),
  metric('overdue_timers', account, status.overdueTimers),
  metric('outbox_waiting', account, status.outbox),
  metric('outbox_oldest_seconds', account, status.outboxOldestSeconds),
  metric('dead_letters_waiting', account, status.deadLetters),
  metric('subjects', account, status.subjects),
  metric('parked_facts', account, status.parked),
  ...Object.entries(status.counters).map(([name, count]) => metric(`${name}_total`, account, count)),
]

/**
 * `/healthz` answers 200 when all is well, 503 when the setup isn't whole or something stands still: figures
 * only, no customer's data. `/metrics` needs the admin token.
 */
export const ops = (): Hono<{ Bindings: Env }> => {
  const app = new Hono<{ Bindings: Env }>()
  app.get('/healthz', async (context) => {
    const fault = setupFault(context.env)
    if (fault) return context.json({ ok: false, setup: fault }, 503)
    const all = await statuses(context.env)
    const ok = [...all.values()].every(isHealthy)
    const answer = {
      ok,
      accounts: Object.fromEntries(
        [...all].map(
          ([name, { lastEventAt, inbox, overdueTimers, outbox, deadLetters, counters, consent, coveredUntil }]) => [
            name,
            {
              lastEventAt,
              inboxAgeSeconds: inbox.oldestSeconds,
              overdueTimers,
              outbox,
              deadLetters,
              sweepFindings: counters.sweep_found ?? 0,
              ...(consent ? { consent: consent.state } : {}),
              coveredUntil,
            },
          ],
        ),
      ),
    }
    return context.json(answer, ok ? 200 : 503)
  })
  app.get('/metrics', adminOnly, async (context) => {
    // a token that is too short to be one opens nothing
    const fault = setupFault(context.env)
    if (fault) return context.json({ error: 'setup', message: fault }, 503)
    const lines = [...(await statuses(context.env))].flatMap(metricsOf)
    const refused = [...refusedCounts()].map(([name, count]) => `ladder_refused_total{reason="${name}"} ${count}`)
    return context.text([...lines, ...refused, ''].join('\n'), 200, { 'content-type': 'text/plain; version=0.0.4' })
  })
  return app
}
