import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { install } from './apply.ts'
import { startBench, watched, type Bench } from './testing.ts'
import { verify } from './verify.ts'
import type { Pipeline, Property } from './metadata.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ edition: 'professional' })
})
afterEach(() => bench.hubspot.close())

const companies = { objectType: 'companies' }
const tier = { ...companies, propertyName: 'ladder_tier' }
const own = (change: object = {}) => ({
  name: 'ladder_tier',
  label: 'Our tier',
  type: 'string',
  fieldType: 'text',
  groupName: 'companyinformation',
  ...change,
})

const apply = async (write = true) => {
  const writes: string[] = []
  return { report: await install(bench.context({}, watched(writes)), write), writes }
}
const tierNow = () => bench.call<Property>('property', tier)

describe('what an owner has under a name that Ladder needs', () => {
  const expectClash = async (what: RegExp): Promise<void> => {
    for (const write of [false, true]) {
      const { report, writes } = await apply(write)
      expect(report.ok).toBe(false)
      expect(report.problems).toMatchObject([
        { where: expect.stringContaining('ladder_') as string, what: expect.stringMatching(what) as string },
      ])
      expect(report.problems[0]?.todo).not.toBe('')
      expect(writes).toEqual([])
    }
    expect(bench.worker.connections.size).toBe(0)
  }

  it('a property: named, with the page where it is, and nothing is written', async () => {
    await bench.call('makeProperty', companies, own())
    await expectClash(/Our tier.*isn't Ladder's/)
    const { report } = await apply(false)
    expect(report.problems[0]?.todo).toContain('https://app.hubspot.com/property-settings/62515/properties?type=0-2')
    expect((await tierNow()).label).toBe('Our tier')
  })

  it('a property in the bin: it isn’t brought back as Ladder’s', async () => {
    await bench.call('makeProperty', companies, own())
    await bench.call('dropProperty', tier)
    await expectClash(/archived property/)
  })

  it('a property of Ladder’s group with another type', async () => {
    await bench.call('makeGroup', companies, { name: 'ladder', label: 'Ladder' })
    await bench.call('makeProperty', companies, own({ groupName: 'ladder' }))
    await expectClash(/of type string, Ladder needs enumeration/)
  })

  it('a pipeline of the same label', async () => {
    const stage = { label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } }
    await bench.call(
      'makePipeline',
      { objectType: 'deals' },
      { label: '大客户开发流程', displayOrder: 1, stages: [stage] },
    )
    await expectClash(/大客户开发流程/)
  })

  it('a custom object', async () => {
    await bench.hubspot.close()
    bench = await startBench()
    const properties = [{ name: 'title', label: 'Title', type: 'string', fieldType: 'text' }]
    const labels = { singular: 'Escalation', plural: 'Escalations' }
    const lists = {
      requiredProperties: [],
      searchableProperties: [],
      secondaryDisplayProperties: [],
      associatedObjects: [],
    }
    const title = { primaryDisplayProperty: 'title', allowsSensitiveProperties: false }
    const body = { name: 'ladder_escalation', labels, properties, ...lists, ...title }
    await bench.call('makeSchema', {}, body)
    await expectClash(/object called ladder_escalation/)
  })
})

