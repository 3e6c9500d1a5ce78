import type {
  CampaignOpened,
  Decision,
  Fields,
  Gather,
  GatheredRow,
  OpenedCampaign,
} from '../../../schemas/events/index.ts'
import { gatherFrom } from '../gather/index.ts'
import { Lab } from '../stages/kit.ts'

export const HELD = '2026-04-10T06:00:00.000Z'

/** A campaign's own subject, its record as launched from a template. */
export const salon = (code: string, fields: Fields = {}): Lab => {
  const lab = Lab.of('campaign:k1')
  lab.save('campaign', 'k1', {
    name: '春季沙龙',
    templateCode: code,
    heldOn: HELD,
    status: 'PLANNED',
    size: 24,
    ...fields,
  })
  return lab
}
export const broadcasts = (decisions: readonly Decision[]): CampaignOpened[] =>
  decisions.flatMap((one) => (one.do === 'broadcast' && one.event.type === 'campaign.opened' ? [one.event] : []))

/** Questions that a subject asked over all customers. */
export const asks = (lab: Lab, query = 'guests'): Gather[] =>
  lab.decisions.flatMap((one) => (one.do === 'gather' && one.gather.query === query ? [one.gather] : []))

/** Tells the answer to the last question: these customers, in this order. `p1@c1` is a contact of company c1. */
export const answer = (lab: Lab, ...names: string[]): Decision[] =>
  answerWith(
    lab,
    names.map((name, index) => {
      const [ref = '', company] = name.split('@')
      return { ref: ref.includes(':') ? ref : `person:${ref}`, orderKey: index, amount: null, company: company ?? null }
    }),
  )

export const answerWith = (lab: Lab, rows: GatheredRow[], query = 'guests'): Decision[] => {
  const wish = asks(lab, query).at(-1)
  if (!wish) throw new Error('nothing was asked')
  const { id, params } = wish
  return lab.feed({ type: 'gathered', id, query, params, rows, total: rows.length })
}

/** What customers answer to a question. */
export const rowsOf = (wish: Gather | undefined, ...customers: Lab[]): GatheredRow[] => {
  const [first] = customers
  if (!wish || !first) return []
  const states = customers.map(({ state }) => state)
  return gatherFrom(states, wish.query, wish.params, first.ctx).rows
}

/** A campaign as its guest p1 hears of it. */
export const openedOf = (code: string, fields: Fields = {}): OpenedCampaign => {
  const lab = salon(code, fields)
  const event = broadcasts(answer(lab, 'p1')).at(-1)
  if (!event) throw new Error('not opened')
  return event.campaign
}

/** A person with so many yuan, told of the campaign. */
export const customer = (yuan: number, opened: OpenedCampaign): Lab => {
  const lab = person(yuan)
  tell(lab, opened)
  return lab
}
export const person = (yuan: number, fields: Fields = {}, id = 'p1'): Lab => {
  const lab = Lab.of(`person:${id}`)
  lab.known(fields)
  lab.balance(yuan)
  return lab
}
export const tell = (lab: Lab, campaign: OpenedCampaign): Decision[] =>
  lab.feed({ type: 'campaign.opened', id: `o${JSON.stringify(campaign)}`, campaign })
export const place = (lab: Lab): Fields => lab.written('participation', 'person:p1/guest/k1')
export const seat = (lab: Lab, fields: Fields): Decision[] => {
  lab.now += 60_000
  return lab.save('participation', 's1', { ladderKey: 'person:p1/guest/k1', campaign: 'k1', person: 'p1', ...fields })
}
export const work = (lab: Lab): string[] => lab.open('person:p1/campaign/k1/')

/** Yuan of somebody whom the template is for, and of somebody whom it isn't. */
export const audiences: [code: string, fits: number, passes: number][] = [
  ['CAMP-S1', 80_000, 10_000],
  ['CAMP-S2', 500_000, 80_000],
  ['CAMP-S3', 20_000, 19_999],
  ['CAMP-S5', 30_000, 500_000],
  ['CAMP-INT', 80_000, 10_000],
]
