import type { Row } from '../crm/index.ts'
import { type Day, edit } from './day.ts'
import { personName, fullName } from '../names.ts'

/** A salon of the play: launched on one working day, held so many working days later. */
const SALONS = [
  { template: 'CAMP-S1', launchOn: 1, after: 18 },
  { template: 'CAMP-S2', launchOn: 24, after: 14 },
] as const

/** Launches salons from their templates, invites, and enters who came (CAMP-S1, CAMP-S2). */
export const campaignsOn = async (day: Day): Promise<void> => {
  for (const salon of SALONS) if (salon.launchOn === day.number) await launch(day, salon)
  for (const campaign of await day.world.crm.list('campaign')) {
    const guests = await day.world.crm.list('participation', { campaign: [campaign.id] })
    const heldOn = day.calendar.dateOf(Date.parse(String(campaign.fields.heldOn)))
    if (day.date < heldOn) invite(day, guests)
    else if (campaign.fields.status === 'PLANNED' && day.date > heldOn) close(day, campaign, guests)
  }
}

const launch = async ({ world, calendar, date }: Day, { template, after }: (typeof SALONS)[number]): Promise<void> => {
  const [row] = await world.crm.list('campaignTemplate', { code: [template] })
  if (!row) throw new Error(`there is no template ${template}`)
  const launchOn = new Date(calendar.instantOf(calendar.addWorkingDays(date, after), '14:30')).toISOString()
  await world.crm.edit('campaignTemplate', [{ id: row.id, fields: { launchOn } }])
}

/** Invitations go out over some days; most who were reached say yes. */
const invite = (day: Day, guests: Row[]): void => {
  for (const { id, fields } of guests) {
    const state = fields.invite
    const random = day.random.of(id)
    if (state === 'TO_INVITE' && random.chance(0.3)) edit(day, 'participation', { id, fields: { invite: 'INVITED' } })
    if (state === 'INVITED' && random.chance(0.35))
      edit(day, 'participation', { id, fields: { invite: random.chance(0.7) ? 'CONFIRMED' : 'DECLINED' } })
  }
}

/** The morning after: attendance, friends and outcomes. */
const close = (day: Day, campaign: Row, guests: Row[]): void => {
  let leads = 0
  for (const { id, fields } of guests) {
    const state = fields.invite
    if (state !== 'CONFIRMED') {
      if (state === 'INVITED') edit(day, 'participation', { id, fields: { attendance: 'ABSENT' } })
      continue
    }
    const random = day.random.of(id)
    const came = random.chance(0.85)
    const broughtFriend = came && random.chance(0.35)
    if (broughtFriend) leads++
    edit(day, 'participation', {
      id,
      fields: {
        attendance: came ? 'CAME' : 'ABSENT',
        broughtFriend,
        ...(broughtFriend ? { friendName: fullName(personName(random)), outcome: '朋友留下联系卡片' } : {}),
      },
    })
  }
  edit(day, 'campaign', {
    id: campaign.id,
    fields: { status: 'HELD', leads, products: day.random.int(2, 6), balanceWon: day.random.int(30, 120) * 1_000_000 },
  })
}
