import type { Meta } from '../shell/meta.ts'
import type { BudgetStatus } from './budget.ts'
import type { Letters } from './letters.ts'
import type { Reach } from './reach.ts'
import type { Spending } from './spending.ts'
import type { ConsentStatus } from './tokens.ts'

/** The last failed call: when (epoch ms) and why. */
export interface Fault {
  at: number
  kind: string
  message: string
}

/** Health of a Courier: figures, and what is in the way. */
export interface CourierStatus {
  waiting: number
  dead: number
  oldestAt: number | null
  fault: Fault | null
  /** The day's calls; null where the CRM doesn't limit them. */
  budget: BudgetStatus | null
  /** Null where the CRM is reached with a token of its own. */
  consent: ConsentStatus | null
  counters: Record<string, number>
}

interface Parts {
  meta: Meta
  letters: Letters
  reach: Reach
  spending: Spending
}

export const statusOf = ({ meta, letters, reach, spending }: Parts, now: number): CourierStatus => {
  const { waiting, dead, oldestAt } = letters.status()
  const { limits, tokens } = reach
  return {
    waiting,
    dead,
    oldestAt,
    fault: meta.get<Fault>('fault') ?? null,
    budget: limits ? spending.budget(now, limits) : null,
    consent: tokens.status(),
    counters: meta.counters(),
  }
}
