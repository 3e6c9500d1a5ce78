import { describe, expect, it } from 'vitest'
import type { Fields, Gather, GatheredRow } from '../../../schemas/events/index.ts'
import { BANK } from '../../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { contributionOf } from '../tiers/attributes.ts'
import { Subject } from '../tiers/kit.ts'
import type { SubjectState } from '../state.ts'
import { type Answer, gatherFrom, joinAnswers } from './index.ts'

const SLICE = 200

/** Asked as the Account does: slice by slice, Book by Book. */
const asked = (states: SubjectState[], query: string, params: Fields, bank: Subject): Answer => {
  const books = [states.filter((_, index) => index % 2 === 0), states.filter((_, index) => index % 2 === 1)]
  return books.reduce<Answer>(
    (whole, book) => {
      let page: Answer = { rows: [], total: 0 }
      for (let from = 0; from < book.length; from += SLICE)
        page = gatherFrom(book.slice(from, from + SLICE), query, params, bank.ctx, page)
      return joinAnswers(query, params, whole, page)
    },
    { rows: [], total: 0 },
  )
}

describe('questions over very many customers', () => {
  it('TIER-RERATE: the share that leaves is exact where more leave than one answer holds', () => {
    const schemes = defaultPlaybook.schemes.map((one) =>
      one.run?.exit ? { ...one, run: { ...one.run, exit: { ...one.run.exit, percent: 95 } } } : one,
    )
    const bank = new Subject(BANK, { schemes })
    const model = new Subject('person:p', { schemes }).known()
    const attributes = { revenue: 0, cost: 1 }
    model.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes })
    const states = Array.from({ length: 6000 }, (_, index): SubjectState => {
      // many bring the same
      const told = [{ stamp: '2026', values: { revenue: 0, cost: 1 + ((index * 7919) % 40) } }]
      const { records } = model.state
      const record = records['person']?.['p']
      if (!record) throw new Error('no record')
      const id = `p${index}`
      return { ...model.state, ref: `person:${id}`, attributes: told, records: { person: { [id]: { ...record, id } } } }
    })
    const run = {
      id: '',
      scheme: 'TIER-VALUE',
      step: 'RATE',
      effectiveOn: null,
      tiers: [],
      by: '',
      reason: '',
    } as const
    bank.feed({ type: 'rating.run', id: 'ask', run: { ...run, tiers: [], exit: null } })
    let passes = 0
    for (let done = 0; ; passes++) {
      const gathers = bank.decisions.flatMap((one): Gather[] => (one.do === 'gather' ? [one.gather] : []))
      const next = gathers.filter(({ query }) => query === 'negatives')[done++]
      if (!next) break
      const { id, query, params } = next
      bank.feed({ type: 'gathered', id, query, params, ...asked(states, query, params, bank) })
    }
    const exits = bank.decisions.flatMap((one) =>
      one.do === 'broadcast' && one.event.type === 'rating.run' ? [one.event.run.exit] : [],
    )
    const sorted = states
      .map((state) => ({ ref: state.ref, contribution: contributionOf(state) ?? 0 }))
      .toSorted((a, b) => a.contribution - b.contribution || (a.ref < b.ref ? -1 : 1))
    expect(exits).toEqual([sorted[5700 - 1] ?? null].map((one) => one && { ...one }))
    expect(passes).toBe(2)
    expect(Object.values(bank.state.runs ?? {})).toMatchObject([{ leaving: 5700, status: 'OPEN' }])
  })

  it('DEV-ACT: calls of 400 RMs on 30 days are all counted', () => {
    const bank = new Subject(BANK)
    const days = Array.from({ length: 30 }, (_, day) => `2026-03-${String(day + 1).padStart(2, '0')}`)
    const states = Array.from({ length: 400 }, (_, rm): SubjectState => {
      const calls = Object.fromEntries(days.map((on) => [on, [rm, 1] as [number, number]]))
      return { ...new Subject(`person:p${rm}`).state, calls: { [`rm${rm}`]: calls } }
    })
    const { rows } = asked(states, 'calls', { from: '2026-03-01', to: '2026-03-31' }, bank)
    expect(rows).toHaveLength(12_000)
    expect(rows.reduce((sum, { made }) => sum + Number(made), 0)).toBe(30 * ((399 * 400) / 2))
  })

  it('ESC-WEEK: with very many RMs each has the most pressing of its own on the list, and the list stays small', () => {
    const matter = (rm: number, n: number): GatheredRow => ({
      ...{ ref: `person:${rm}-${n}`, rm: `rm${rm}`, name: '', tier: '', kind: n === 0 ? 'ESCALATION' : 'CONTACT' },
      ...{ on: '2026-03-02', level: 1, text: '' },
    })
    const rows = Array.from({ length: 1000 }, (_, rm) => Array.from({ length: 9 }, (__, n) => matter(rm, n))).flat()
    const halves = [rows.slice(0, 4000), rows.slice(4000)]
    const whole = halves.reduce<Answer>(
      (known, some) => joinAnswers('weekly', { most: 60 }, known, { rows: some, total: some.length }),
      { rows: [], total: 0 },
    )
    expect(whole.rows).toHaveLength(5000)
    expect(new Set(whole.rows.map(({ rm }) => rm)).size).toBe(1000)
    expect(whole.rows.filter(({ kind }) => kind === 'ESCALATION')).toHaveLength(1000)
    expect(whole.total).toBe(9000)
  })
})
