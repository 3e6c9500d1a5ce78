import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandboxOptions } from '../../sandbox/hubspot/index.ts'
import { install } from './apply.ts'
import { startBench, watched, type Bench } from './testing.ts'
import { verify } from './verify.ts'
import type { Property } from './metadata.ts'

let bench: Bench
const start = async (options: HubspotSandboxOptions): Promise<Bench> => (bench = await startBench(options))
afterEach(() => bench.hubspot.close())

const layout = () => {
  const crm = bench.worker.connections.get('hs-62515')?.crm
  return crm?.kind === 'hubspot' ? crm.layout : undefined
}
const lines = async (carrier: 'auto' | 'custom') =>
  (await install(bench.context({ carrier }), false)).steps[0]?.lines.join('\n')

describe('an account with room for three more custom objects', () => {
  it('carries by deals, and the plan says what custom objects would take', async () => {
    await start({ customObjectLimit: 3 })
    expect(await lines('auto')).toContain('only 3 of 12 custom objects fit; --carrier custom would take development,')
    expect((await install(bench.context(), true)).problems).toEqual([])
    expect(layout()).toMatchObject({ carrier: 'deal', types: { development: '0-3' } })
  })

  it('as asked for, takes the three most needed, says what is left out, and is whole with them', async () => {
    await start({ customObjectLimit: 3 })
    expect(await lines('custom')).toMatch(/left out: campaign: .+\n.*left out: participation: /)
    expect((await install(bench.context({ carrier: 'custom' }), true)).problems).toEqual([])
    expect(Object.keys(layout()?.types ?? {})).toEqual([
      ...['company', 'person', 'visit', 'task'],
      ...['development', 'escalation', 'tierRule'],
    ])
    expect((await verify(bench.context())).problems).toEqual([])
    const writes: string[] = []
    await install(bench.context({}, watched(writes)), true)
    expect(writes).toEqual([])
  })
})

describe('what HubSpot doesn’t tell', () => {
  it('limits that are refused are told, and the rest goes on', async () => {
    await start({ edition: 'professional' })
    const forbidden = { status: 'error', message: 'no', category: 'MISSING_SCOPES' }
    for (const what of ['pipelines', 'custom-properties', 'associations/labels'])
      bench.hubspot.failNext({ match: `/crm/limits/2026-09/${what}`, status: 403, body: forbidden })
    bench.hubspot.failNext({ match: '/crm/limits/2026-09/custom-object-types', status: 404 })
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect(report.steps[0]?.lines.join()).toContain('pipelines (HTTP 403)')
    expect(report.steps[0]?.lines.join()).toContain('custom objects (HTTP 404)')
  })

  it('no more pipeline: named before anything is written', async () => {
    await start({ edition: 'starter' })
    const stages = [{ label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } }]
    await bench.call('makePipeline', { objectType: 'deals' }, { label: 'Theirs', displayOrder: 1, stages })
    const writes: string[] = []
    const report = await install(bench.context({}, watched(writes)), true)
    expect(report.problems).toMatchObject([{ what: '1 more pipeline is needed, and none fits' }])
    expect(writes).toEqual([])
  })
})

describe('a pair of objects that has all its labels', () => {
  it('is not tried: the default association serves, as the plan says', async () => {
    await start({ edition: 'professional' })
    const naming = (objectTypeId: string) => ({ objectTypeId, singularLabel: 'x', pluralLabel: 'x' })
    const pair = { fromObjectType: naming('0-47'), toObjectType: naming('0-2'), allLabels: [] }
    const body = { results: [{ ...pair, limit: 10, usage: 10, percentage: 100 }] }
    bench.hubspot.failNext({ match: '/crm/limits/2026-09/associations/labels', status: 200, body })
    const writes: string[] = []
    const report = await install(bench.context({}, watched(writes)), true)
    expect(report.steps.flatMap((step) => step.lines).join()).toContain('visit.company: there is no room')
    expect(writes).not.toContain('POST /crm/associations/2026-09/meetings/companies/labels')
    expect(Object.keys(layout()?.labels ?? {})).toHaveLength(7)
  })
})

describe('what this account can’t do with tasks', () => {
  const refused = (message: string) => ({ status: 'error', message, category: 'VALIDATION_ERROR' })
  const uniqueIn = async (objectType: string) =>
    (await bench.call<Property>('property', { objectType, propertyName: 'ladder_key' })).hasUniqueValue

  it('unique values: the keys are made without, Ladder is told so, and it says what that means', async () => {
    await start({ edition: 'professional', uniqueActivities: false })
    const plan = await install(bench.context(), false)
    expect(plan.notices.join()).toContain('Whether ladder_key can be unique on visit and task shows when it is made')
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect([await uniqueIn('tasks'), await uniqueIn('meetings'), await uniqueIn('deals')]).toEqual([false, false, true])
    expect(report.steps.flatMap((step) => step.lines).join()).toContain(
      'ladder_key: this account takes no unique values',
    )
    expect(report.notices.join()).toContain('ladder_key is not unique on visit and task in this account')
    expect(layout()?.plainKeys).toEqual(['visit', 'task'])
    const checked = await verify(bench.context())
    expect(checked.problems).toEqual([])
    expect(checked.notices.join()).toContain('by search')
    const writes: string[] = []
    const again = await install(bench.context({}, watched(writes)), true)
    expect(again.problems).toEqual([])
    expect(writes).toEqual([])
    expect(again.notices.join()).toContain('ladder_key is not unique on visit and task')
  })

  it('nor can with tasks alone; made unique later, Ladder is told that too', async () => {
    await start({ edition: 'professional' })
    const message = 'hasUniqueValue is not supported: this object has no unique properties'
    bench.hubspot.failNext({ match: 'POST /crm/properties/2026-09/tasks/batch', status: 400, body: refused(message) })
    bench.hubspot.failNext({ match: /POST .*2026-09\/tasks$/, status: 400, body: refused(message) })
    expect((await install(bench.context(), true)).problems).toEqual([])
    expect(layout()?.plainKeys).toEqual(['task'])
    bench.hubspot.store.type('tasks').properties.delete('ladder_key')
    expect((await install(bench.context(), true)).notices.join()).not.toContain('ladder_key')
    expect(await uniqueIn('tasks')).toBe(true)
    expect(layout()).not.toHaveProperty('plainKeys')
    expect((await verify(bench.context())).problems).toEqual([])
  })

  it('a key of an object of Ladder’s own that is not unique is a fault', async () => {
    await start({})
    await install(bench.context(), true)
    const meta = bench.hubspot.store.type('ladder_escalation').properties.get('ladder_key')
    if (meta) meta.hasUniqueValue = false
    expect((await verify(bench.context())).problems).toMatchObject([
      { where: 'property escalation.ladder_key', what: expect.stringContaining("aren't unique") as string },
    ])
  })

  it('labels: the default association serves, and the layout has none for it', async () => {
    await start({ edition: 'professional' })
    const match = 'POST /crm/associations/2026-09/tasks/'
    bench.hubspot.failNext({ match, status: 400, body: refused('labels are not supported'), times: 3 })
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect(Object.keys(layout()?.labels ?? {}).some((key) => key.startsWith('task.'))).toBe(false)
    expect(layout()?.labels).toHaveProperty('visit.company')
    expect((await verify(bench.context())).notices.join()).toContain('task.ladderCompany')
  })
})
