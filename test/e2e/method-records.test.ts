import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Fields } from '../../schemas/events/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { ACCOUNT, type CrmName, type Shown, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

/** Yuan of the TIER-CORP rows by which a company is high-end (2) and in the middle (3). */
const withTop = (source: Playbook, yuan: number): Playbook => {
  const draft = structuredClone(source)
  const table = draft.tables.find(({ code }) => code === 'TIER_CORP')?.table
  for (const row of table?.rules ?? []) {
    if (row.id === 'TIER_CORP-2') row.when = ['false', `>= ${yuan}`]
    if (row.id === 'TIER_CORP-3') row.when = ['false', `(5000000..${yuan})`]
  }
  return draft
}

const inForce = async (bank: World): Promise<{ version: number; source: Playbook }> => {
  const { body } = await bank.admin.call('GET', `/accounts/${ACCOUNT}/playbooks`)
  return body.active as { version: number; source: Playbook }
}

const CARRIED: [CrmName, number][] = [
  ['twenty', 1],
  ['twenty', 8],
  ['hubspot', 1],
  ['hubspot', 8],
]

describe.each(CARRIED)('the method is edited in CRM records, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  let fact = 0

  /** The tier that a company of this many yuan gets by its next rating. */
  const rated = async (customer: string, yuan: number): Promise<unknown> => {
    await bank.advance(bank.now() + MINUTE)
    const data = { amount: `${yuan}.00` }
    const answer = await bank.facts([{ id: `m${++fact}`, type: 'balance.changed', customer, at: bank.now(), data }])
    expect(answer.status).toBe(202)
    await bank.quiet()
    return bank.crm.list('company', { ladderCustomerNo: customer })[0]?.ladderTier
  }
  const rule = (id: string): Shown => {
    const [row] = bank.crm.list('tierRule', { ladderKey: `method/rule/TIER_CORP/${id}` })
    if (!row) throw new Error(`no record of ${id}`)
    return row
  }
  const edit = async (id: string, fields: Fields): Promise<void> => {
    await bank.crm.update('tierRule', rule(id).id, fields)
    await bank.quiet()
  }
  const playbooks = () => inForce(bank)
  const cells = (playbook: Playbook, id: string): string[] | undefined =>
    playbook.tables.find(({ code }) => code === 'TIER_CORP')?.table.rules.find((one) => one.id === id)?.when

  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    for (const name of ['A', 'B', 'C']) await bank.crm.create('company', { name, ladderCustomerNo: name })
    await bank.quiet()
    await bank.sweep()
  })
  afterAll(async () => bank.close())

  it('TIER-CORP: the next rating uses an edited row, and names its version', async () => {
    expect(await rated('A', 8_000_000)).toBe('MID')
    const before = await playbooks()
    // two cells that only fit together when both are edited: between the edits the table stays as it was
    await edit('TIER_CORP-3', { amountCell: '(5000000..7000000)' })
    await edit('TIER_CORP-2', { amountCell: '>= 7000000' })
    const after = await playbooks()
    expect(after.version).toBeGreaterThan(before.version)
    expect(cells(after.source, 'TIER_CORP-2')).toEqual(['false', '>= 7000000'])
    expect(await rated('A', 8_000_001)).toBe('HIGH_END')
    const ratings = bank.crm.list('tierRating', { newTier: 'HIGH_END' })
    expect(ratings).toHaveLength(1)
    expect(ratings[0]).toMatchObject({ ruleVersion: `v${after.version}`, ruleRow: 'TIER_CORP-2' })
    expect(rule('TIER_CORP-2')).toMatchObject({ state: 'ACTIVE', error: null })
    expect(rule('TIER_CORP-3')).toMatchObject({ state: 'ACTIVE', error: null })
  })

  it('an unreadable cell gets its error on the record, and the last good version stays in force', async () => {
    const before = await playbooks()
    await edit('TIER_CORP-2', { amountCell: '>= seven million' })
    const broken = rule('TIER_CORP-2')
    expect(broken).toMatchObject({ state: 'ERROR', amountCell: '>= seven million' })
    expect(broken.error).toMatch(/./)
    expect((await playbooks()).version).toBe(before.version)
    expect(await rated('B', 7_500_000)).toBe('HIGH_END')
  })

  it('once repaired, the error goes and the row counts', async () => {
    await edit('TIER_CORP-2', { amountCell: '>= 7000000' })
    expect(rule('TIER_CORP-2')).toMatchObject({ state: 'ACTIVE', error: null })
    expect(await rated('B', 7_500_001)).toBe('HIGH_END')
  })

  it("the error and its end are Ladder's own writes: they make no new version and no further call", async () => {
    const { version } = await playbooks()
    const asked = bank.crm.calls().all.length
    await bank.quiet()
    expect(bank.crm.calls().all).toHaveLength(asked)
    expect((await playbooks()).version).toBe(version)
  })

  it('publishing a playbook writes its records; rolling back writes them back, as a new version', async () => {
    const before = await playbooks()
    const kept = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks`, withTop(before.source, 9_000_000))
    expect(kept).toMatchObject({ ok: true })
    await bank.quiet()
    expect((await playbooks()).version).toBe(before.version)
    const published = await bank.admin.call(
      'POST',
      `/accounts/${ACCOUNT}/playbooks/${String(kept.body.version)}/publish`,
    )
    expect(published).toMatchObject({ ok: true, body: { version: kept.body.version } })
    await bank.quiet()
    expect(rule('TIER_CORP-2')).toMatchObject({ amountCell: '>= 9000000', state: 'ACTIVE', error: null })
    expect(await rated('C', 8_000_000)).toBe('MID')
    // its own records' webhooks make no version of their own
    expect((await playbooks()).version).toBe(kept.body.version)

    const back = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks/${before.version}/publish`)
    await bank.quiet()
    expect(Number(back.body.version)).toBeGreaterThan(Number(kept.body.version))
    expect(rule('TIER_CORP-2')).toMatchObject({ amountCell: '>= 7000000' })
    expect((await playbooks()).source).toEqual(before.source)
    expect(await rated('C', 8_000_001)).toBe('HIGH_END')
  })

  it('a playbook with errors is refused with the place and an example, and nothing changes', async () => {
    const { version, source } = await playbooks()
    const draft = structuredClone(source)
    const [first] = draft.tables
    if (first?.table.rules[0]) first.table.rules[0].when = ['(((']
    const answer = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks?publish=true`, draft)
    expect(answer).toMatchObject({ ok: false, status: 422 })
    expect(JSON.stringify(answer.body.issues)).toContain('tables')
    expect((await playbooks()).version).toBe(version)
  })

  it('a draft of a version that is not in force any more is refused, and nothing is kept', async () => {
    const { version, source } = await playbooks()
    const path = `/accounts/${ACCOUNT}/playbooks`
    const stale = await bank.admin.call('POST', `${path}?publish=true&base=${version - 1}`, withTop(source, 7_100_000))
    expect(stale).toMatchObject({ ok: false, status: 409, body: { error: 'conflict', active: version } })
    expect(await bank.admin.call('POST', `${path}/1/publish?base=${version - 1}`)).toMatchObject({ status: 409 })
    const { body } = await bank.admin.call('GET', path)
    expect((body.versions as unknown[])[0]).toMatchObject({ version, state: 'active' })
    const kept = await bank.admin.call('POST', `${path}?base=${version}&reason=Board%20of%20May`, source)
    expect(kept).toMatchObject({ ok: true, body: { version: version + 1 } })
    const { body: after } = await bank.admin.call('GET', path)
    expect((after.versions as unknown[])[0]).toMatchObject({ who: 'admin token', reason: 'Board of May' })
  })

  it('TIER-RERATE: what falls due by time alone goes by the playbook in force, though no event came since', async () => {
    expect(await rated('A', 6_000_000)).toBe('MID')
    const { source } = await playbooks()
    const path = `/accounts/${ACCOUNT}/playbooks?publish=true`
    const { body } = await bank.admin.call('POST', path, withTop(source, 5_500_000))
    await bank.quiet()
    const [row] = bank.crm.list('company', { ladderCustomerNo: 'A' })
    expect(row?.ladderTier).toBe('MID')
    // a year goes by in one step
    const until = `${String(row?.ladderNextRatingOn)}T06:00:00.000Z`
    await bank.admin.call('PUT', '/clock', { at: until })
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/settle`, { until })
    const [later] = bank.crm.list('company', { ladderCustomerNo: 'A' })
    expect(later?.ladderTier).toBe('HIGH_END')
    const yearly = bank.crm.list('tierRating', { cause: 'YEARLY', company: row?.id ?? '' })
    expect(yearly).toHaveLength(1)
    expect(yearly[0]?.ruleVersion).toBe(`v${String(body.version)}`)
  })
})

