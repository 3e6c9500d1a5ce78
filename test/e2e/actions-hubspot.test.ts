import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { projectComponents } from '../../plugin/hubspot/generate.ts'
import type { HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import type { Carrier, HubspotLayout } from '../../worker/crm/hubspot/layout.ts'
import { hubspotWorld, type HubspotWorld } from './hubspot-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const PUBLIC = 'https://ladder.bank.example'
const SECOND = 1000
const HOUR = 3_600_000

const worker = inject('scripts')

type Outputs = Record<string, string | null>

describe.each([
  ['custom', 8],
  ['deal', 1],
] as [Carrier, number][])('workflow actions on HubSpot, %s carrier, %i shard(s)', (carrier, shards) => {
  let bank: HubspotWorld
  let hubspot: HubspotSandbox
  let layout: HubspotLayout
  let company: string
  let development: string

  /** Moves the clock, reads what changed in HubSpot, and lets all that follows happen. */
  const quiet = async (later = 0): Promise<void> => {
    await bank.advance(bank.now() + later)
    for (let round = 0; round < 3; round++) await bank.sweep()
  }
  const home = (object: string): string => layout.types[object] ?? object
  const property = (custom: string, deal: string): string => (carrier === 'custom' ? custom : deal)

  /** A step of a workflow: signed by HubSpot over the address that the project names. */
  const act = async (name: string, object: [type: string, id: string], inputFields = {}, callbackId?: string) => {
    const wish = {
      publicUrl: PUBLIC,
      account: 'bank',
      carrier,
      oauth: false,
      genericWebhooks: false,
      objectCards: false,
      marketingEvents: false,
    }
    const action = projectComponents(wish).find(({ uid }) => uid === `ladder_action_${name.replaceAll('-', '_')}`)
    if (action?.type !== 'workflow-action') throw new Error(`the project has no action ${name}`)
    const url = action.config.actionUrl
    return hubspot.runAction({
      url,
      deliverTo: url.replace(PUBLIC, bank.ladder.url),
      object: { objectType: object[0], objectId: object[1] },
      inputFields,
      ...(callbackId === undefined ? {} : { callbackId }),
    })
  }
  const outputsOf = async (...call: Parameters<typeof act>): Promise<Outputs> => (await act(...call)).outputFields

  beforeAll(async () => {
    bank = await hubspotWorld({ start: START, carrier, shards, runtime: { worker, publicUrl: PUBLIC } })
    ;({ hubspot, layout } = bank)
    const owner = hubspot.store.owners()[0]?.id ?? ''
    const { store } = hubspot
    company = store.create('companies', {
      name: 'Acme Farm Produce',
      ladder_customer_no: 'C-1',
      hubspot_owner_id: owner,
    }).id
    development = store.create(home('development'), {
      [property('ladder_name', 'dealname')]: 'Acme',
      [property('hs_pipeline', 'pipeline')]: 'ladder_dev_a',
      [property('hs_pipeline_stage', 'dealstage')]: 'ladder_dev_a01',
    }).id
    store.link(home('development'), development, 'companies', company, layout.labels['development.company'])
    await quiet()
  })
  afterAll(async () => bank.close())

  it('a call that HubSpot did not sign, or another account’s, is refused', async () => {
    const body = JSON.stringify({ callbackId: 'x', object: { objectId: 1, objectType: 'COMPANY' } })
    const send = (headers: Record<string, string>) =>
      fetch(`${bank.ladder.url}/actions/rate?account=bank`, { method: 'POST', headers, body }).then(
        ({ status }) => status,
      )
    expect(await send({})).toBe(401)
    expect(await send({ 'x-hubspot-signature': 'ab'.repeat(32), 'x-hubspot-signature-version': 'v2' })).toBe(401)
    const url = `${PUBLIC}/actions/rate?account=bank`
    const signed = { url, deliverTo: url.replace(PUBLIC, bank.ladder.url), inputFields: {} }
    const object = { objectType: 'COMPANY', objectId: company }
    expect((await hubspot.runAction({ ...signed, object, signatures: ['v1'] })).statuses).toEqual([401])
    expect((await hubspot.runAction({ ...signed, object, signatures: ['v3'] })).statuses).toEqual([200])
    expect((await hubspot.runAction({ ...signed, object, portalId: 99 })).statuses).toEqual([403])
    expect((await hubspot.runAction({ ...signed, object, url: `${url}&more` })).statuses).toEqual([401])
  })

  it('rate: the tier and what follows from it (TIER-CORP)', async () => {
    hubspot.store.update('companies', company, { ladder_gold: 'true' })
    const { state, outputFields } = await act('rate', ['COMPANY', company])
    expect([state, outputFields]).toMatchObject(['SUCCESS', { outcome: 'DONE', tier: 'GOLD' }])
    expect(Number(outputFields.contactsPerYear)).toBeGreaterThan(0)
  })

  it('move: refused with what is missing, then accepted and written (DEV-A01)', async () => {
    const type = property(home('development'), 'DEAL')
    const refused = await outputsOf('move', [type, development], { stage: 'DEV_A02' })
    expect(refused).toMatchObject({ outcome: 'REFUSED', accepted: 'false', stage: 'DEV_A01' })
    expect(refused.missing).not.toBe('')
    await quiet(SECOND)
    hubspot.store.update(home('development'), development, {
      ladder_segment_name: 'Farms',
      ladder_segment_features: 'Seasonal',
    })
    const moved = await act('move', [type, development], { stage: 'DEV_A02' }, 'ap-move')
    expect(moved.outputFields).toMatchObject({ outcome: 'DONE', accepted: 'true', stage: 'DEV_A02' })
    const stage = () =>
      hubspot.store.get(home('development'), development)?.properties[property('hs_pipeline_stage', 'dealstage')]
    expect(stage()).toBe('ladder_dev_a02')
    await quiet()
    expect(stage()).toBe('ladder_dev_a02')
    expect((await act('move', [type, development], { stage: 'DEV_A02' }, 'ap-move')).outputFields).toEqual(
      moved.outputFields,
    )
  })

  it('visit-plan: a meeting that is scheduled, once (DEV-A05)', async () => {
    const inputs = { plannedAt: String(Date.parse('2026-09-15T01:30:00Z')), topics: 'Harvest loans' }
    const made = await outputsOf('visit-plan', ['COMPANY', company], inputs, 'ap-visit')
    expect(made).toMatchObject({ outcome: 'DONE', plannedAt: '2026-09-15T01:30:00.000Z' })
    expect(await outputsOf('visit-plan', ['COMPANY', company], inputs, 'ap-visit')).toEqual(made)
    await quiet()
    const meetings = hubspot.store.list('meetings')
    expect(meetings.map(({ id, properties }) => [id, properties.hs_meeting_outcome])).toEqual([
      [made.visitId, 'SCHEDULED'],
    ])
  })

  it('raise, acknowledge, resolve: a control item that is late climbs until it is answered (ESC-STALL, ESC-LADDER)', async () => {
    const raised = await outputsOf('raise', ['COMPANY', company], { what: 'Call about the falling deposits' })
    expect(raised).toMatchObject({ outcome: 'DONE', raised: 'true', level: '1' })
    await quiet()
    expect(await outputsOf('acknowledge', ['COMPANY', company])).toMatchObject({
      outcome: 'DONE',
      count: '1',
      open: '0',
    })
    await quiet()
    expect(await outputsOf('acknowledge', ['COMPANY', company])).toMatchObject({ outcome: 'ALREADY', count: '0' })
    expect(await outputsOf('resolve', ['COMPANY', company], { resolution: 'Called' })).toMatchObject({
      outcome: 'DONE',
      count: '1',
    })
    await quiet()
    const open = hubspot.store.list('tasks').filter(({ properties }) => {
      return properties.ladder_kind === 'ESCALATION' && properties.hs_task_status !== 'COMPLETED'
    })
    expect(open).toEqual([])
    if (carrier === 'custom') {
      const [escalation] = hubspot.store.list(home('escalation'))
      expect(escalation?.properties).toMatchObject({ ladder_status: 'RESOLVED', ladder_resolution: 'Called' })
    }
  })

  it('campaign: started once for a time, and its work becomes tasks (CAMP-S1)', async () => {
    const inputs = { template: 'CAMP-S1', heldOn: '2026-10-20T06:00:00Z' }
    const first = await outputsOf('campaign', ['COMPANY', company], inputs)
    expect(first).toMatchObject({ outcome: 'DONE', started: 'true' })
    expect(await outputsOf('campaign', ['COMPANY', company], inputs)).toMatchObject({
      outcome: 'ALREADY',
      campaignKey: first.campaignKey,
    })
    await quiet()
    const tasks = hubspot.store.list('tasks').filter(({ properties }) => properties.ladder_kind === 'CAMPAIGN')
    expect(tasks.length).toBeGreaterThan(3)
  })

  /** What a card on a record of HubSpot's shows and does. */
  const card = (body: object, more: Partial<Parameters<HubspotSandbox['fetchAsCard']>[0]> = {}) => {
    const url = `${PUBLIC}/cards/hubspot/bank`
    return hubspot.fetchAsCard({ url, deliverTo: url.replace(PUBLIC, bank.ladder.url), body, ...more })
  }
  const onCompany = () => ({ objectType: '0-2', objectId: Number(company) })
  const click = async (name: string, inputs: object, requestId: string, object?: object) => {
    const { status, body } = await card({
      object: onCompany(),
      do: { name, requestId, inputs, ...(object ? { object } : {}) },
    })
    return { status, ...(body.outputFields as Outputs) }
  }
  interface Rows {
    customer: Record<string, unknown>
    developments: Record<string, unknown>[]
    escalations: Record<string, unknown>[]
    visits: Record<string, unknown>[]
    participations: unknown[]
  }
  const shown = async (): Promise<Rows> => (await card({ object: onCompany() })).body.rows as Rows

  it('a card shows the customer whole: tier, stage with what is missing, escalations, visits (TIER-CORP, DEV-A02)', async () => {
    const rows = await shown()
    expect(rows.customer).toMatchObject({ id: company, name: 'Acme Farm Produce', ladderTier: 'GOLD' })
    expect(rows.customer.ladderTierWhy).toEqual(expect.stringContaining('TIER'))
    expect(rows.developments).toMatchObject([{ id: development, stage: 'DEV_A02', missing: expect.any(String) }])
    expect(rows.developments[0]?.missing).not.toBe('')
    expect(rows.visits).toHaveLength(1)
    const onDevelopment = { objectType: home('development'), objectId: development }
    const type = carrier === 'custom' ? onDevelopment.objectType : '0-3'
    const other = await card({ object: { ...onDevelopment, objectType: type } })
    expect(other.body.rows).toMatchObject({ customer: { id: company }, developments: [{ id: development }] })
    if (carrier === 'deal') return
    const [escalation] = hubspot.store.list(home('escalation'))
    const own = { objectType: home('escalation'), objectId: Number(escalation?.id) }
    expect((await card({ object: own })).body.rows).toMatchObject({ customer: { id: company } })
  })

  it('a card’s clicks are actions, once each: tick, contact, escalation (DEV-A02, TIER-CONTACT, ESC-LADDER)', async () => {
    const type = carrier === 'custom' ? home('development') : '0-3'
    const at = { objectType: type, objectId: development }
    const ticked = await click('tick', { item: 'A02_ISSUED' }, 'tick-0001', at)
    expect(ticked).toMatchObject({ status: 200, outcome: 'DONE' })
    expect(await click('tick', { item: 'A02_ISSUED' }, 'tick-0001', at)).toEqual(ticked)
    expect(await click('tick', { item: 'A02_ISSUED' }, 'tick-0002', at)).toMatchObject({ outcome: 'ALREADY' })
    expect((await shown()).developments[0]?.checklistDone).toContain('A02_ISSUED')

    const before = (await shown()).customer.ladderNextContactDue
    await quiet(SECOND)
    expect(await click('log-contact', { form: 'CALL', record: 'Wants payroll' }, 'contact-0001')).toMatchObject({
      outcome: 'DONE',
      visitId: expect.stringMatching(/^\d+$/),
    })
    const after = (await shown()).customer
    expect(after.ladderLastContactOn).toBe('2026-09-07')
    expect(String(after.ladderNextContactDue) >= String(before)).toBe(true)

    await outputsOf('raise', ['COMPANY', company], { what: 'Second' }, 'ap-second')
    const [open] = (await shown()).escalations
    expect(open).toMatchObject({ cause: 'ESC_STALL', status: 'OPEN', level: 1, ladderRole: expect.any(String) })
    const key = { escalation: String(open?.id) }
    await quiet()
    expect(await click('acknowledge', key, 'ack-0000001')).toMatchObject({ outcome: 'DONE', count: '1' })
    expect((await shown()).escalations).toMatchObject([{ status: 'ACKNOWLEDGED' }])
    expect(await click('resolve', { escalation: 'another' }, 'res-0000001')).toMatchObject({ outcome: 'ALREADY' })
    expect(await click('resolve', key, 'res-0000002')).toMatchObject({ outcome: 'DONE', count: '1' })
    expect((await shown()).escalations).toEqual([])
    await quiet()
  })

  it('a card is answered to this portal and its users alone, by a v3 signature over the public address', async () => {
    expect((await card({}, { signatures: ['v1'] })).status).toBe(401)
    expect((await card({}, { url: `${PUBLIC}/cards/hubspot/other` })).status).toBe(401)
    expect((await card({}, { portalId: 99 })).status).toBe(403)
    const health = await card({})
    expect(health).toMatchObject({ status: 200, body: { health: { connected: true, crm: 'hubspot', playbook: 1 } } })
    const stranger = { user: { userId: 5, email: 'x@other.example' } }
    const deed = { name: 'rate', requestId: 'rate-00001' }
    expect((await card({ object: onCompany(), do: deed }, stranger)).status).toBe(403)
    expect((await card({ object: onCompany(), do: { ...deed, name: 'dance' } })).status).toBe(404)
    expect((await card({ object: onCompany(), do: deed }, { user: null })).status).toBe(403)
    expect((await card({ object: { objectType: '0-2', objectId: 999 } })).status).toBe(404)
    expect((await card({ object: { objectType: '0-99', objectId: 1 } })).status).toBe(404)
    expect((await card({ object: onCompany(), other: 1 })).status).toBe(400)
  })

  it('while HubSpot does not answer the workflow waits, and is told how it ended', async () => {
    hubspot.failNext({ match: /batch\/(upsert|create)/, status: 503, when: 'after', times: 1000 })
    const waits = await act('visit-plan', ['COMPANY', company], { plannedAt: '2026-09-21T01:30:00Z' }, 'ap-waits')
    expect([waits.state, hubspot.blockedActions()]).toEqual(['BLOCK', ['ap-waits']])
    hubspot.clearFaults()
    hubspot.failNext({ match: /callbacks/, status: 502 })
    for (let round = 0; round < 4; round++) await quiet(HOUR / 6)
    expect(hubspot.blockedActions()).toEqual([])
    expect(hubspot.completions.map(({ callbackId, outputFields }) => [callbackId, outputFields])).toMatchObject([
      ['ap-waits', { outcome: 'DONE', hs_execution_state: 'SUCCESS', visitId: expect.stringMatching(/^\d+$/) }],
    ])
    const planned = hubspot.store.list('meetings').filter(({ properties }) => {
      return Date.parse(String(properties.hs_meeting_start_time)) === Date.parse('2026-09-21T01:30:00Z')
    })
    expect(planned).toHaveLength(1)
  })
})
