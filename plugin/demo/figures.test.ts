import { describe, expect, it } from 'vitest'
import type { Row } from './crm/index.ts'
import { campaignsOf, campaignsOfTasks, escalationsOf, escalationsToldBy, tasksOf, tiersOf } from './figures.ts'
import { fullName, partsOf } from './names.ts'
import { printed } from './print.ts'
import type { DemoSummary } from './summary.ts'

let made = 0
const row = (fields: Row['fields']): Row => ({ id: String(++made), fields })
const escalation = (status: string, level: number, cause: string): Row => row({ status, level, cause })

describe('figures of the trial run', () => {
  it('customers by tier in the order of the scheme, those without a tier last (TIER-CORP)', () => {
    const rows = [row({ ladderTier: 'MID' }), row({ ladderTier: null }), row({ ladderTier: 'GOLD' }), row({})]
    const counts = tiersOf(rows, 'company').filter(({ count }) => count > 0)
    expect(counts.map(({ code, count }) => [code, count])).toEqual([
      ['GOLD', 1],
      ['MID', 1],
      ['UNRATED', 2],
    ])
  })

  it('tasks: a late one is open and its day is over, a done one is neither', () => {
    const late = { ladderKind: 'CONTACT', dueAt: '2026-09-17T09:00:00.000Z' }
    const rows = [
      row({ ...late, status: 'TODO' }),
      row({ ...late, status: 'DONE' }),
      row({ ...late, status: 'IN_PROGRESS', dueAt: '2026-09-19T09:00:00.000Z' }),
    ]
    const tasks = tasksOf(rows, Date.parse('2026-09-18T00:00:00.000Z'))
    expect(tasks).toMatchObject({ open: 2, overdue: 1, done: 1, kinds: [{ code: 'CONTACT', count: 2, overdue: 1 }] })
  })

  it('escalations are the same from records and from Ladder’s summary, but for what was resolved by cause', () => {
    const records = escalationsOf([
      escalation('OPEN', 2, 'ESC_MOVE'),
      escalation('ACKNOWLEDGED', 1, 'ESC_STALL'),
      escalation('RESOLVED', 1, 'ESC_MOVE'),
    ])
    const told = escalationsToldBy({
      escalations: {
        open: 1,
        acknowledged: 1,
        resolved: 1,
        byLevel: { '2': 1, '1': 1 },
        byCause: { ESC_MOVE: 1, ESC_STALL: 1 },
      },
    })
    expect(told).toEqual({ ...records, causes: records.causes.map((cause) => ({ ...cause, resolved: null })) })
    expect(records.causes.find(({ code }) => code === 'ESC_MOVE')).toMatchObject({ count: 1, resolved: 1 })
  })

  it('a campaign counts its own guests; without a record it is told by its tasks, in order of time (CAMP-S1)', () => {
    const campaign = row({ name: 'S', templateCode: 'CAMP-S1', heldOn: '2026-09-18', status: 'HELD', attended: 1 })
    const guests = [row({ campaign: campaign.id }), row({ campaign: 'another' })]
    expect(campaignsOf([campaign], guests)).toMatchObject([{ guests: 1, attended: 1, status: { en: 'Held' } }])
    const tasked = campaignsOfTasks([
      { template: 'CAMP-S2', heldOn: '2026-10-09T06:30:00.000Z', guests: 2 },
      { template: 'CAMP-S1', heldOn: '2026-09-18T06:30:00.000Z', guests: 3 },
    ])
    expect(tasked.map(({ template, guests: count, status }) => [template, count, status])).toEqual([
      ['CAMP-S1', 3, null],
      ['CAMP-S2', 2, null],
    ])
  })

  it.each(['王志强', 'Anna Baker', '恒泰'])('%s is made of its parts', (name) => {
    expect(fullName(partsOf(name))).toBe(name)
  })
})

const summary: DemoSummary = {
  crm: { en: 'HubSpot', zh: 'HubSpot' },
  at: '2026-09-18T10:00:00.000Z',
  weeks: 1,
  seed: 1,
  customers: { total: 1, companies: 1, people: 0, companyTiers: [], personTiers: [] },
  developments: { total: 0, stages: [], movesPutBack: 0 },
  tasks: { open: 0, overdue: 0, done: 0, kinds: [] },
  escalations: { open: 1, acknowledged: 0, resolved: 4, levels: [{ level: 1, count: 1 }], causes: [] },
  ratings: { rated: 1, total: null, changes: null },
  campaigns: campaignsOfTasks([{ template: 'CAMP-S1', heldOn: '2026-09-18T06:30:00.000Z', guests: 3 }]),
  elsewhere: { escalations: 'ladder', campaigns: 'tasks' },
  events: { facts: 0, edits: 0, webhooks: 0, crmCalls: 0 },
  health: { ok: true, inbox: 0, outbox: 0, deadLetters: 0 },
}

describe('the summary as people read it', () => {
  it('says where figures come from that the CRM has no records of, and leaves out what nobody has', () => {
    const text = printed(summary).join('\n')
    expect(text).toMatch(/Ladder 的汇总接口[^]*Ladder’s summary API/)
    expect(text).toContain('名单 guests 3')
    expect(text).not.toMatch(/null|undefined|invited/)
  })

  it('says nothing of that where the CRM has all records', () => {
    const ratings = { rated: 1, total: 2, changes: 1 }
    expect(printed({ ...summary, ratings, elsewhere: {} }).join('\n')).not.toContain('summary API')
  })
})