describe.each([1, 8])('an account of HubSpot without custom objects, %i shard(s)', (shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm: 'hubspot-deal', shards, worker })
    await bank.crm.create('company', { name: 'A', ladderCustomerNo: 'A' })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('has no record of the method: the playbook stays in Ladder, and the next rating uses what is published there', async () => {
    for (const object of ['tierRule', 'campaignTemplate', 'escalationPolicy'])
      expect(bank.crm.carries(object)).toBe(false)
    const writes = bank.crm.calls().writes.length
    const { source, version } = await inForce(bank)
    const path = `/accounts/${ACCOUNT}/playbooks?publish=true`
    const published = await bank.admin.call('POST', path, withTop(source, 7_000_000))
    expect(published.ok && Number(published.body.version)).toBeGreaterThan(version)
    await bank.quiet()
    // nothing of it is sent anywhere, and nothing of it is a fault
    expect(bank.crm.calls().writes).toHaveLength(writes)
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
    const data = { amount: '8000000.00' }
    await bank.facts([{ id: 'm', type: 'balance.changed', customer: 'A', at: bank.now(), data }])
    await bank.quiet()
    const [row] = bank.crm.list('company', { ladderCustomerNo: 'A' })
    expect(row).toMatchObject({ ladderTier: 'HIGH_END', ladderTierWhy: expect.stringContaining('TIER_CORP-2') })
    expect((await bank.explain('A'))?.state.rating?.playbook).toBe(published.body.version)
  })
})
