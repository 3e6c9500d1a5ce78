import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import { recordsOf } from '../../worker/method/playbook/index.ts'
import { type Change, idOfKey } from './model-crm.ts'
import type { Scene } from './scene.ts'
import type { Shell } from './shell.ts'

/** Working days from one launch to the next, so that a year holds each template, and from a launch to its day. */
const EVERY = 14
const AHEAD = 18

/** People launch campaigns from templates one after another, invite, and enter who came. */
export class Salons {
  readonly #templates: RecordSnapshot[] = []
  readonly #guests = new Map<string, Set<string>>()
  /** Campaigns whose day hasn't been entered yet. */
  readonly #running = new Set<string>()
  #launches = 0

  /** The templates of the playbook as the CRM shows them. */
  enter(shell: Shell): void {
    for (const { object, key, fields } of recordsOf(shell.playbook.source)) {
      if (object !== 'campaignTemplate') continue
      const id = idOfKey(key)
      shell.edit(object, id, { ...fields, ladderKey: key, state: 'ACTIVE' })
      const record = shell.crm.get(object, id)
      if (record) this.#templates.push(record)
    }
  }

  noticed({ record, before }: Change): void {
    if (record.object === 'campaign' && !before) this.#running.add(record.id)
    const campaign = record.object === 'participation' && !before ? record.fields['campaign'] : null
    if (typeof campaign !== 'string') return
    const guests = this.#guests.get(campaign) ?? new Set()
    this.#guests.set(campaign, guests.add(record.id))
  }

  work(scene: Scene): void {
    if (scene.day % EVERY === 1) this.#launch(scene)
    for (const id of this.#running) {
      const campaign = scene.shell.crm.get('campaign', id)
      const heldAt = Date.parse(String(campaign?.fields['heldOn']))
      if (!campaign || campaign.deleted || !Number.isFinite(heldAt)) continue
      if (scene.date <= scene.calendar.dateOf(heldAt)) this.#invite(scene, id)
      else this.#close(scene, id)
    }
  }

  #launch({ shell, calendar, date }: Scene): void {
    const template = this.#templates[this.#launches++ % Math.max(1, this.#templates.length)]
    if (!template) return
    const launchOn = new Date(calendar.instantOf(calendar.addWorkingDays(date, AHEAD), '14:30')).toISOString()
    shell.edit('campaignTemplate', template.id, { launchOn })
  }

  #each({ shell }: Scene, campaign: string, visit: (id: string, fields: Fields) => void): void {
    for (const id of this.#guests.get(campaign) ?? []) {
      const seat = shell.crm.get('participation', id)
      if (seat && !seat.deleted) visit(id, seat.fields)
    }
  }

  #invite(scene: Scene, campaign: string): void {
    const { shell, random } = scene
    this.#each(scene, campaign, (id, { invite }) => {
      if (invite === 'TO_INVITE' && random.chance(0.25)) shell.edit('participation', id, { invite: 'INVITED' })
      else if (invite === 'INVITED' && random.chance(0.25))
        shell.edit('participation', id, { invite: random.chance(0.7) ? 'CONFIRMED' : 'DECLINED' })
    })
  }

  /** The day after: attendance, friends, outcomes. */
  #close(scene: Scene, campaign: string): void {
    const { shell, random } = scene
    let leads = 0
    this.#each(scene, campaign, (id, { invite }) => {
      if (invite === 'CONFIRMED') {
        const came = random.chance(0.85)
        const broughtFriend = came && random.chance(0.3)
        if (broughtFriend) leads++
        shell.edit('participation', id, { attendance: came ? 'CAME' : 'ABSENT', broughtFriend })
      } else if (invite === 'INVITED') shell.edit('participation', id, { attendance: 'ABSENT' })
    })
    shell.edit('campaign', campaign, { status: 'HELD', leads, products: random.int(0, 6) })
    this.#running.delete(campaign)
    this.#guests.delete(campaign)
  }
}
