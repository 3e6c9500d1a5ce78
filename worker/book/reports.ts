import type { Fields } from '../../schemas/events/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Context } from '../method/context.ts'
import { type Answer, gatherFrom } from '../method/gather/index.ts'
import type { Seen } from '../method/measures/report.ts'
import type { ShadowReport } from '../method/shadow/index.ts'
import type { SubjectState } from '../method/state.ts'
import { shadow } from './shadow.ts'
import { MOST_SLICES, SLICE } from './slices.ts'
import type { Subjects } from './subjects.ts'
import { addUp, emptySummary, type Summary } from './summary.ts'

/** What is asked of all customers of a Book, read a few at a time. Nothing is written. */
export class Reports {
  readonly #subjects: Subjects

  constructor(subjects: Subjects) {
    this.#subjects = subjects
  }

  /** Figures over all customers; `seen`: over those alone that may be seen. */
  summary(seen: Seen | null): Summary {
    const summary = emptySummary()
    if (seen)
      for (const ref of this.#subjects.figures.roster.own('ref', seen)) {
        const state = this.#subjects.load(ref)
        if (state) addUp(summary, state)
      }
    else this.#each((state) => addUp(summary, state))
    return summary
  }

  /** What a page of customers after `after` answers to a question; `next`: where to go on, null at the end. */
  gather(
    query: string,
    params: Fields,
    after: string,
    ctx: Context | undefined,
    seen?: Seen,
  ): Answer & { next: string | null } {
    let answer: Answer = { rows: [], total: 0 }
    let last = after
    for (let slice = 0; slice < MOST_SLICES; slice++) {
      const states = this.#subjects.page(last, SLICE)
      if (!ctx || states.length === 0) return { ...answer, next: null }
      answer = gatherFrom(states, query, params, ctx, answer, seen)
      last = states.at(-1)?.ref ?? last
    }
    return { ...answer, next: last }
  }

  /** What would change if a draft were in force. */
  shadow(draft: Playbook, ctx: Context | undefined): ShadowReport {
    return shadow(draft, ctx, (visit) => this.#each(visit))
  }

  #each(visit: (state: SubjectState) => void): void {
    let page = this.#subjects.page('', SLICE)
    while (page.length > 0) {
      page.forEach(visit)
      page = this.#subjects.page(page.at(-1)?.ref ?? '', SLICE)
    }
  }
}
