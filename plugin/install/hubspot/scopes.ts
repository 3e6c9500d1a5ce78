import type { Carrier } from '../../../worker/crm/hubspot/layout.ts'
import type { CallName } from './calls.ts'
import type { Ask, HubspotClient } from './client.ts'

/** A scope, and a call that finds out whether the token has it without changing anything. */
export interface ScopeProbe {
  scope: string
  call: CallName
  ask: Ask
}

/** Neither is ever there: writing to it changes nothing, and says whether writing is allowed. */
const NO_RECORD = '0'
const NO_PROPERTY = 'ladder_no_such_property'

const recordProbes = (kind: string): ScopeProbe[] => [
  { scope: `crm.objects.${kind}.read`, call: 'list', ask: { params: { objectType: kind }, query: { limit: '1' } } },
  {
    scope: `crm.objects.${kind}.write`,
    call: 'touch',
    ask: { params: { objectType: kind, objectId: NO_RECORD }, body: { properties: {} } },
  },
]

const schemaProbes = (kind: string): ScopeProbe[] => [
  { scope: `crm.schemas.${kind}.read`, call: 'groups', ask: { params: { objectType: kind } } },
  {
    scope: `crm.schemas.${kind}.write`,
    call: 'changeProperty',
    ask: { params: { objectType: kind, propertyName: NO_PROPERTY }, body: { label: 'Ladder' } },
  },
]

/**
 * The scopes that can be found out before anything is made. Tasks and meetings go with the contacts; those of custom objects
 * show only when there is one (`customType`).
 */
export const probesFor = (carrier: Carrier, customType?: string): ScopeProbe[] => {
  const kinds = ['companies', 'contacts', ...(carrier === 'deal' ? ['deals'] : [])]
  const custom = customType ? [...recordProbes(customType), ...schemaProbes(customType)] : []
  return [
    ...kinds.flatMap((kind) => [...recordProbes(kind), ...schemaProbes(kind)]),
    ...custom.map((probe) => ({ ...probe, scope: probe.scope.replace(customType ?? '', 'custom') })),
    { scope: 'crm.objects.owners.read', call: 'owners', ask: { query: { limit: '1' } } },
  ]
}

/** Campaigns as marketing events too. */
export const MARKETING: ScopeProbe = {
  scope: 'crm.objects.marketing_events.read',
  call: 'marketingEvents',
  ask: { query: { limit: '1' } },
}

/** Documents: without it they alone can't be made, so nothing else waits for it. */
export const DOCUMENTS: ScopeProbe = { scope: 'files', call: 'files', ask: { query: { limit: '1' } } }
export const NO_DOCUMENTS =
  "the token lacks files: documents can't be put onto records. Add it to the app's scopes, upload it, install it again"

/** Every scope that Ladder needs with a carrier: for the project's app, and to tell a person. */
export const scopesFor = (carrier: Carrier): string[] => {
  const kinds = ['companies', 'contacts', carrier === 'deal' ? 'deals' : 'custom']
  return [
    ...kinds.flatMap((kind) =>
      ['objects', 'schemas'].flatMap((of) => [`crm.${of}.${kind}.read`, `crm.${of}.${kind}.write`]),
    ),
    'crm.objects.owners.read',
    // documents: without it they alone are refused
    'files',
  ]
}

/** The scopes that the token turns out to lack. */
export const missingScopes = async (client: HubspotClient, probes: readonly ScopeProbe[]): Promise<string[]> => {
  const missing: string[] = []
  for (const { scope, call, ask } of probes) {
    const answer = await client.call(call, ask)
    if (!answer.ok && answer.refused.status === 403) missing.push(scope)
  }
  return missing
}
