import { pathFor } from '../../install/hubspot/calls.ts'
import { chooseCarrier, isWhole, shapeFor } from '../../install/hubspot/carrier.ts'
import type { HubspotClient } from '../../install/hubspot/client.ts'
import { readFacts, type Facts } from '../../install/hubspot/facts.ts'
import { roomOf, type Limit } from '../../install/hubspot/limits.ts'
import type { Property, Results } from '../../install/hubspot/metadata.ts'
import { mayBePlain } from '../../install/hubspot/plain-keys.ts'
import { DOCUMENTS, missingScopes, NO_DOCUMENTS, probesFor } from '../../install/hubspot/scopes.ts'
import { pathOf, type Shape } from '../../../worker/crm/hubspot/layout.ts'
import { keyPropertyOf } from '../../../worker/crm/hubspot/names.ts'
import { failed, pass, skipped, warn, type Check } from './check.ts'
import { get, probe } from './probe.ts'
import { skewCheck } from './twenty.ts'
import { t } from '../../install/said/index.ts'

/** Is a HubSpot there, and is its clock right? Asks without a token: HubSpot then refuses in its own words. */
export const serverChecks = async (url: string): Promise<{ ok: boolean; checks: Check[] }> => {
  const answer = await probe(url + pathFor('details'))
  if (!answer.ok)
    return { ok: false, checks: [failed('url', t`${url} can't be reached: ${answer.message}`, answer.todo)] }
  if (answer.status !== 401 || get(answer.body, 'category') === undefined) {
    const message = t`${url} answers ${answer.status} and looks like no HubSpot`
    return { ok: false, checks: [failed('url', message, 'Leave --url out: HubSpot is https://api.hubapi.com.')] }
  }
  return { ok: true, checks: [pass('url', t`${url} answers`), skewCheck('clock', answer)] }
}

interface Usage {
  usageLimit?: number
  currentUsage?: number
  resetsAt?: string
}

/** How much of the day's calls is left, as HubSpot counts them. */
const budgetCheck = async (client: HubspotClient): Promise<Check> => {
  const read = await client.call<Results<Usage>>('usage')
  const usage = read.ok ? read.value.results[0] : undefined
  if (!usage?.usageLimit)
    return skipped('daily limit', "HubSpot doesn't tell: only for tokens of one account's own app")
  const { usageLimit, currentUsage = 0, resetsAt } = usage
  const text = t`${currentUsage} of ${usageLimit} calls of the day are used${resetsAt ? t`, until ${resetsAt}` : ''}`
  const todo = 'See what else uses this account’s calls; Ladder goes on when the day is over.'
  if (currentUsage >= usageLimit) return failed('daily limit', text, todo)
  return currentUsage > usageLimit * 0.8 ? warn('daily limit', text, todo) : pass('daily limit', text)
}

/** `hasAll`: all that Ladder needs are there, so it needs no more room. */
const limitCheck = (name: string, limit: Limit | undefined, hasAll: boolean): Check => {
  if (!limit) return skipped(name, "HubSpot doesn't tell the limit")
  const text = t`${limit.usage} of ${limit.limit} are used`
  return roomOf(limit) === 0 && limit.limit > 0 && !hasAll ? warn(name, t`${text}: no more fit`) : pass(name, text)
}

/** What the account has of Ladder's, and where. Undefined: nothing is installed. */
export const installedShape = ({ room }: Facts): Shape | undefined => {
  if (room.own.size === 0 && !room.hasDeals) return undefined
  const choice = chooseCarrier('auto', { ...room, free: 0 })
  return choice.ok ? shapeFor(choice.carrier, choice.objects, room.own) : undefined
}

/** Ladder finds its records again by a unique key. Whether an object takes one differs: the definition tells. */
const keyChecks = async (client: HubspotClient, shape: Shape): Promise<{ plain: string[]; checks: Check[] }> => {
  const checks: Check[] = []
  const unique: string[] = []
  const plain: string[] = []
  for (const object of Object.keys(shape.types)) {
    const propertyName = keyPropertyOf(object)
    const params = { objectType: pathOf(shape, object) ?? '', propertyName }
    const read = await client.call<Property>('property', { params })
    const name = t`key of ${object}`
    if (!read.ok && read.refused.status === 404)
      checks.push(failed(name, t`${object} has no property ${propertyName}`, 'Run `ladder apply`.'))
    else if (!read.ok) checks.push(skipped(name, read.problem.what))
    else if (read.value.hasUniqueValue === true) unique.push(object)
    else if (mayBePlain(shape, object)) plain.push(object)
    else
      checks.push(
        failed(
          name,
          t`${propertyName} isn't unique: HubSpot refuses what Ladder writes by it`,
          t`Delete ${propertyName} for good, then \`ladder apply\`.`,
        ),
      )
  }
  const found = [
    ...(unique.length > 0 ? [pass('keys', t`unique on ${unique.join(', ')}`)] : []),
    ...plain.map((object) => pass(t`key of ${object}`, 'not unique in this account: records are found by search')),
  ]
  return { plain, checks: [...found, ...checks] }
}

const installedChecks = async (client: HubspotClient, facts: Facts): Promise<{ plain: string[]; checks: Check[] }> => {
  const shape = installedShape(facts)
  if (!shape)
    return { plain: [], checks: [failed('installed', 'nothing of Ladder is in this account', 'Run `ladder apply`.')] }
  const own = [...facts.room.own.keys()]
  const what = shape.carrier === 'deal' ? 'deals in a pipeline of their own' : t`objects: ${own.join(', ')}`
  const keys = await keyChecks(client, shape)
  return { ...keys, checks: [pass('installed', t`carrier ${shape.carrier}: ${what}`), ...keys.checks] }
}

export interface AccountFound {
  facts?: Facts
  /** Objects whose key isn't unique, and whose records Ladder finds by search. */
  plain?: string[]
  checks: Check[]
}

/** Is the token good, what may it do, and what does the account have and allow? Nothing is changed by asking. */
export const accountChecks = async (client: HubspotClient): Promise<AccountFound> => {
  const read = await readFacts(client)
  if (!read.ok) return { checks: [failed('token', read.problem.what, read.problem.todo)] }
  const facts = read.value
  const { portalId, accountType, edition, timeZone, limits } = facts
  const shape = installedShape(facts)
  const carrier = shape?.carrier ?? (facts.room.allowed ? 'custom' : 'deal')
  const missing = await missingScopes(client, probesFor(carrier, facts.room.own.get('development')))
  const noDocuments = (await missingScopes(client, [DOCUMENTS])).length > 0
  const installed = await installedChecks(client, facts)
  return {
    facts,
    plain: installed.plain,
    checks: [
      pass(
        'token',
        t`good for portal ${portalId} (${accountType.toLowerCase()}, ${edition ?? 'edition unknown'}, ${timeZone})`,
      ),
      ...(missing.length === 0
        ? [pass('scopes', t`all that Ladder needs with carrier ${carrier}`)]
        : missing.map((scope) =>
            failed(t`scope ${scope}`, 'the token lacks it', "Add it to the app's scopes, upload it, install it again."),
          )),
      ...(noDocuments ? [warn('scope files', NO_DOCUMENTS)] : []),
      await budgetCheck(client),
      limitCheck('custom objects', limits.customObjects, isWhole([...facts.room.own.keys()])),
      limitCheck('pipelines', carrier === 'deal' ? limits.dealPipelines : limits.customPipelines, shape !== undefined),
      ...installed.checks,
    ],
  }
}
