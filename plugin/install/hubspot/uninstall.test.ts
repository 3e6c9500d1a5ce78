import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HubspotSandboxOptions } from '../../sandbox/hubspot/index.ts'
import { install } from './apply.ts'
import { startBench, watched, type Bench } from './testing.ts'
import { uninstall } from './uninstall.ts'
import { verify } from './verify.ts'
import type { Pipeline, Property, Results, Schema } from './metadata.ts'

let bench: Bench
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ladder-export-'))
})
afterEach(async () => {
  await bench.hubspot.close()
  await rm(dir, { recursive: true })
})

const installed = async (options: HubspotSandboxOptions): Promise<void> => {
  bench = await startBench(options)
  expect((await install(bench.context(), true)).problems).toEqual([])
  bench.hubspot.store.create('companies', { name: 'Acme', ladder_tier: 'GOLD' })
  bench.hubspot.store.create('companies', { name: 'Nobody' })
}
const remove = (wish: { removeApp?: boolean; deleteData?: boolean } = {}, writes: string[] = []) =>
  uninstall(bench.context({}, watched(writes)), {
    exportDir: path.join(dir, 'export'),
    removeApp: false,
    deleteData: false,
    now: new Date(0),
    ...wish,
  })
const exported = (object: string) => readFile(path.join(dir, 'export', `${object}.ndjson`), 'utf8')
const ladders = async (objectType: string) =>
  (await bench.call<Results<Property>>('properties', { objectType })).results.filter(({ name }) =>
    name.startsWith('ladder_'),
  )
const schemas = async () => (await bench.call<Results<Schema>>('schemas')).results.map(({ name }) => name)
const pipelines = async () =>
  (await bench.call<Results<Pipeline>>('pipelines', { objectType: 'deals' })).results.map(({ id }) => id)

describe('uninstall', () => {
  it('exports, disconnects, and touches nothing else', async () => {
    await installed({})
    const development = bench.hubspot.store.create('ladder_development', { ladder_name: 'Acme', ladder_key: 'k1' })
    const writes: string[] = []
    const report = await remove({}, writes)
    expect(report.problems).toEqual([])
    expect(writes).toEqual([])
    expect(bench.worker.connections.size).toBe(0)
    expect(JSON.parse(await exported('development'))).toMatchObject({
      id: development.id,
      properties: { ladder_name: 'Acme', ladder_key: 'k1' },
    })
    const companies = await exported('company')
    expect(companies).toContain('"ladder_tier":"GOLD"')
    expect(companies).not.toContain('Nobody')
    const manifest = JSON.parse(await readFile(path.join(dir, 'export', 'manifest.json'), 'utf8')) as {
      crm: object
      files: { object: string; records: number }[]
    }
    expect(manifest.crm).toMatchObject({ kind: 'hubspot', portalId: 62_515, carrier: 'custom' })
    expect(manifest.files.find(({ object }) => object === 'tierRule')?.records).toBe(48)
    expect((await verify(bench.context({ isLadderUrlGiven: false }))).problems).toMatchObject([
      { what: "it isn't connected" },
    ])
  })

  it('--remove-app takes away what is unused, and lists the rest with its page', async () => {
    await installed({})
    bench.hubspot.store.create('ladder_development', { ladder_name: 'Acme' })
    const report = await remove({ removeApp: true })
    expect(report.problems).toEqual([])
    const left = ['campaign_template', 'development', 'escalation_policy', 'tier_rule']
    expect((await schemas()).sort()).toEqual(left.map((name) => `ladder_${name}`))
    const lines = report.steps.at(-1)?.lines.join('\n')
    expect(lines).toMatch(/stays: object tierRule: .*48 records.*\(https:\/\/app\.hubspot\.com\//)
    expect(lines).toContain('object escalation archived')
    expect(await ladders('companies')).toEqual([])
    expect(await ladders('tasks')).toEqual([])
    expect(bench.hubspot.store.list('ladder_development')).toHaveLength(1)
  })

  it('--delete-data archives the records first, so that nothing is left; and all can be installed again', async () => {
    await installed({})
    bench.hubspot.store.create('ladder_development', { ladder_name: 'Acme' })
    const report = await remove({ deleteData: true })
    expect(report.problems).toEqual([])
    expect(await schemas()).toEqual([])
    expect(report.steps.at(-1)?.lines.filter((line) => line.startsWith('stays'))).toEqual([])
    expect(await exported('development')).toContain('Acme')
    expect(bench.hubspot.store.list('companies')).toHaveLength(2)
    expect((await install(bench.context(), true)).problems).toEqual([])
    expect((await verify(bench.context())).problems).toEqual([])
    expect(await exported('company')).toContain('GOLD')
  })

  it('deals: a pipeline with deals stays, with its properties; the owner’s pipelines and deals stay anyway', async () => {
    await installed({ edition: 'professional' })
    const [own = ''] = await pipelines()
    const theirs = bench.hubspot.store.create('deals', { dealname: 'Theirs' })
    const stage = { pipeline: 'ladder_dev_a', dealstage: 'ladder_dev_a01' }
    const ours = bench.hubspot.store.create('deals', { dealname: 'Acme', ...stage })
    const kept = await remove({ removeApp: true })
    expect(kept.problems).toEqual([])
    expect(await pipelines()).toEqual([own, 'ladder_dev_a'])
    expect((await ladders('deals')).length).toBeGreaterThan(0)
    expect(kept.steps.at(-1)?.lines.join()).toContain('stays: pipeline ladder_dev_a')
    await remove({ deleteData: true })
    expect(await pipelines()).toEqual([own])
    expect(await ladders('deals')).toEqual([])
    expect(bench.hubspot.store.list('deals').map(({ id }) => id)).toEqual([theirs.id])
    expect(bench.hubspot.store.list('deals', true).map(({ id }) => id)).toEqual([ours.id])
  })

  it('stops when the export fails: nothing is taken away', async () => {
    await installed({})
    bench.hubspot.failNext({ match: 'GET /crm/objects/2026-09/tasks', status: 401, times: 9 })
    const writes: string[] = []
    const report = await remove({ deleteData: true }, writes)
    expect(report.ok).toBe(false)
    expect(writes).toEqual([])
    expect(bench.worker.connections.size).toBe(1)
  })
})
