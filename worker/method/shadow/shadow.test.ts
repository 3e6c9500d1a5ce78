import { expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { compiled, Subject } from '../tiers/kit.ts'
import { addShadows, emptyShadow, shadowOne } from './index.ts'

const person = (id: string, yuan: number): Subject => {
  const subject = new Subject(`person:${id}`).known({ name: id })
  subject.balance(yuan)
  return subject
}

const changedTable = () => {
  const tables = structuredClone(defaultPlaybook.tables)
  const rules = tables.find(({ code }) => code === 'TIER_CONTACT')?.table.rules
  if (rules?.[1]) rules[1].when = ['[10000..100000]']
  if (rules?.[2]) rules[2].when = ['< 10000']
  return compiled({ ...defaultPlaybook, tables }, 2)
}

it('TIER-RERATE: a shadow run tells who would move in each scheme, and what would follow, and writes nothing', () => {
  const people = [person('a', 20_000), person('b', 5_000), person('c', 20_000)]
  const before = JSON.stringify(people.map(({ state }) => state))
  const ctx = { ...new Subject('person:x').at('2026-08-20 10:00').ctx, playbook: changedTable() }
  const run = (some: Subject[]) => {
    const report = emptyShadow()
    for (const { state } of some) shadowOne(report, structuredClone(state), ctx)
    return report
  }
  const report = run(people)
  expect(report).toMatchObject({
    customers: 3,
    // the strategy is read from the tier, so it moves with it
    moved: 4,
    moves: { 'TIER-CONTACT': { 'MASS → MID': 2 }, 'TIER-BTZ': { 'BIND → LIFT': 2 } },
    // two contacts a year are due sooner than one: the task is due, 10 workdays before the day
    tasks: { CONTACT: 2 },
    escalations: {},
  })
  expect(report.movers[0]).toEqual({
    ...{ ref: 'person:a', name: 'a', scheme: 'TIER-CONTACT', from: 'MASS', to: 'MID', row: 'TIER_CONTACT-2' },
  })
  expect(JSON.stringify(people.map(({ state }) => state))).toBe(before)
  const parts = addShadows([run(people.slice(2)), run(people.slice(0, 2))])
  expect(parts).toEqual(addShadows([report]))
})

it('TIER-RERATE: a month later the same change would be late for its contacts: escalations by cause', () => {
  const ctx = { ...new Subject('person:x').at('2026-09-20 10:00').at('2026-09-21 10:00').ctx, playbook: changedTable() }
  const report = emptyShadow()
  shadowOne(report, structuredClone(person('a', 20_000).state), ctx)
  expect(report.escalations).toEqual({ ESC_CADENCE: 1 })
})

it('the playbook in force moves nobody', () => {
  const subject = person('a', 20_000)
  const report = emptyShadow()
  shadowOne(report, structuredClone(subject.state), subject.ctx)
  expect([report.moved, report.tasks, report.escalations]).toEqual([0, {}, {}])
})
