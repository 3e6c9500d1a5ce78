import { afterEach, describe, expect, it } from 'vitest'
import { pipelineOptions, stagesOf } from '../../../schemas/model/development-stages.ts'
import type { HubspotSandboxOptions } from '../../sandbox/hubspot/index.ts'
import { install } from './apply.ts'
import type { Pipeline, Results } from './metadata.ts'
import { startBench, watched, type Bench } from './testing.ts'
import { verify } from './verify.ts'

let bench: Bench
const start = async (options: HubspotSandboxOptions): Promise<Bench> => (bench = await startBench(options))
afterEach(() => bench.hubspot.close())

const objectType = () => {
  const crm = bench.worker.connections.get('hs-62515')?.crm
  return (crm?.kind === 'hubspot' && crm.layout.types['development']) || ''
}
const pipelines = async (): Promise<Map<string, string[]>> => {
  const { results } = await bench.call<Results<Pipeline>>('pipelines', { objectType: objectType() })
  const own = results.filter(({ id }) => id.startsWith('ladder_'))
  return new Map(own.map(({ id, stages }) => [id, stages.map((stage) => stage.id)]))
}
const idOf = (code: string): string => `ladder_${code.toLowerCase()}`
const all = pipelineOptions.map(({ code }) => idOf(code))

describe.each<HubspotSandboxOptions['edition']>(['enterprise', 'professional'])(
  'pipelines in HubSpot %s',
  (edition) => {
    it('DEV-A, DEV-B … DEV-H: all are made with their stages, under ids of Ladder’s own', async () => {
      await start({ edition })
      expect((await install(bench.context(), true)).problems).toEqual([])
      const there = await pipelines()
      expect([...there.keys()].sort()).toEqual(all)
      for (const { code } of pipelineOptions) expect(there.get(idOf(code))).toEqual(stagesOf(code).map(idOf))
    })

    it('DEV-B … DEV-H: an installation that had DEV-A alone gets them with the next apply, once', async () => {
      await start({ edition })
      await install(bench.context(), true)
      // as the version before left it: one pipeline, and no option of the others
      for (const pipelineId of all.slice(1)) await bench.call('dropPipeline', { objectType: objectType(), pipelineId })
      const property = { objectType: objectType(), propertyName: 'ladder_checklist_done' }
      const option = { value: 'A01_POSITIONING', label: 'A01 市场定位', displayOrder: 0, hidden: false }
      await bench.call('changeProperty', property, { options: [option] })
      expect((await verify(bench.context())).problems.map(({ where }) => where)).toContain(
        'pipeline development.ladder_dev_e',
      )
      expect((await install(bench.context(), true)).problems).toEqual([])
      expect([...(await pipelines()).keys()].sort()).toEqual(all)
      expect((await verify(bench.context())).problems).toEqual([])
      const writes: string[] = []
      await install(bench.context({}, watched(writes)), true)
      expect(writes).toEqual([])
    })
  },
)

describe('an account with room for few pipelines', () => {
  it('DEV-A: the first one is made, the others are left out and named; nothing is wrong with that', async () => {
    await start({ edition: 'starter' })
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect(report.notices.join()).toContain('There is no room for the pipelines 客户经理营销流程')
    expect([...(await pipelines()).keys()]).toEqual(['ladder_dev_a'])
    expect((await verify(bench.context())).problems).toEqual([])
  })
})

describe('working papers', () => {
  it('DEV-KIT: are an object where there is room for an eleventh, and left out where there is none', async () => {
    await start({ customObjectLimit: 10 })
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect(report.steps[0]?.lines.join('\n')).toMatch(/left out: workingPaper: .+on the development itself/)
    await bench.hubspot.close()
    await start({ customObjectLimit: 20 })
    expect((await install(bench.context(), true)).problems).toEqual([])
    const crm = bench.worker.connections.get('hs-62515')?.crm
    expect(crm?.kind === 'hubspot' && crm.layout.types).toHaveProperty('workingPaper')
    expect((await verify(bench.context())).problems).toEqual([])
  })
})
