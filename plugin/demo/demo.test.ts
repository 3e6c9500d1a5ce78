import { execFile } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DemoSummary } from './summary.ts'

const SHORT = ['--once', '--json', '--weeks', '1', '--customers', '60', '--until', '2026-09-18']

/** One run as a person starts it, a week of few customers. */
const run = (...options: string[]): Promise<{ code: number; summary: DemoSummary }> =>
  new Promise((done, fail) => {
    const args = [`${import.meta.dirname}/main.ts`, ...SHORT, ...options]
    const child = execFile(process.execPath, args, { maxBuffer: 1 << 24 }, (_error, out, errors) => {
      try {
        done({ code: child.exitCode ?? -1, summary: JSON.parse(out) as DemoSummary })
      } catch {
        fail(new Error(errors))
      }
    })
  })

const RUNS = {
  Twenty: [],
  'HubSpot, custom objects': ['--crm', 'hubspot'],
  'HubSpot, deals': ['--crm', 'hubspot', '--carrier', 'deal'],
}

describe.each(Object.entries(RUNS))('the trial run on %s', (name, options) => {
  let summary: DemoSummary
  let code: number

  beforeAll(async () => {
    const ran = await run(...options)
    code = ran.code
    summary = ran.summary
  }, 240_000)

  it('ends well, with nothing left undone', () => {
    expect(code).toBe(0)
    expect(summary.health).toEqual({ ok: true, inbox: 0, outbox: 0, deadLetters: 0 })
  })

  it('tells the same story as on any other CRM', () => {
    const { customers, developments, tasks, campaigns } = summary
    const figures = {
      tiers: [...customers.companyTiers, ...customers.personTiers].map(({ code: tier, count }) => `${tier} ${count}`),
      stages: developments.stages.map(({ id, count }) => `${id} ${count}`),
      kinds: tasks.kinds.map(({ code: kind }) => kind),
      campaigns: campaigns
        .filter(({ template }) => template !== 'CAMP-HOL')
        .map(({ template, guests }) => `${template} ${guests}`),
    }
    expect(figures).toEqual({
      tiers: ['GOLD 5', 'HIGH_END 2', 'MID 2', 'GENERAL 11', 'HIGH 2', 'MID 11', 'MASS 27'],
      stages: ['DEV-A01 4', 'DEV-A02 3', 'DEV-A03 3', 'DEV-A04 1'],
      kinds: ['CONTACT', 'STAGE', 'CAMPAIGN', 'ESCALATION', 'CONTROL', 'WEEK', 'VISIT', 'OCCASION'],
      campaigns: ['CAMP-S1 13'],
    })
  })

  it('CAMP-HOL: the festivals to come are proposed, where campaigns are records', () => {
    const proposed = summary.campaigns.filter(({ template }) => template === 'CAMP-HOL')
    expect(proposed).toHaveLength(name === 'HubSpot, deals' ? 0 : 3)
  })

  it('has escalations at work, and says where its figures come from', () => {
    const { open, acknowledged, resolved } = summary.escalations
    expect(open + acknowledged + resolved).toBeGreaterThan(0)
    const isDeal = name === 'HubSpot, deals'
    expect(summary.elsewhere).toEqual(isDeal ? { escalations: 'ladder', campaigns: 'tasks' } : {})
    expect(summary.ratings.total === null).toBe(isDeal)
  })
})
