import type { SubjectState } from '../method/state.ts'

/** Figures that a manager reads: counts by code. */
export interface Summary {
  customers: number
  tiers: Record<string, number>
  stages: Record<string, number>
  tasks: { open: number; closed: number; byKind: Record<string, number> }
  escalations: {
    open: number
    acknowledged: number
    resolved: number
    byLevel: Record<string, number>
    byCause: Record<string, number>
  }
  ratings: number
  guests: number
}

export const emptySummary = (): Summary => ({
  customers: 0,
  tiers: {},
  stages: {},
  tasks: { open: 0, closed: 0, byKind: {} },
  escalations: { open: 0, acknowledged: 0, resolved: 0, byLevel: {}, byCause: {} },
  ratings: 0,
  guests: 0,
})

const bump = (counts: Record<string, number>, key: string, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by
}

/** Adds one subject to the figures. */
export const addUp = (summary: Summary, state: SubjectState): void => {
  if (/^(company|person):/.test(state.ref)) {
    summary.customers++
    bump(summary.tiers, state.rating?.tier ?? 'UNRATED')
    summary.guests += placesOf(state).size
  }
  for (const development of Object.values(state.developments)) bump(summary.stages, development.stage)
  for (const [key, task] of Object.entries(state.tasks)) {
    if (task.status === 'CLOSED') summary.tasks.closed++
    else {
      summary.tasks.open++
      bump(summary.tasks.byKind, key.split('/')[1]?.toUpperCase() ?? '')
    }
  }
  for (const escalation of Object.values(state.escalations)) {
    if (escalation.status === 'RESOLVED') summary.escalations.resolved++
    else {
      summary.escalations[escalation.status === 'OPEN' ? 'open' : 'acknowledged']++
      bump(summary.escalations.byLevel, String(escalation.level))
      bump(summary.escalations.byCause, escalation.cause)
    }
  }
  // states of before have no count of their own: the CRM's records were it
  summary.ratings += Math.max(state.rated?.count ?? 0, Object.keys(state.records.tierRating ?? {}).length)
}

/** Campaigns that a customer is a guest of: put on the list by rule, or by a person, of whom the CRM's record tells. */
const placesOf = ({ launched, records, campaigns, ref }: SubjectState): Set<string> => {
  const seats = Object.values(records.participation ?? {})
  const byHand = Object.values(campaigns).filter(({ guests }) => guests.includes(ref))
  const gone = seats.filter(({ deleted }) => deleted).map(({ fields }) => String(fields.campaign ?? fields.ladderKey))
  const there = seats.filter(({ deleted }) => !deleted).map(({ fields }) => String(fields.campaign))
  const own = Object.entries(launched).flatMap(([id, key]) => (gone.includes(id) || gone.includes(key) ? [] : [id]))
  return new Set([...own, ...there, ...byHand.map(({ id }) => id)])
}

/** Figures of several Books as one. */
export const mergeSummaries = (parts: Summary[]): Summary => {
  const whole = emptySummary()
  for (const part of parts) {
    whole.customers += part.customers
    whole.ratings += part.ratings
    whole.guests += part.guests
    whole.tasks.open += part.tasks.open
    whole.tasks.closed += part.tasks.closed
    whole.escalations.open += part.escalations.open
    whole.escalations.acknowledged += part.escalations.acknowledged
    whole.escalations.resolved += part.escalations.resolved
    for (const [into, from] of [
      [whole.tiers, part.tiers],
      [whole.stages, part.stages],
      [whole.tasks.byKind, part.tasks.byKind],
      [whole.escalations.byLevel, part.escalations.byLevel],
      [whole.escalations.byCause, part.escalations.byCause],
    ] as const) {
      for (const [key, count] of Object.entries(from)) bump(into, key, count)
    }
  }
  return whole
}
