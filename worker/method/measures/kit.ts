import type { Subject } from '../tiers/kit.ts'
import { type Counted, countIn, countOut, newlyKnown } from './index.ts'
import { add, type Figures } from './keys.ts'
import { measures, type Row } from './report.ts'

/** Figures of several subjects as a Book adds them up, with their values at the end of each day asked for. */
export class Ledger {
  readonly figures: Figures = {}
  readonly #counted = new Map<Subject, Counted>()

  look(subject: Subject): this {
    const { change, counted } = countIn(
      subject.state,
      subject.ctx,
      this.#counted.get(subject) ?? newlyKnown(subject.now),
    )
    for (const key in change) add(this.figures, key, change[key])
    this.#counted.set(subject, counted)
    return this
  }

  leave(subject: Subject): void {
    const counted = this.#counted.get(subject)
    if (counted) for (const [key, value] of Object.entries(countOut(counted))) add(this.figures, key, value)
    this.#counted.delete(subject)
  }

  get now(): Figures {
    return { ...this.figures }
  }
}

export const rowsOf = (now: Figures, before: Figures = {}, earlier: Figures = {}) => {
  const rows = measures({ now, before, earlier })
  return (id: string, code: string): Pick<Row, 'now' | 'before'> | undefined => {
    const row = rows.find((one) => one.id === id && one.code === code)
    return row && { now: row.now, before: row.before }
  }
}
