import type { World } from './ladder.ts'

/** An escalation as far as people see it. Times are ISO instants. */
export interface Escalation {
  key: string
  cause: string
  status: string
  level: number
  climbsAt: string | null
}

/**
 * Escalations of a company: records of the CRM, or, where it has no place for them, what Ladder itself says. Found by their
 * key: a company that is gone is taken off its records.
 */
export const escalationsOf = async (bank: World, company: string): Promise<Escalation[]> => {
  if (!bank.crm.carries('escalation')) {
    const known = await bank.explain(`company:${company}`)
    return Object.values(known?.state.escalations ?? {}).map(({ key, cause, status, level, climbsAt }) => {
      return { key, cause, status, level, climbsAt }
    })
  }
  return bank.crm
    .list('escalation')
    .map(({ ladderKey, cause, status, level, climbsAt }) => ({
      key: String(ladderKey),
      cause: String(cause),
      status: String(status),
      level: Number(level),
      climbsAt: typeof climbsAt === 'string' ? climbsAt : null,
    }))
    .filter(({ key }) => key.startsWith(`company:${company}/`))
}
