import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseRef } from '../../schemas/events/keys.ts'
import { countIn } from '../../worker/method/measures/index.ts'
import { FLOWS, parseKey, type Figures } from '../../worker/method/measures/keys.ts'
import { Ledger } from '../../worker/method/measures/kit.ts'
import { measures } from '../../worker/method/measures/report.ts'
import { Lab } from '../../worker/method/stages/kit.ts'
import { objectOf, own, step } from './absurd.ts'

const REFS = ['company:c1', 'person:p1', 'company:x1', 'campaign:k1']
const flows: ReadonlySet<string> = new Set(FLOWS)

const stocks = (figures: Figures): Figures =>
  Object.fromEntries(
    Object.entries(figures)
      .filter(([key, value]) => value !== 0 && !flows.has(parseKey(key)?.name ?? ''))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** What all subjects come to when they are counted at once, from nothing. */
const recount = (labs: Lab[]): Figures => {
  const whole: Figures = {}
  for (const lab of labs)
    for (const [key, by] of Object.entries(countIn(lab.state, lab.ctx, null).change))
      whole[key] = (whole[key] ?? 0) + by
  return stocks(whole)
}

const towns = fc.record({
  fields: fc.tuple(...REFS.map(own)),
  steps: fc.array(fc.tuple(fc.nat(REFS.length - 1), step), { maxLength: 25 }),
})

it('MEAS-4x2, MEAS-TIER, MEAS-PIPE, MEAS-CONT, MEAS-CAMP, MEAS-ESC: figures that are kept are those of counting all again, and who leaves is out', () => {
  fc.assert(
    fc.property(towns, ({ fields, steps }) => {
      const ledger = new Ledger()
      const labs = REFS.map((ref, index) => {
        const lab = Lab.of(ref)
        lab.save(objectOf(ref), parseRef(ref).id, fields[index] ?? {})
        ledger.look(lab)
        return lab
      })
      let seq = 0
      for (const [index, one] of steps) {
        const lab = labs[index]
        if (!lab) continue
        lab.now += 60_000
        const { object = '', id = '', deleted = false, fields: set = {} } = 'record' in one ? one.record : {}
        if ('record' in one) lab.save(object, id, set, { deleted })
        else if ('data' in one) lab.fact(one.data, `f${++seq}`, one.at)
        else lab.until(`${new Date(lab.now + one.days * 86_400_000).toISOString().slice(0, 10)} 20:00`)
        ledger.look(lab)
      }
      for (const lab of labs) ledger.look(lab)
      expect(stocks(ledger.now)).toEqual(recount(labs))
      for (const { id, code, unit, now } of measures({ now: ledger.now, before: {}, earlier: {} }))
        if (unit === 'percent' && now !== null) expect([id, code, now >= 0 && now <= 100]).toEqual([id, code, true])
      for (const lab of labs) ledger.leave(lab)
      expect(stocks(ledger.now)).toEqual({})
    }),
    { numRuns: 150 },
  )
})
