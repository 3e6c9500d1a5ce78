import { describe, expect, it } from 'vitest'
import { behind } from './behind.ts'

describe('customers behind a figure', () => {
  it('MEAS-PIPE: a stage, its conversion and its days lead to those in the stage', () => {
    for (const more of ['', '/CONVERSION', '/DAYS'])
      expect(behind('MEAS-PIPE', `DEV_A/DEV_A03${more}`)).toEqual({ figure: 'stage/DEV_A/DEV_A03' })
  })

  it('MEAS-TIER: a tier leads to its customers, a move to those who have the new tier', () => {
    expect(behind('MEAS-TIER', 'MID')).toEqual({ tier: 'MID' })
    expect(behind('MEAS-TIER', 'MASS→MID')).toEqual({ tier: 'MID' })
  })

  it('MEAS-CONT: overdue contacts lead to who is overdue, others to the tier by date', () => {
    expect(behind('MEAS-CONT', 'HIGH/OVERDUE')).toEqual({ figure: 'overdue/HIGH' })
    expect(behind('MEAS-CONT', 'HIGH/MADE')).toEqual({ tier: 'HIGH', sort: 'contact' })
    expect(behind('MEAS-CONT', 'CALLS/MADE')).toBeNull()
    expect(behind('MEAS-CONT', 'HIGH/DUE')).toEqual({ tier: 'HIGH', sort: 'due' })
  })

  it('MEAS-ESC: a level of a cause leads to who is on it, whatever was answered; other figures to the cause', () => {
    expect(behind('MEAS-ESC', 'ESC_MOVE/2')).toEqual({ figure: 'escalation/ESC_MOVE/2/' })
    expect(behind('MEAS-ESC', 'ESC_MOVE/2/OPEN')).toEqual({ figure: 'escalation/ESC_MOVE/2/OPEN' })
    expect(behind('MEAS-ESC', 'ESC_MOVE/TO_RESOLVE')).toEqual({ figure: 'escalation/ESC_MOVE/' })
  })

  it('TIER-ALLOC: a value tier and a kind of product lead to who has them', () => {
    expect(behind('TIER-ALLOC', 'VIP')).toEqual({ figure: 'value/VIP' })
    expect(behind('TIER-ALLOC', 'PAYROLL')).toEqual({ figure: 'uses/PAYROLL' })
  })

  it('MEAS-4x2: what can be counted by customer is, an average leads to all', () => {
    expect(behind('MEAS-4x2', 'SLEEPING')).toEqual({ figure: 'sleeping/' })
    expect(behind('MEAS-4x2', 'PRODUCTS_PER_CUSTOMER')).toEqual({})
    expect(behind('MEAS-4x2', 'LOSS_RATE')).toBeNull()
    expect(behind('MEAS-CAMP', 'CAMP-S1/LEADS')).toBeNull()
  })
})