describe('what an owner does to Ladder’s parts', () => {
  beforeEach(async () => {
    expect((await apply()).report.problems).toEqual([])
  })

  const problems = async () => (await verify(bench.context())).problems.map(({ where, what }) => `${where}: ${what}`)

  it('archives a property: verify tells, apply restores it with the model’s options', async () => {
    const options = (await tierNow()).options.filter(({ value }) => value !== 'GOLD')
    await bench.call('changeProperty', tier, { options })
    await bench.call('dropProperty', tier)
    expect(await problems()).toEqual(['property company.ladder_tier: it is archived'])
    const { report, writes } = await apply()
    expect(report.problems).toEqual([])
    expect(writes).toEqual([
      'POST /crm/properties/2026-09/companies',
      'PATCH /crm/properties/2026-09/companies/ladder_tier',
    ])
    expect((await tierNow()).options.map(({ value }) => value)).toContain('GOLD')
    expect(await problems()).toEqual([])
  })

  it('takes an option away and adds one: the missing one comes back, the new one stays', async () => {
    const { options } = await tierNow()
    const platinum = { label: 'Platinum', value: 'PLATINUM', displayOrder: 9, hidden: false }
    const kept = options.filter(({ value }) => value !== 'GOLD')
    await bench.call('changeProperty', tier, { options: [...kept, platinum] })
    expect(await problems()).toEqual(['property company.ladder_tier: options are missing: GOLD'])
    expect((await apply()).report.problems).toEqual([])
    const values = (await tierNow()).options.map(({ value }) => value)
    expect(values).toEqual([...kept.map(({ value }) => value), 'PLATINUM', 'GOLD'])
    expect(await problems()).toEqual([])
  })

  it('deletes a stage and adds one: the missing one comes back in its place, the new one stays', async () => {
    const params = { objectType: 'deals', pipelineId: 'ladder_dev_a' }
    const extra = { stageId: 'theirs', label: 'Theirs', displayOrder: 12, metadata: { probability: '0.2' } }
    await bench.call('makeStage', params, extra)
    const { url, token } = bench.hubspot
    await fetch(`${url}/crm/pipelines/2026-09/deals/ladder_dev_a/stages/ladder_dev_a05`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await problems()).toEqual(['stage ladder_dev_a.ladder_dev_a05: it is missing'])
    expect((await apply()).report.problems).toEqual([])
    const { results } = await bench.call<{ results: Pipeline[] }>('pipelines', { objectType: 'deals' })
    const stages = results.find(({ id }) => id === 'ladder_dev_a')?.stages ?? []
    expect(stages.find(({ id }) => id === 'ladder_dev_a05')?.displayOrder).toBe(4)
    expect(stages).toHaveLength(13)
    expect(await problems()).toEqual([])
  })

  it('gives other labels: they stay, and are no fault', async () => {
    await bench.call('changeProperty', tier, { label: '等级（我行）' })
    expect(await problems()).toEqual([])
    const { report, writes } = await apply()
    expect(report.steps.every(({ state }) => state === 'unchanged')).toBe(true)
    expect(writes).toEqual([])
    expect((await tierNow()).label).toBe('等级（我行）')
  })

  it('leaves the owner’s own deal pipelines as they are', async () => {
    const { results } = await bench.call<{ results: Pipeline[] }>('pipelines', { objectType: 'deals' })
    expect(results.filter(({ id }) => id !== 'ladder_dev_a').length).toBeGreaterThan(0)
  })
})

describe('the method’s records (custom objects)', () => {
  it('keep an admin’s edits, and are not brought back once archived', async () => {
    await bench.hubspot.close()
    bench = await startBench()
    await apply()
    const rules = bench.hubspot.store.list('ladder_tier_rule')
    const [edited, gone] = rules
    bench.hubspot.store.update('ladder_tier_rule', edited?.id ?? '', { ladder_contacts_per_year: '99' })
    bench.hubspot.store.archive('ladder_tier_rule', gone?.id ?? '')
    const { report, writes } = await apply()
    expect(report.problems).toEqual([])
    expect(writes).toEqual([])
    const after = bench.hubspot.store.list('ladder_tier_rule')
    expect(after).toHaveLength(rules.length - 1)
    expect(after.find(({ id }) => id === edited?.id)?.properties.ladder_contacts_per_year).toBe('99')
  })
})

describe('the language of labels', () => {
  it('is Chinese, or as asked for; more comes in the language that is there', async () => {
    await install(bench.context({ language: 'en' }), true)
    expect((await tierNow()).label).toBe('Tier')
    await bench.call('dropProperty', tier)
    await apply()
    expect((await tierNow()).label).toBe('Tier')
    await bench.hubspot.close()
    bench = await startBench({ edition: 'professional' })
    await apply()
    expect((await tierNow()).label).toBe('客户等级')
  })
})
