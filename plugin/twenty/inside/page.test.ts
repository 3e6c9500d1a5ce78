import { describe, expect, it } from 'vitest'
import { developmentOf, dueOf, nameOf, pageOf } from './page.ts'
import { NOW, rows, TODAY } from './testing.ts'

const page = pageOf(rows(), NOW, TODAY)

describe('what the Ladder tab shows of a customer', () => {
  it('TIER-CORP, TIER-CONTACT: the tier with why, the next rating, and how overdue the next contact is', () => {
    expect(page.customer).toMatchObject({
      tier: { en: 'Gold', zh: '黄金' },
      why: 'TIER_CORP-1',
      nextRating: { on: '2026-12-05', nearness: 'soon', days: 9 },
      contact: { on: '2026-11-20', nearness: 'overdue', days: -6 },
      contactsPerYear: 12,
    })
  })

  it('DEV-A05: planned visits that are still to come, the next one first', () => {
    expect(page.customer?.planned.map(({ id }) => id)).toEqual(['v3', 'v2'])
  })

  it('ESC-LADDER: what isn’t resolved, highest level first; what is acknowledged has no clock', () => {
    expect(
      page.escalations.map(({ id, isLate, canAcknowledge, climbsAt }) => [id, isLate, canAcknowledge, climbsAt]),
    ).toEqual([
      ['e2', true, true, '2026-11-26T07:00:00.000Z'],
      ['e1', false, false, ''],
    ])
    expect(page.escalations[0]).toMatchObject({ cause: { en: 'Complaint' }, role: { zh: '支行行长' }, level: 2 })
  })

  it('CAMP: campaigns newest first, by the participation’s own name where the campaign is gone', () => {
    expect(page.campaigns.map(({ name, attendance }) => [name, attendance?.en])).toEqual([
      ['Salon', undefined],
      ['Old guest', 'Came'],
    ])
  })

  it('a development without a customer still has its stages', () => {
    const alone = pageOf(rows({ customer: undefined }), NOW, TODAY)
    expect(alone.customer).toBeUndefined()
    expect(alone.developments).toHaveLength(1)
  })
})

describe('what it shows of a development', () => {
  const [development] = page.developments

  it('DEV-A: all 12 stages, those before this one done, and the next', () => {
    expect(development?.stages.map(({ state }) => state)).toEqual(['done', 'now', ...Array<string>(10).fill('ahead')])
    expect(development).toMatchObject({
      next: 'DEV_A03',
      pipeline: { zh: '大客户开发流程' },
      due: { nearness: 'later' },
    })
  })

  it('DEV-A02: this stage’s checklist alone, with what is ticked, and what is missing line by line', () => {
    expect(development?.checklist.map(({ code, isDone }) => [code, isDone])).toEqual([
      ['A02_ISSUED', true],
      ['A02_SPLIT', false],
      ['A02_CHECKED', false],
      ['A02_PLANNED', false],
    ])
    expect(development?.missing).toEqual(['The list is not approved.', 'To do: list checked'])
  })

  it('DEV-A12 has no next stage; a pipeline is known by its stage where it isn’t given', () => {
    expect(developmentOf({ stage: 'DEV_A12' }, TODAY).next).toBeUndefined()
    expect(developmentOf({ stage: 'DEV_C02' }, TODAY).stages.map(({ state }) => state)).toEqual([
      'done',
      'now',
      'ahead',
      'ahead',
    ])
  })

  it('a record with nothing in it shows nothing, and fails on nothing', () => {
    expect(developmentOf({}, TODAY)).toMatchObject({ stages: [], next: undefined, missing: [], checklist: [] })
    expect(
      pageOf(rows({ customer: {}, escalations: [{}], visits: [{}], participations: [{}] }), NOW, TODAY).customer,
    ).toMatchObject({
      tier: undefined,
      contact: { nearness: 'none' },
    })
  })
})

describe('dates and names', () => {
  it('a date is overdue from the day after', () => {
    expect(dueOf('2026-11-26', TODAY)).toMatchObject({ nearness: 'soon', days: 0 })
    expect(dueOf('2026-11-25', TODAY)).toMatchObject({ nearness: 'overdue', days: -1 })
    expect(dueOf('2026-12-11', TODAY).nearness).toBe('later')
    expect(dueOf('no date', TODAY).nearness).toBe('none')
  })

  it('a person has two names', () => {
    expect(nameOf({ firstName: 'Li', lastName: 'Hua' })).toBe('Li Hua')
    expect(nameOf(null)).toBe('')
  })
})
