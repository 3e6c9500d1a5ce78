import type { Fields, RecordSnapshot, Value } from '../../schemas/events/index.ts'
import { type Scene, temperOf } from './scene.ts'
import type { Change } from './model-crm.ts'

/** Chance that an open task of a kind is dealt with at one of the two looks of a day. */
const CHANCE: Record<string, number> = { CONTACT: 0.05, ESCALATION: 0.12, STAGE: 0.1, CONTROL: 0.06, WEEK: 0.5 }
const USUAL = 0.1
/** Of a hundred tasks or escalations so many are never looked at. */
const FORGOTTEN = 12

/** The bank's people: they sometimes do what tasks ask, answer escalations, and decide on proposed ratings. */
export class People {
  readonly #proposals: string[] = []
  #count = 0

  /** Remembers what the grade committee has before it. */
  noticed({ record, before }: Change): void {
    if (record.object !== 'tierRating' || record.fields['approval'] !== 'PROPOSED') return
    if (before?.fields['approval'] !== 'PROPOSED') this.#proposals.push(record.id)
  }

  work(scene: Scene): void {
    this.#tasks(scene)
    this.#escalations(scene)
    this.#committee(scene)
  }

  #tasks(scene: Scene): void {
    const { shell, random } = scene
    for (const { id, fields } of shell.crm.open('task')) {
      // what somebody did a moment ago may have closed it
      if (shell.crm.get('task', id)?.fields['status'] === 'DONE') continue
      const kind = String(fields['ladderKind'])
      if (temperOf(id) < FORGOTTEN || !random.chance(chanceOf(scene, kind, fields['dueAt'] ?? null))) continue
      if (kind === 'CONTACT' && random.chance(0.4)) this.#visit(scene, fields)
      else if (kind === 'ESCALATION' && random.chance(0.6)) shell.edit('task', id, { status: 'IN_PROGRESS' })
      else shell.edit('task', id, { status: 'DONE' })
    }
  }

  /** Contacts are made by visiting, too, and the task is left to Ladder to close. */
  #visit({ shell, date }: Scene, { ladderCompany, ladderPerson }: Fields): void {
    const of: Fields = ladderCompany ? { company: ladderCompany } : { person: ladderPerson ?? null }
    const heldAt = new Date(shell.now - 3_600_000).toISOString()
    shell.edit('visit', `V${++this.#count}`, {
      name: date,
      ...of,
      form: 'VISIT',
      status: 'HELD',
      level: 'RM',
      heldAt,
    })
  }

  /** Most are taken up, many are resolved, and of overdue contacts some by making the contact. */
  #escalations(scene: Scene): void {
    const { shell, random } = scene
    for (const { id, fields } of shell.crm.open('escalation')) {
      if (temperOf(id) < FORGOTTEN || shell.crm.get('escalation', id)?.fields['status'] !== fields['status']) continue
      const { status, cause } = fields
      if (status === 'OPEN' && random.chance(0.02)) {
        this.#putOff(scene, id)
        continue
      }
      if (status === 'OPEN' && random.chance(0.08)) shell.edit('escalation', id, { status: 'ACKNOWLEDGED' })
      else if (status === 'ACKNOWLEDGED' && random.chance(0.1)) {
        if (cause === 'ESC_CADENCE' && random.chance(0.8)) this.#visitFor(scene, fields)
        else if (!this.#reported(scene, id)) continue
        else shell.edit('escalation', id, { status: 'RESOLVED', resolution: '已与客户面谈，明确后续安排。' })
      }
    }
  }

  /** Whether all who act jointly have reported (ESC-MOVE); who hasn't is asked to, and does so now. */
  #reported({ shell }: Scene, escalation: string): boolean {
    const roles = new Set(shell.playbook.source.joint.flatMap(({ work }) => work.map(({ role }) => role)))
    const silent = [...roles]
      .map((role) => `${escalation}~joint~${role}`)
      .filter((id) => (shell.crm.get('task', id)?.fields['status'] ?? 'DONE') !== 'DONE')
    for (const id of silent) shell.edit('task', id, { status: 'DONE' })
    return silent.length === 0
  }

  /** Now and then one is paused, snoozed, or handed to somebody else. */
  #putOff({ shell, random, staff }: Scene, id: string): void {
    const pausedUntil = new Date(shell.now + random.int(1, 6) * 86_400_000).toISOString()
    const dice = random.next()
    if (dice < 0.4)
      shell.edit('escalation', id, { status: 'PAUSED', pausedUntil, pauseReason: '客户外出，约定返回后面谈' })
    else if (dice < 0.8) shell.edit('escalation', id, { status: 'SNOOZED', pausedUntil })
    else shell.edit('escalation', id, { reassignTo: random.pick(staff).id })
  }

  #visitFor(scene: Scene, { company = null, person = null }: Fields): void {
    this.#visit(scene, { ladderCompany: company, ladderPerson: person })
  }

  /** Nine of ten proposals are approved, within some days. */
  #committee({ shell, random }: Scene): void {
    const waiting = this.#proposals.splice(0)
    for (const id of waiting) {
      const rating: RecordSnapshot | undefined = shell.crm.get('tierRating', id)
      if (rating?.fields['approval'] !== 'PROPOSED') continue
      if (!random.chance(0.15)) this.#proposals.push(id)
      else
        shell.edit('tierRating', id, {
          approval: random.chance(0.9) ? 'APPROVED' : 'REJECTED',
          approvedBy: '等级管理委员会',
          reason: '经审议同意评价结论',
        })
    }
  }
}

/** Work of campaigns is done when its day comes near, all else whenever. */
const chanceOf = ({ shell }: Scene, kind: string, dueAt: Value): number => {
  if (kind !== 'CAMPAIGN') return CHANCE[kind] ?? USUAL
  return Date.parse(String(dueAt)) < shell.now + 2 * 86_400_000 ? 0.35 : 0
}
