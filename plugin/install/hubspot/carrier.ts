import { type Carrier, type Shape, standardType } from '../../../worker/crm/hubspot/layout.ts'
import { objectsOf, schemaName } from '../../../worker/crm/hubspot/names.ts'
import { t } from '../said/index.ts'

/** Objects of Ladder's own, the most needed first: where an account has less room, the last are left out. */
export const PRIORITY = [
  'development',
  'escalation',
  'tierRule',
  'campaignTemplate',
  'campaign',
  'participation',
  'escalationPolicy',
  'tierRating',
  'holding',
  'occasion',
  'workingPaper',
  'measure',
] as const

/** What an installation is whole without: an account has room for ten custom objects by default. */
const EXTRA = new Set<string>(['workingPaper', 'measure'])
export const isWhole = (objects: readonly string[]): boolean =>
  PRIORITY.every((object) => EXTRA.has(object) || objects.includes(object))

/** What an object that is left out means for the bank. */
export const WITHOUT: Readonly<Record<string, string>> = {
  development: 'developments are deals',
  escalation: 'escalations are seen as tasks alone, and in Ladder',
  tierRule: 'tier tables are edited in the playbook, not as records',
  campaignTemplate: 'campaigns are started by the workflow action or the API, not from a record',
  campaign: 'campaigns are seen as tasks alone, and in Ladder',
  participation: 'guests of a campaign are seen in Ladder alone',
  escalationPolicy: 'escalation ladders are edited in the playbook, not as records',
  tierRating: "ratings stay in Ladder; the customer's properties show the last one",
  holding: 'holdings stay in Ladder',
  occasion: "occasions can't be written down in HubSpot",
  workingPaper: 'one objection at a time, SWOT, FAB and pricing stand on the development itself',
  measure: 'figures are in the weekly pack, in `ladder figures` and in the API',
}

export interface Room {
  /** How many more custom objects may be made; undefined: HubSpot doesn't tell. */
  free: number | undefined
  /** Whether the account and the token have custom objects at all. */
  allowed: boolean
  /** Ladder's objects that are there: neutral name → type id. */
  own: ReadonlyMap<string, string>
  /** Whether Ladder's pipeline of deals is there. */
  hasDeals: boolean
}

export type Choice =
  | { ok: true; carrier: Carrier; objects: string[]; left: string[]; why: string }
  | { ok: false; what: string; todo: string }

/** The objects that fit, in the order of need: those that are there always do. Where HubSpot doesn't tell, what is needed is tried. */
const fitting = ({ free, own }: Room): string[] => {
  let left = free ?? PRIORITY.length - EXTRA.size
  return PRIORITY.filter((object) => own.has(object) || left-- > 0)
}

const standard = (carrier: Carrier): string[] =>
  objectsOf(carrier).filter((object) => standardType(carrier, object) !== undefined)

const custom = (room: Room, why: string): Choice => {
  const objects = fitting(room)
  const left = PRIORITY.filter((object) => !objects.includes(object))
  return { ok: true, carrier: 'custom', objects: [...standard('custom'), ...objects], left, why }
}

const deals = (why: string): Choice => ({
  ok: true,
  carrier: 'deal',
  objects: standard('deal'),
  left: PRIORITY.filter((object) => object !== 'development'),
  why,
})

/**
 * What carries the stages. `auto` stays with what is installed, else takes custom objects when all that it needs fit, else deals.
 * Going over from one to the other would leave developments behind, so that is refused.
 */
export const chooseCarrier = (wish: Carrier | 'auto', room: Room): Choice => {
  const isCustom = room.own.has('development')
  if (wish !== 'auto') {
    const other: Carrier = wish === 'custom' ? 'deal' : 'custom'
    if ((wish === 'custom' && room.hasDeals && !isCustom) || (wish === 'deal' && isCustom))
      return {
        ok: false,
        what: t`developments are ${other === 'deal' ? 'deals' : 'custom objects'} here already`,
        todo: t`Leave --carrier ${wish} out, or \`ladder uninstall --remove-app\` first.`,
      }
    if (wish === 'deal') return deals('as asked for')
    if (!room.allowed)
      return {
        ok: false,
        what: 'this account has no custom objects (Enterprise), or the token no scope for them',
        todo: 'Leave --carrier out, or give the app crm.schemas.custom.read and .write, crm.objects.custom.read and .write.',
      }
    return fitting(room)[0] === 'development'
      ? custom(room, 'as asked for')
      : { ok: false, what: 'there is no room for one more custom object', todo: 'Leave --carrier out: deals carry it.' }
  }
  if (isCustom) return custom(room, 'as installed')
  if (room.hasDeals) return deals('as installed')
  if (!room.allowed) return deals('the account has no custom objects (Enterprise), or the token no scope for them')
  const fit = fitting(room)
  if (isWhole(fit))
    return custom(room, room.free === undefined ? "HubSpot doesn't tell how many more fit" : 'all that it needs fit')
  const words = fit.length > 0 ? t`; --carrier custom would take ${fit.join(', ')}` : ''
  return deals(t`only ${room.free} of ${PRIORITY.length} custom objects fit${words}`)
}

/** Stands for the type id of an object that isn't made yet. */
const UNMADE = 'new:'
export const isUnmade = (type: string): boolean => type.startsWith(UNMADE)

/** A path as a plan shows it: an object without an id goes by its name. */
export const shownPath = (path: string): string => path.replaceAll(encodeURIComponent(UNMADE), '')

/** Where each object is, or will be. */
export const shapeFor = (carrier: Carrier, objects: readonly string[], own: ReadonlyMap<string, string>): Shape => ({
  carrier,
  types: Object.fromEntries(
    objects.map((object) => [
      object,
      standardType(carrier, object) ?? own.get(object) ?? `${UNMADE}${schemaName(object)}`,
    ]),
  ),
})
