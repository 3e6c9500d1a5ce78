import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act as functionOf, askStatus, type Surroundings } from '../../plugin/twenty/inside/ladder.ts'
import { ACCOUNT } from './harness.ts'
import { twentyWorld, type TwentyWorld } from './twenty-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HOUR = 3_600_000

type Outputs = Record<string, string>

/** Has an action done as a workflow of the CRM would, with the admin token. */
const act = async (
  bank: TwentyWorld,
  name: string,
  object: [type: string, id: string],
  inputFields: Record<string, string> = {},
  callbackId = `${name}-${Math.abs(bank.now())}-${JSON.stringify(inputFields)}`,
): Promise<Outputs> => {
  const response = await fetch(`${bank.ladder.url}/actions/${name}?account=${ACCOUNT}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bank.ladder.keys.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ callbackId, object: { objectType: object[0], objectId: object[1] }, inputFields }),
  })
  const body = (await response.json()) as { outputFields?: Outputs }
  expect([response.status, body]).toMatchObject([200, { outputFields: { hs_execution_state: expect.any(String) } }])
  return body.outputFields ?? {}
}

const make = async (bank: TwentyWorld, plural: string, fields: Record<string, unknown>): Promise<string> => {
  const made = await bank.rest<{ data: Record<string, { id: string }> }>('POST', plural, fields)
  return Object.values(made.data)[0]?.id ?? ''
}

describe.each([1, 8])('workflow actions on Twenty, %i shard(s)', (shards) => {
  let bank: TwentyWorld
  let company: string
  let development: string
  beforeAll(async () => {
    bank = await twentyWorld({ start: START, shards })
    const [owner] = await bank.list('workspaceMembers')
    company = await make(bank, 'companies', {
      name: 'Acme Farm Produce',
      ladderCustomerNo: 'C-1',
      accountOwnerId: owner?.id,
    })
    development = await make(bank, 'developments', {
      name: 'Acme',
      companyId: company,
      pipeline: 'DEV_A',
      stage: 'DEV_A01',
    })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const escalations = () => bank.list('escalations')
  const tasks = async (kind: string) => (await bank.list('tasks')).filter((task) => task.ladderKind === kind)

  it('rate: says that nothing is known yet, then the tier and what follows from it (TIER-CORP)', async () => {
    const before = await act(bank, 'rate', ['company', company])
    expect(before).toMatchObject({ outcome: 'DONE', tier: '', reason: expect.stringContaining('未评级') })
    const data = { amount: '12000000.00', currency: 'CNY' }
    await bank.facts([{ id: 'f1', type: 'balance.changed', customer: 'C-1', at: bank.now(), data }])
    await bank.quiet()
    const after = await act(bank, 'rate', ['company', company], {}, 'rate-2')
    expect(after).toMatchObject({ outcome: 'DONE', tier: 'HIGH_END', proposedTier: '', contactsPerYear: '6' })
    expect([after.nextContactDue, after.nextRatingOn]).toEqual([
      expect.stringMatching(/^2026-11-/),
      expect.stringMatching(/^2027-09-/),
    ])
    expect(after.hs_execution_state).toBe('SUCCESS')
  })

  it('rate: reads the record as it is now, although no webhook told of it (TIER-CORP)', async () => {
    await bank.rest('PATCH', `companies/${company}`, { ladderGold: true })
    expect(await act(bank, 'rate', ['company', company], {}, 'rate-3')).toMatchObject({ tier: 'GOLD' })
    await bank.quiet()
  })

  it('move: refused with what is missing, and nothing moves (DEV-A01)', async () => {
    const refused = await act(bank, 'move', ['development', development], { stage: 'DEV_A02' }, 'm1')
    expect(refused).toMatchObject({ outcome: 'REFUSED', accepted: 'false', stage: 'DEV_A01' })
    expect([refused.missing, refused.hs_execution_state]).toEqual([expect.stringContaining('DEV-A01'), 'SUCCESS'])
    await bank.quiet()
    const [row] = await bank.list('developments', `id[eq]:"${development}"`)
    expect(row).toMatchObject({ stage: 'DEV_A01', stageNotice: expect.stringContaining('未移动') })
  })

  it('move: accepted once the exit rules hold, and the CRM has the stage when the workflow goes on (DEV-A01)', async () => {
    const facts = { segmentName: 'Farm produce', segmentFeatures: 'Seasonal cash' }
    await bank.rest('PATCH', `developments/${development}`, facts)
    const moved = await act(bank, 'move', ['development', development], { stage: 'ladder_dev_a02' }, 'm2')
    expect(moved).toMatchObject({ outcome: 'DONE', accepted: 'true', stage: 'DEV_A02' })
    expect(moved.stageDue).toMatch(/^2026-/)
    const [row] = await bank.list('developments', `id[eq]:"${development}"`)
    expect(row?.stage).toBe('DEV_A02')
    await bank.quiet()
    expect((await bank.list('developments', `id[eq]:"${development}"`))[0]).toMatchObject({ stage: 'DEV_A02' })
    expect(await act(bank, 'move', ['development', development], { stage: 'DEV_A02' }, 'm3')).toMatchObject({
      outcome: 'ALREADY',
      accepted: 'true',
    })
  })

  it('the same callback id gives the same answer and does nothing twice (DEV-A02)', async () => {
    await bank.rest('PATCH', `developments/${development}`, { stage: 'DEV_A01' })
    await bank.quiet()
    const again = await act(bank, 'move', ['development', development], { stage: 'ladder_dev_a02' }, 'm2')
    expect(again).toMatchObject({ outcome: 'DONE', stage: 'DEV_A02' })
    await bank.quiet()
    expect((await bank.list('developments', `id[eq]:"${development}"`))[0]?.stage).toBe('DEV_A01')
  })

  it('a decision of an action can be explained (DEV-A01)', async () => {
    const { body } = await bank.admin.call('GET', `/accounts/${ACCOUNT}/explain?record=${development}`)
    expect(JSON.stringify(body)).toContain('action/m1/')
  })

  it('visit-plan: one planned visit for the customer of the development (DEV-A05)', async () => {
    const inputs = { plannedAt: '2026-09-15T09:30:00+08:00', topics: 'Harvest loans', level: 'SUB_BRANCH' }
    const made = await act(bank, 'visit-plan', ['development', development], inputs, 'v1')
    expect(made).toMatchObject({ outcome: 'DONE', plannedAt: '2026-09-15T01:30:00.000Z' })
    expect(await act(bank, 'visit-plan', ['development', development], inputs, 'v1')).toEqual(made)
    await bank.quiet()
    const visits = await bank.list('visits')
    expect(visits).toHaveLength(1)
    expect(visits[0]).toMatchObject({
      ...{ id: made.visitId, status: 'PLANNED', form: 'VISIT', level: 'SUB_BRANCH', topics: 'Harvest loans' },
      ...{ companyId: company, developmentId: development, name: '拜访：Acme Farm Produce' },
    })
  })

  it('two calls of one callback id at once are one', async () => {
    const inputs = { plannedAt: '2026-09-16T01:30:00Z' }
    const calls = [1, 2, 3].map(() => act(bank, 'visit-plan', ['company', company], inputs, 'v2'))
    const [first, ...others] = await Promise.all(calls)
    for (const other of others) expect(other).toEqual(first)
    expect(first).toMatchObject({ outcome: 'DONE' })
    await bank.quiet()
    expect(await bank.list('visits')).toHaveLength(2)
  })

  it('campaign: one campaign for a template and a time, whoever asks (CAMP-S1)', async () => {
    const inputs = { template: 'CAMP-S1', heldOn: String(Date.parse('2026-10-20T06:00:00Z')) }
    const first = await act(bank, 'campaign', ['company', company], inputs, 'c1')
    expect(first).toMatchObject({ outcome: 'DONE', started: 'true', heldOn: '2026-10-20T06:00:00.000Z' })
    await bank.quiet()
    const second = await act(bank, 'campaign', ['company', company], inputs, 'c2')
    expect(second).toMatchObject({ outcome: 'ALREADY', started: 'false', campaignKey: first.campaignKey })
    await bank.quiet()
    const campaigns = await bank.list('campaigns')
    expect(campaigns).toHaveLength(1)
    expect(campaigns[0]).toMatchObject({ templateCode: 'CAMP-S1', ladderKey: first.campaignKey })
    expect(await act(bank, 'campaign', ['company', company], { ...inputs, template: 'CAMP-X' }, 'c3')).toMatchObject({
      outcome: 'NOT_FOUND',
      hs_execution_state: 'FAIL_CONTINUE',
    })
  })

  it('raise: a control item of the manager, late at once, climbs like what stalls (ESC-STALL)', async () => {
    const raised = await act(bank, 'raise', ['company', company], { what: 'Call about the falling deposits' }, 'r1')
    expect(raised).toMatchObject({ outcome: 'DONE', raised: 'true', level: '1' })
    const later = await act(bank, 'raise', ['company', company], { what: 'Report', by: '2026-09-30T09:00:00Z' }, 'r2')
    expect(later).toMatchObject({ outcome: 'DONE', raised: 'false', level: '', by: '2026-09-30T09:00:00.000Z' })
    await bank.quiet()
    expect(await escalations()).toMatchObject([{ cause: 'ESC_STALL', status: 'OPEN', companyId: company }])
    expect((await escalations())[0]?.detail).toContain('Call about the falling deposits')
    expect(await tasks('CONTROL')).toHaveLength(2)
    const nobody = await make(bank, 'companies', { name: 'No owner' })
    await bank.quiet()
    expect(await act(bank, 'raise', ['company', nobody], { what: 'x' }, 'r3')).toMatchObject({ outcome: 'REFUSED' })
  })

  it('acknowledge: of a customer, then resolve by the record; what is answered stays (ESC-LADDER)', async () => {
    const acknowledged = await act(bank, 'acknowledge', ['company', company], {}, 'a1')
    expect(acknowledged).toMatchObject({ outcome: 'DONE', count: '1', open: '0' })
    await bank.quiet()
    const [row] = await escalations()
    expect(row).toMatchObject({ status: 'ACKNOWLEDGED', climbsAt: null })
    await bank.advance(bank.now() + 5 * 24 * HOUR)
    expect((await escalations())[0]).toMatchObject({ status: 'ACKNOWLEDGED', level: row?.level })
    expect(await act(bank, 'acknowledge', ['company', company], {}, 'a2')).toMatchObject({
      outcome: 'ALREADY',
      count: '0',
    })
    const resolved = await act(
      bank,
      'resolve',
      ['escalation', String(row?.id)],
      { resolution: 'Called, all is well' },
      'a3',
    )
    expect(resolved).toMatchObject({ outcome: 'DONE', count: '1' })
    await bank.quiet()
    expect((await escalations())[0]).toMatchObject({ status: 'RESOLVED', resolution: 'Called, all is well' })
    expect((await tasks('ESCALATION')).every((task) => task.status === 'DONE')).toBe(true)
  })

  it('while the CRM is silent the workflow waits; the answer comes when it speaks again', async () => {
    bank.twenty.failNext({ match: /^(POST \/rest\/batch|PATCH \/rest)\//, status: 503, when: 'after', times: 1000 })
    const inputs = { plannedAt: '2026-09-21T01:30:00Z' }
    const waits = await act(bank, 'visit-plan', ['company', company], inputs, 'w1')
    expect(waits).toEqual({ hs_execution_state: 'BLOCK', hs_expiration_duration: 'P2D' })
    await bank.restartLadder('SIGKILL')
    bank.twenty.clearFaults()
    await bank.advance(bank.now() + HOUR)
    const ended = await act(bank, 'visit-plan', ['company', company], inputs, 'w1')
    expect(ended).toMatchObject({ outcome: 'DONE', visitId: expect.stringMatching(/./) })
    expect((await bank.list('visits')).filter((visit) => visit.plannedAt === '2026-09-21T01:30:00.000Z')).toHaveLength(
      1,
    )
  })

  it("is called by the app's functions inside Twenty, which sign with the webhook's secret", async () => {
    const around = (secret: string): Surroundings => ({
      env: {
        LADDER_URL: bank.ladder.url,
        LADDER_ACCOUNT: ACCOUNT,
        LADDER_SECRET: secret,
        TWENTY_API_URL: bank.twenty.url,
        // a user's: Twenty itself is asked whether the record may be seen
        TWENTY_APP_ACCESS_TOKEN: bank.twenty.apiKey,
      },
      fetch,
      now: () => bank.now(),
      pause: async () => bank.quiet(),
    })
    const mine = around(bank.webhookSecret)
    expect(await functionOf('rate', { object: 'company', recordId: company }, mine)).toMatchObject({
      outcome: 'DONE',
      tier: expect.stringMatching(/./),
    })
    const nobody = '11111111-1111-4111-8111-111111111111'
    expect(await functionOf('rate', { object: 'company', recordId: nobody }, mine)).toMatchObject({
      outcome: expect.stringMatching(/REFUSED|NOT_FOUND/),
    })
    expect(await askStatus(mine)).toMatchObject({ connected: true, crm: 'twenty', deadLetters: 0 })
    await expect(askStatus(around('not the secret'))).rejects.toThrow('Ladder answers 401')
  })

  it('what is wrong is said', async () => {
    expect(await act(bank, 'move', ['development', development], {}, 'x1')).toMatchObject({
      outcome: 'INVALID',
      reason: 'stage: has to be given',
      hs_execution_state: 'FAIL_CONTINUE',
    })
    expect(await act(bank, 'move', ['company', company], { stage: 'DEV_A02' }, 'x2')).toMatchObject({
      outcome: 'INVALID',
    })
    const nobody = '11111111-1111-4111-8111-111111111111'
    expect(await act(bank, 'rate', ['company', nobody], {}, 'x3')).toMatchObject({ outcome: 'NOT_FOUND' })
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`${bank.ladder.url}/actions/${path}`, { method: 'POST', body: '{}', ...init }).then(({ status }) => status)
    const bearer = { authorization: `Bearer ${bank.ladder.keys.adminToken}` }
    expect(await send(`rate?account=${ACCOUNT}`)).toBe(401)
    expect(await send(`rate?account=${ACCOUNT}`, { headers: bearer })).toBe(400)
    expect(await send('rate?account=other', { headers: bearer })).toBe(404)
    expect(await send(`dance?account=${ACCOUNT}`, { headers: bearer })).toBe(404)
    expect(await send(`rate?account=${ACCOUNT}`, { headers: bearer, body: 'x'.repeat(300_000) })).toBe(413)
    const used = JSON.stringify({ callbackId: 'v1', object: { objectType: 'company', objectId: company } })
    expect(await send(`rate?account=${ACCOUNT}`, { headers: bearer, body: used })).toBe(409)
  })
})
