import { describe, expect, it } from 'vitest'
import { model, objectDef } from '../../../schemas/model/index.ts'
import { bankOf } from '../bank.ts'
import type { DemoCrm, Edit, Row } from '../crm/index.ts'
import { randomOf } from '../random.ts'
import type { World } from '../world.ts'
import { calendar, type Played, play, startOf } from './play.ts'

/** A CRM that only keeps records, and refuses what every CRM refuses: a relation to a record that isn't there. */
const strictCrm = (isThere: (object: string, id: string) => boolean) => {
  const records = new Map(model.map(({ name }) => [name, new Map<string, Row>()]))
  const of = (object: string): Map<string, Row> => records.get(object) ?? new Map<string, Row>()
  const put = (object: string, { id, fields }: Edit): void => {
    for (const { name, relation } of objectDef(object)?.fields ?? []) {
      const to = fields[name]
      if (!relation || typeof to !== 'string') continue
      if (!of(relation.to).has(to) && !isThere(relation.to, to))
        throw new Error(`${object} ${id}: ${name} points to a ${relation.to} that isn't there: ${to}`)
    }
    of(object).set(id, { id, fields: { ...of(object).get(id)?.fields, ...fields } })
  }
  /** What Ladder does on the way: guests of a salon, a task and an escalation for each. */
  const launch = (template: string, heldOn: unknown): void => {
    const id = `campaign/${template}`
    put('campaign', { id, fields: { template, heldOn: String(heldOn), status: 'PLANNED' } })
    for (const company of [...of('company').keys()].slice(0, 12)) {
      put('participation', { id: `${id}/${company}`, fields: { campaign: id, company, invite: 'TO_INVITE' } })
      put('task', {
        id: `${id}/task/${company}`,
        fields: { ladderCampaign: id, status: 'TODO', ladderKind: 'CONTACT' },
      })
      put('escalation', { id: `${id}/escalation/${company}`, fields: { company, status: 'OPEN' } })
    }
  }
  for (const code of ['CAMP-S1', 'CAMP-S2']) put('campaignTemplate', { id: code, fields: { code } })
  return {
    of,
    edit: (object: string, edits: readonly Edit[]) => {
      for (const one of edits) {
        put(object, one)
        if (object === 'campaignTemplate') launch(one.id, one.fields.launchOn)
      }
      return Promise.resolve()
    },
    list: ((object, where = {}) =>
      Promise.resolve(
        [...of(object).values()].filter(({ fields }) =>
          Object.entries(where).every(([name, values]) => values.includes(String(fields[name]))),
        ),
      )) satisfies DemoCrm['list'],
  }
}

/** Plays the weeks that end at an instant against such a CRM, without Ladder. */
const playUntil = async (end: number, weeks: number, customers: number) => {
  const random = randomOf(2026)
  const bank = bankOf(random, customers)
  const staff = new Set(bank.staff.map(({ id }) => id))
  const crm = strictCrm((object, id) => object === 'workspaceMember' && staff.has(id))
  const start = startOf(end, weeks)
  if (start > end) throw new Error('the weeks begin after their end')
  let now = start
  const world = {
    crm,
    now: () => now,
    moveTo: (instant: number) => {
      if (instant < now && now !== end) throw new Error(`the clock goes back to ${new Date(instant).toISOString()}`)
      now = Math.max(now, instant)
      return Promise.resolve()
    },
    ask: () => Promise.resolve({ active: { source: {} } }),
    facts: () => Promise.resolve(),
  }
  const played = await play(world as unknown as World, bank, random, end, () => undefined)
  return { played, crm, now }
}

const datesFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => calendar.addDays(first, index))

describe('the weeks of the trial run, for every day on which somebody may try it', () => {
  it('the model names each object after those that it points to', () => {
    const names = model.map(({ name }) => name)
    const early = model.flatMap(({ name, fields }, index) =>
      fields.flatMap(({ relation }) =>
        relation && names.indexOf(relation.to) > index ? [`${name} → ${relation.to}`] : [],
      ),
    )
    expect(early).toEqual([])
  })

  it.each([
    ['2026', datesFrom('2026-01-01', 365)],
    ['early 2027, whose holidays are not known yet', datesFrom('2027-01-01', 60)],
  ])('six weeks that end on any day of %s break nowhere', async (_, dates) => {
    for (const date of dates) {
      const end = calendar.instantOf(date, '18:00')
      const { played, crm, now } = await playUntil(end, 6, 300).catch((error: unknown) => {
        throw new Error(`weeks that end on ${date}: ${String(error)}`)
      })
      expect(now, date).toBe(end)
      expect(played.facts, date).toBeGreaterThan(900)
      expect(crm.of('development').size, date).toBeGreaterThan(15)
      expect(
        [...crm.of('campaign').values()].map(({ fields }) => fields.status),
        date,
      ).toContain('HELD')
    }
  })

  it.each([1, 2, 26])('nor do %i weeks, at whatever hour they end', async (weeks) => {
    for (const [index, date] of datesFrom('2026-02-01', 300).entries()) {
      if (weeks > 2 && index % 25 !== 0) continue
      const clock = ['00:00', '08:00', '09:15', '13:59', '16:20', '23:59'][index % 6] ?? ''
      const end = calendar.instantOf(date, clock)
      const { now, played } = await playUntil(end, weeks, 90).catch(
        (error: unknown): { now: number; played: Played } => {
          throw new Error(`${weeks} weeks that end on ${date} ${clock}: ${String(error)}`)
        },
      )
      expect(now, `${date} ${clock}`).toBe(end)
      expect(played.facts, `${date} ${clock}`).toBeGreaterThan(150)
    }
  })
})
