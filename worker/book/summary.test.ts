import { describe, expect, it } from 'vitest'
import type { RecordSnapshot } from '../../schemas/events/index.ts'
import { newSubject, type SubjectState } from '../method/state.ts'
import { addUp, emptySummary } from './summary.ts'

const AT = '2026-03-02T02:00:00.000Z'
const seat = (id: string, campaign: string, deleted = false): Record<string, RecordSnapshot> => ({
  [id]: {
    object: 'participation',
    id,
    at: AT,
    createdAt: AT,
    deleted,
    fields: { campaign, ladderKey: `k/${campaign}` },
  },
})
const summaryOf = (...states: SubjectState[]) => {
  const summary = emptySummary()
  for (const state of states) addUp(summary, state)
  return summary
}

describe('the summary of a Book', () => {
  it('TIER-RERATE: counts ratings by Ladder’s own state, whether or not the CRM has a place for them', () => {
    const state = { ...newSubject('company:1'), rated: { count: 3, key: 'r/3' } }
    expect(summaryOf(state).ratings).toBe(3)
    const before = newSubject('company:2')
    before.records = {
      tierRating: { '7': { object: 'tierRating', id: '7', at: AT, createdAt: AT, deleted: false, fields: {} } },
    }
    expect(summaryOf(before).ratings).toBe(1)
  })

  it('CAMP-S1: counts a guest once for each campaign, by rule or by hand, and nobody who was taken off', () => {
    const state = newSubject('company:1')
    state.launched = { A: 'k/A', B: 'k/B' }
    state.records = { participation: { ...seat('1', 'A'), ...seat('2', 'B', true), ...seat('3', 'C') } }
    const campaign = newSubject('campaign:A')
    campaign.records = { participation: seat('1', 'A') }
    expect(summaryOf(state, campaign).guests).toBe(2)
    // without records, as on deals
    state.records = {}
    expect(summaryOf(state).guests).toBe(2)
  })
})
