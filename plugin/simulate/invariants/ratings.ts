import type { Fields, Value } from '../../../schemas/events/index.ts'
import { subjectOfKey } from '../../../schemas/events/keys.ts'
import type { Change } from '../model-crm.ts'
import type { Shell } from '../shell.ts'
import type { Report } from './report.ts'

/** Tiers on customers' records: none without the rating that gave it (TIER-RERATE), in each scheme that keeps a history. */
export class Ratings {
  readonly #shell: Shell
  readonly #report: Report
  /** The tier that was recorded last, by customer and scheme. */
  readonly #recorded = new Map<string, Value>()

  constructor(shell: Shell, report: Report) {
    this.#shell = shell
    this.#report = report
  }

  changed({ record, before }: Change): void {
    const { object, id, fields } = record
    if (object === 'tierRating') {
      const owner = subjectOfKey(String(fields['ladderKey']))
      if (owner !== undefined && isInForce(fields))
        this.#recorded.set(`${owner} ${String(fields['scheme'])}`, fields['newTier'] ?? null)
    }
    if (object !== 'company' && object !== 'person') return
    const ref = `${object}:${id}`
    for (const { id: scheme, subject, field, history } of this.#shell.playbook.source.schemes) {
      const tier = fields[field] ?? null
      if (!history || subject !== object || tier === null || tier === (before?.fields[field] ?? null)) continue
      const recorded = this.#recorded.get(`${ref} ${scheme}`) ?? 'none'
      if (recorded !== tier)
        this.#report.say(
          'history',
          ref,
          `${scheme} says ${String(tier)}, the last rating on record ${String(recorded)}`,
        )
    }
  }
}

/** A proposal is no rating yet. */
const isInForce = ({ approval, effectiveOn = null }: Fields): boolean =>
  effectiveOn !== null && approval !== 'PROPOSED' && approval !== 'REJECTED'
