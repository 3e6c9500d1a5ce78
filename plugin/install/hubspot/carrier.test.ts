import { describe, expect, it } from 'vitest'
import { chooseCarrier, PRIORITY, type Room } from './carrier.ts'

const room = (change: Partial<Room> = {}): Room => ({
  free: 10,
  allowed: true,
  own: new Map(),
  hasDeals: false,
  ...change,
})
const made = (...objects: string[]): Room['own'] => new Map(objects.map((object, at) => [object, `2-${at}`]))

describe('what carries the stages', () => {
  it('custom objects when all ten that are needed fit; working papers and figures where there is room for more', () => {
    expect(chooseCarrier('auto', room())).toMatchObject({
      ok: true,
      carrier: 'custom',
      left: ['workingPaper', 'measure'],
    })
    expect(chooseCarrier('auto', room({ free: 12 }))).toMatchObject({ ok: true, carrier: 'custom', left: [] })
    expect(chooseCarrier('auto', room({ free: undefined }))).toMatchObject({
      carrier: 'custom',
      left: ['workingPaper', 'measure'],
    })
  })

  it('custom objects when those that are missing fit beside those that are there', () => {
    const half = made(...PRIORITY.slice(0, 6))
    expect(chooseCarrier('auto', room({ free: 6, own: half }))).toMatchObject({ carrier: 'custom', left: [] })
  })

  it('deals when not all ten fit, and it says what custom objects would take', () => {
    const choice = chooseCarrier('auto', room({ free: 3 }))
    expect(choice).toMatchObject({ ok: true, carrier: 'deal' })
    expect(choice).toHaveProperty('why', expect.stringContaining('development, escalation, tierRule'))
  })

  it('deals where the edition or the token has no custom objects', () => {
    expect(chooseCarrier('auto', room({ allowed: false, free: undefined }))).toMatchObject({ carrier: 'deal' })
    expect(chooseCarrier('custom', room({ allowed: false }))).toMatchObject({ ok: false })
  })

  it('custom objects when HubSpot does not tell how many fit', () => {
    expect(chooseCarrier('auto', room({ free: undefined }))).toMatchObject({ carrier: 'custom' })
  })

  it('with less room, as asked for: the most needed, and it names what is left out', () => {
    expect(chooseCarrier('custom', room({ free: 3 }))).toMatchObject({
      carrier: 'custom',
      objects: ['company', 'person', 'visit', 'task', 'development', 'escalation', 'tierRule'],
      left: PRIORITY.slice(3),
    })
    expect(chooseCarrier('custom', room({ free: 0 }))).toMatchObject({ ok: false })
  })

  it('stays with what is installed, and does not go over by itself', () => {
    expect(chooseCarrier('auto', room({ hasDeals: true }))).toMatchObject({ carrier: 'deal', why: 'as installed' })
    expect(chooseCarrier('auto', room({ free: 0, own: made('development') }))).toMatchObject({
      carrier: 'custom',
      objects: ['company', 'person', 'visit', 'task', 'development'],
    })
    expect(chooseCarrier('custom', room({ hasDeals: true }))).toMatchObject({ ok: false })
    expect(chooseCarrier('deal', room({ own: made('development') }))).toMatchObject({ ok: false })
  })
})
