import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { install } from './apply.ts'
import { startBench, type Bench } from './testing.ts'
import { uninstall } from './uninstall.ts'
import { verify } from './verify.ts'

const app = { clientId: 'client-id-of-the-app', clientSecret: 'client-secret-of-the-app' }
const account = 'hs-62515'
const STEP = 'The journal of changes'

let bench: Bench
beforeEach(async () => (bench = await startBench(app)))
afterEach(() => bench.hubspot.close())

const there = () => bench.hubspot.journalOf().subscriptions
const stepOf = ({ steps }: Awaited<ReturnType<typeof install>>) => steps.find(({ name }) => name === STEP)

describe('the journal of the app', () => {
  it('is subscribed to for all that Ladder follows, and Ladder is told by which app it reads it', async () => {
    const plan = await install(bench.context(app), false)
    expect(there()).toEqual([])
    const report = await install(bench.context(app), true)
    expect(report.problems).toEqual([])
    expect(stepOf(plan)?.calls?.length).toBe(there().length)
    const crm = bench.worker.connections.get(account)?.crm
    expect(crm).toMatchObject({ kind: 'hubspot', app })
    const types = crm?.kind === 'hubspot' ? Object.values(crm.layout.types).sort() : []
    const of = (type: string) => there().filter(({ subscriptionType }) => subscriptionType === type)
    expect(
      of('OBJECT')
        .map(({ objectTypeId }) => objectTypeId)
        .sort(),
    ).toEqual(types)
    expect(of('OBJECT').every(({ actions }) => actions.includes('MERGE'))).toBe(true)
    expect(of('OBJECT').find(({ objectTypeId }) => objectTypeId === '0-2')?.properties).toContain('ladder_gold')
    // an association is told of from one of its ends: both are subscribed to
    const pairs = of('ASSOCIATION').flatMap(({ objectTypeId, associatedObjectTypeIds }) =>
      (associatedObjectTypeIds ?? []).map((other) => [objectTypeId, other].join(' ')),
    )
    for (const pair of pairs) expect(pairs).toContain(pair.split(' ').reverse().join(' '))
    expect(of('GDPR_PRIVACY_DELETION').map(({ objectTypeId }) => objectTypeId)).toEqual(['0-1'])
    expect(JSON.stringify([plan, report])).not.toContain(app.clientSecret)
  })

  it('a second apply changes nothing; what is another now is subscribed to anew', async () => {
    await install(bench.context(app), true)
    const before = structuredClone(there())
    expect(stepOf(await install(bench.context(app), true))).toMatchObject({ state: 'unchanged' })
    expect(there()).toEqual(before)
    const company = there().find(({ objectTypeId }) => objectTypeId === '0-2')
    if (company) company.properties = ['name']
    expect((await verify(bench.context(app))).problems).toMatchObject([{ where: '0-2' }])
    expect(stepOf(await install(bench.context(app), true))?.lines).toEqual(['subscribe to OBJECT 0-2'])
    expect(
      there()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(before.map(({ id }) => id).sort())
    expect((await verify(bench.context(app))).problems).toEqual([])
  })

  it.each(['missing', 'forbidden'] as const)(
    'where the app has none (%s) that is told, and nothing fails',
    async (plan) => {
      bench.hubspot.setJournal(plan)
      const report = await install(bench.context(app), true)
      expect(report.problems).toEqual([])
      expect(stepOf(report)).toMatchObject({ state: 'open' })
      expect(report.notices.join()).toContain('Nothing is lost without it')
      expect((await verify(bench.context(app))).problems).toEqual([])
      const wrong = await install(bench.context({ ...app, clientId: 'another' }), true)
      expect(stepOf(wrong)?.lines.join()).toContain('no token')
    },
  )

  it('scopes that HubSpot asks for besides are asked for, once', async () => {
    const lacking = {
      status: 403,
      body: {
        status: 'error',
        category: 'MISSING_SCOPES',
        message: 'scopes',
        errors: [{ message: 'one of', context: { requiredGranularScopes: ['crm.objects.contacts.read'] } }],
      },
    }
    bench.hubspot.failNext({ ...lacking, match: 'POST /webhooks-journal/subscriptions' })
    expect(stepOf(await install(bench.context(app), true))).toMatchObject({ state: 'done' })
    expect((await verify(bench.context(app))).problems).toEqual([])
    for (const one of there().splice(0)) expect(one.portalId).toBe(62_515)
    bench.hubspot.failNext({ ...lacking, match: 'POST /webhooks-journal/subscriptions', times: 9 })
    expect(stepOf(await install(bench.context(app), true))?.lines.join()).toContain('crm.objects.contacts.read')
  })

  it('uninstall ends it', async () => {
    await install(bench.context(app), true)
    const exportDir = join(tmpdir(), `ladder-journal-${process.pid}`)
    const report = await uninstall(bench.context(app), {
      exportDir,
      removeApp: false,
      deleteData: false,
      now: new Date(),
    })
    rmSync(exportDir, { recursive: true, force: true })
    expect(report.problems).toEqual([])
    expect(there()).toEqual([])
  })
})
