import type { CampaignOpened, Decision, Fields, OpenedCampaign } from '../../../schemas/events/index.ts'
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
export const openedOf = (code: string, fields: Fields = {}): OpenedCampaign => {
  const event = broadcasts(salon(code, fields).decisions).at(-1)
  if (!event) throw new Error('not opened')
  return event.campaign
}

/** A person with so many yuan, told of the campaign. */
export const customer = (yuan: number, opened: OpenedCampaign): Lab => {
  const lab = Lab.of('person:p1')
  lab.known()
  lab.balance(yuan)
  tell(lab, opened)
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
]
