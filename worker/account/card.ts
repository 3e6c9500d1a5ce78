import type { ActionCall } from '../../schemas/actions/call.ts'
import { cardCallSchema } from '../../schemas/actions/card.ts'
import { isActionName } from '../../schemas/actions/index.ts'
import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { Member } from '../crm/port.ts'
import type { SubjectState } from '../method/state.ts'
import { objectOf } from './action-inputs.ts'
import { type ActionReply, refuseAction } from './action-reply.ts'
import { cardCallback } from './action-store.ts'
import { type ActionDeps, deskOf, takeAction } from './actions.ts'
import { statusOf } from './report.ts'

/** What a card shows of each record; all else stays here. */
const CUSTOMER =
  'name ladderTier ladderTierWhy ladderTierSince ladderNextRatingOn ladderContactsPerYear ladderLastContactOn ladderNextContactDue ladderNotice ladderDoNotContact'
const DEVELOPMENT = 'name pipeline stage stageDue stageNotice missing guidance completeness checklistDone'
const VISIT = 'name form status plannedAt'
const SEAT = 'name invite attendance'

type Row = Record<string, unknown>

const rowOf = ({ id, fields }: RecordSnapshot, wanted: string): Row => ({
  id,
  ...Object.fromEntries(wanted.split(' ').map((name) => [name, fields[name] ?? null])),
})

/** What stands behind a card: the customer of the record with all that runs for it, as rows. Times are ISO, money isn't shown. */
export const cardRows = (state: SubjectState, object: string, id: string): Row => {
  const own = parseRef(state.ref)
  const customer = state.records[own.object]?.[own.id]
  const isCustomer = own.object === 'company' || own.object === 'person'
  const living = (kind: string): RecordSnapshot[] =>
    Object.values(state.records[kind] ?? {}).filter(({ deleted }) => !deleted)
  const seats = living('participation')
  return {
    customer: customer && isCustomer && !customer.deleted ? rowOf(customer, CUSTOMER) : null,
    customerObject: own.object === 'person' ? 'person' : 'company',
    developments: living('development')
      .filter((one) => object !== 'development' || one.id === id)
      .map((one) => rowOf(one, DEVELOPMENT)),
    escalations: Object.values(state.escalations)
      .filter(({ status }) => status !== 'RESOLVED')
      .map(({ key, cause, status, level, levels, climbsAt, detail }) => {
        return { id: key, cause, status, level, ladderRole: levels[level - 1]?.role ?? null, climbsAt, detail }
      }),
    visits: living('visit')
      .filter(({ fields }) => fields['status'] === 'PLANNED')
      .map((one) => rowOf(one, VISIT)),
    participations: Object.values(state.campaigns).flatMap(
      ({ id: campaign, name, heldOn, cancelled, guests, list }) => {
        const place = seats.find(({ fields }) => fields['campaign'] === campaign)
        const isGuest = place ?? (guests.includes(state.ref) || list?.includes(state.ref))
        const shown = { name, heldOn, status: cancelled ? 'CANCELLED' : null }
        return isGuest ? [{ ...(place ? rowOf(place, SEAT) : { id: campaign }), campaign: shown }] : []
      },
    ),
  }
}

/** How Ladder is, for the settings page: figures alone. */
const health = async ({ parts }: ActionDeps): Promise<Fields> => {
  const status = await statusOf(parts)
  const faults = [status?.fault?.message, ...(status?.sweeps ?? []).map(({ fault }) => fault)].filter(Boolean)
  return {
    connected: status !== null,
    crm: status?.crm ?? null,
    fault: faults[0] ?? null,
    lastEventAt: status?.lastEventAt ?? null,
    customers: status?.subjects ?? 0,
    waiting: status?.outbox ?? 0,
    deadLetters: status?.deadLetters ?? 0,
    callsLeft: status?.budget?.left ?? null,
    journal: status?.journal?.state ?? null,
    playbook: status?.playbook ?? 0,
    coveredUntil: status?.coveredUntil ?? null,
  }
}

/**
 * Answers a card inside HubSpot: what it shows, or that something was done, once for each `requestId` of a user. What is done
 * is an action like a workflow's. `url`: the address that HubSpot signed, with the portal and the user of whoever looks.
 */
export const answerCard = async (
  deps: ActionDeps,
  json: unknown,
  { url, isAdmin, isShared }: { url: string | undefined; isAdmin: boolean; isShared: boolean },
): Promise<ActionReply> => {
  const { parts, settings } = deps
  const query = url === undefined ? new URLSearchParams() : new URL(url).searchParams
  const portal = query.get('portalId')
  const own = settings.layout?.portalId
  if (!isAdmin && own !== undefined && portal !== String(own) && (isShared || portal !== null))
    return refuseAction(403, 'other-portal', 'this call comes from another HubSpot account')
  const read = cardCallSchema.safeParse(json)
  if (!read.success) return refuseAction(400, 'bad-body', read.error.issues[0]?.message ?? 'unreadable')
  const { object: shown, do: deed } = read.data
  if (!shown) return { status: 200, body: { health: await health(deps) } }
  if (deed) {
    const { name, requestId, inputs, object } = deed
    const email = query.get('userEmail')?.toLowerCase()
    const members = parts.meta.get<Member[]>('members') ?? []
    if (!isAdmin && !members.some((one) => one.email === email))
      return refuseAction(403, 'unknown-user', 'only users of this CRM may do this')
    if (!isActionName(name)) return refuseAction(404, 'unknown-action', 'no such action')
    const callbackId = cardCallback(query.get('userId') ?? '', requestId)
    if ((parts.actions.get(callbackId)?.deed.name ?? name) !== name)
      return refuseAction(409, 'request-id', 'this requestId was used for another action')
    const call: ActionCall = { callbackId, object: object ?? shown, inputFields: inputs ?? {} }
    return { status: 200, body: { outputFields: await takeAction(deps, name, call) } }
  }
  const object = objectOf(shown.objectType, settings.layout?.types ?? {})
  const id = shown.objectId
  if (!object) return refuseAction(404, 'unknown-record', 'Ladder knows no such records')
  const seen = await deskOf(deps, { callbackId: 'card', name: 'rate', object, id, inputs: {} }).subjectOf(object, id)
  if (seen.ok) return { status: 200, body: { rows: cardRows(seen.state, object, id) } }
  return seen.instead.done
    ? refuseAction(404, 'unknown-record', seen.instead.reason ?? '')
    : refuseAction(503, 'unavailable', 'the CRM does not answer now')
}
