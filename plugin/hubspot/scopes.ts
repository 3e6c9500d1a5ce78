import { calls } from '../../worker/crm/hubspot/calls.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { CALLS } from '../install/hubspot/calls.ts'

/** What an app may do without asking for it. */
const IMPLIED = 'oauth'

/** Words that scopes have for kinds of objects. Tasks and meetings go with the contacts. */
const kindsOf = (carrier: Carrier): string[] => ['companies', 'contacts', carrier === 'deal' ? 'deals' : 'custom']

/**
 * The scopes of the app: those of the calls that the running Ladder and its installer make, and no other. Worked out from
 * the two lists of calls, so a new call brings its scope. Sorted, so that the same wish makes the same file.
 */
export const appScopes = (carrier: Carrier, marketingEvents: boolean): string[] => {
  const named = [...Object.values(calls), ...Object.values(CALLS)].map(({ scope }): string => scope)
  const filled = named.flatMap((scope) =>
    /\{\w+\}/.test(scope) ? kindsOf(carrier).map((kind) => scope.replace(/\{\w+\}/, kind)) : [scope],
  )
  const wanted = filled.filter(
    (scope) =>
      scope !== IMPLIED &&
      // those of the app itself come with its client credentials, not with an installation
      !scope.startsWith('developer.') &&
      (carrier === 'custom' || !scope.includes('.custom.')) &&
      (marketingEvents || !scope.includes('marketing_events')),
  )
  return [...new Set(wanted)].sort()
}
