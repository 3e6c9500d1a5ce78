import { CALLS } from '../../plugin/install/hubspot/calls.ts'
import { toldCalls } from '../../worker/crm/hubspot/calls-told.ts'
import { calls, type HubspotCall } from '../../worker/crm/hubspot/calls.ts'
import { API, JOURNAL_API } from '../../worker/crm/hubspot/layout.ts'
import { oauthCalls } from '../../worker/crm/hubspot/oauth.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The dated version in a path; what has none is told so. */
const versionOf = (path: string): string => /\/(\d{4}-\d{2}(?:-beta)?)(?=\/|$)/.exec(path)?.[1] ?? 'none'

const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`

const head = [row('call', 'version', 'scope', 'edition', 'limit', 'when'), row(...Array<string>(6).fill('---'))]

const LIMITS = {
  calls: '',
  searches: 'searches: 5 a second',
  journal: 'journal: 100 a second an app; not of the account’s',
}

const limitOf = ({ limit, most }: HubspotCall): string =>
  [LIMITS[limit], most === null ? '' : `${most} records a call`].filter(Boolean).join('; ')

const running = Object.entries(toldCalls).map(([name, { edition, when }]) => {
  const call: HubspotCall = calls[name as keyof typeof calls]
  return row(`\`${call.method} ${call.path}\``, versionOf(call.path), `\`${call.scope}\``, edition, limitOf(call), when)
})

const installing = Object.values(CALLS).map(({ method, path, scope, edition, limit, when }) =>
  row(
    `\`${method} ${path}\``,
    versionOf(path),
    `\`${scope}\``,
    edition === 'Free' ? 'any' : edition,
    limit,
    first(when),
  ),
)

/** Every call of HubSpot's API that Ladder makes, from the lists that the calls themselves go through. */
export const hubspotCalls = (): string =>
  [
    '# Calls of HubSpot',
    '',
    'Written by `npm run docs` from `worker/crm/hubspot/calls.ts` and `plugin/install/hubspot/calls.ts`: each call goes',
    `through an entry of these lists. All are of the dated API, \`${API}\`, the journal’s of \`${JOURNAL_API}\`. \`{kind}\` in a scope is contacts, companies,`,
    'deals or custom; tasks and meetings are read and written with the scopes of contacts. All calls together count for the',
    'limit of ten seconds and of the day: 100 and 250,000 in Starter, 190 and 625,000 in Professional, 190 and 1,000,000 in',
    'Enterprise. Ladder stays inside all of them: reads stop when a tenth of the day is left, writes at a fiftieth.',
    '',
    '## While Ladder runs',
    '',
    ...head,
    ...running,
    '',
    '## Tokens, where an account is connected by OAuth',
    '',
    'From `worker/crm/hubspot/oauth.ts`. They need no scope, but the client id and secret, and a form for a body.',
    '',
    row('call', 'version', 'when'),
    row(...Array<string>(3).fill('---')),
    ...Object.values(oauthCalls).map(({ path, when }) => row(`\`POST ${path}\``, versionOf(path), when)),
    '',
    '## Plan, apply, verify, uninstall, doctor',
    '',
    ...head,
    ...installing,
    '',
  ].join('\n')
