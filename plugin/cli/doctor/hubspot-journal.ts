import type { Facts } from '../../install/hubspot/facts.ts'
import { CALLS } from '../../install/hubspot/calls.ts'
import { type JournalApp, journalClient, journalState } from '../../install/hubspot/journal.ts'
import type { Admin } from '../admin.ts'
import { pass, skipped, warn, type Check } from './check.ts'
import { installedShape } from './hubspot.ts'
import { get } from './probe.ts'
import { t } from '../../install/said/index.ts'

const WITHOUT = 'Nothing is lost without it: webhooks and sweeps go on.'

/** Has the app a journal of this account's changes, and does it hold what Ladder follows? Nothing is changed by asking. */
export const journalChecks = async (app: JournalApp | undefined, { portalId, ...facts }: Facts): Promise<Check[]> => {
  if (!app) return [skipped('journal', 'pass --client-id and --secret-env to see whether the app has one')]
  const client = await journalClient(app, [CALLS.journalEnd.scope], { tries: 1 })
  if (!client.ok)
    return [
      warn('journal', client.problem.what, t`Check the client id and secret of the app (its Auth tab). ${WITHOUT}`),
    ]
  const newest = await client.value.call('journalEnd', { query: { installPortalId: String(portalId) } })
  if (!newest.ok) return [warn('journal', t`the app has none here: ${newest.problem.what}`, WITHOUT)]
  const there = pass(
    'journal',
    newest.value ? 'the app has one, with files' : 'the app has one, with nothing in it yet',
  )
  const shape = installedShape({ portalId, ...facts })
  if (!shape) return [there]
  const state = await journalState(app, shape, portalId)
  if (!state.ok) return [there, warn('journal subscriptions', state.problem.what, WITHOUT)]
  const { missing, there: kept } = state.value
  return [
    there,
    missing.length === 0
      ? pass('journal subscriptions', t`${kept.length} are there`)
      : warn(
          'journal subscriptions',
          t`${missing.length} are missing: the journal doesn't hold all that Ladder follows`,
          'Run `ladder apply` with --client-id and --client-secret-env.',
        ),
  ]
}

/** Does Ladder read it? */
export const readingCheck = async (admin: Admin, account: string): Promise<Check[]> => {
  const answer = await admin.call('GET', `/accounts/${encodeURIComponent(account)}/status`)
  const journal = answer.ok ? get(answer.body, 'journal') : undefined
  const [state, after, fault] = ['state', 'after', 'fault'].map((name) => get(journal, name))
  if (state === 'on' && fault === '')
    return [pass('journal reading', after === null ? 'Ladder reads it; nothing was in it yet' : 'Ladder reads it')]
  if (state === 'on' || state === 'absent')
    return [
      warn(
        'journal reading',
        t`Ladder doesn't read it: ${String(fault)}`,
        'Run `ladder apply` with --client-id and --client-secret-env where the app has one.',
      ),
    ]
  return []
}
