import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { ACCOUNT, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = await bundleWorker()

describe.each([1, 8])('the method is edited in CRM records, %i shard(s)', (shards) => {
  let bank: World
  let fact = 0

  /** The tier that a company of this many yuan gets by its next rating. */
  const rated = async (customer: string, yuan: number): Promise<unknown> => {
    await bank.advance(bank.now() + MINUTE)
    const data = { amount: `${yuan}.00` }
    const answer = await bank.facts([{ id: `m${++fact}`, type: 'balance.changed', customer, at: bank.now(), data }])
    expect(answer.status).toBe(202)
    await bank.quiet()
    return (await bank.list('companies', `ladderCustomerNo[eq]:"${customer}"`))[0]?.ladderTier
  }
  const rule = async (id: string): Promise<Record<string, unknown>> => {
    const [row] = await bank.list('tierRules', `ladderKey[eq]:"method/rule/TIER_CORP/${id}"`)
    if (!row) throw new Error(`no record of ${id}`)
    return row
  }
  const edit = async (id: string, fields: object): Promise<void> => {
    await bank.rest('PATCH', `tierRules/${String((await rule(id)).id)}`, fields)
    await bank.quiet()
  }
  const playbooks = async (): Promise<{ version: number; source: Playbook }> => {
    const { body } = await bank.admin.call('GET', `/accounts/${ACCOUNT}/playbooks`)
    return body.active as { version: number; source: Playbook }
  }
  const cells = (playbook: Playbook, id: string): string[] | undefined =>
    playbook.tables.find(({ code }) => code === 'TIER_CORP')?.table.rules.find((one) => one.id === id)?.when

  beforeAll(async () => {
    bank = await world({ start: START, shards, runtime: { worker } })
    for (const name of ['A', 'B', 'C']) await bank.rest('POST', 'companies', { name, ladderCustomerNo: name })
    await bank.quiet()
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/sweep`, {})
    await bank.quiet()
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
    const ratings = (await bank.list('tierRatings')).filter((one) => one.newTier === 'HIGH_END')
    expect(ratings).toHaveLength(1)
    expect(ratings[0]).toMatchObject({ ruleVersion: `v${after.version}`, ruleRow: 'TIER_CORP-2' })
    expect(await rule('TIER_CORP-2')).toMatchObject({ state: 'ACTIVE', error: '' })
    expect(await rule('TIER_CORP-3')).toMatchObject({ state: 'ACTIVE', error: '' })
  })

  it('an unreadable cell gets its error on the record, and the last good version stays in force', async () => {
    const before = await playbooks()
    await edit('TIER_CORP-2', { amountCell: '>= seven million' })
    const broken = await rule('TIER_CORP-2')
    expect(broken).toMatchObject({ state: 'ERROR', amountCell: '>= seven million' })
    expect(String(broken.error)).not.toBe('')
    expect((await playbooks()).version).toBe(before.version)
    expect(await rated('B', 7_500_000)).toBe('HIGH_END')
  })

  it('once repaired, the error goes and the row counts', async () => {
    await edit('TIER_CORP-2', { amountCell: '>= 7000000' })
    expect(await rule('TIER_CORP-2')).toMatchObject({ state: 'ACTIVE', error: '' })
    expect(await rated('B', 7_500_001)).toBe('HIGH_END')
  })

  it("the error and its end are Ladder's own writes: they make no new version and no further call", async () => {
    const { version } = await playbooks()
    bank.twenty.calls.clear()
    await bank.quiet()
    expect(bank.twenty.calls.count()).toBe(0)
    expect((await playbooks()).version).toBe(version)
  })

  it('publishing a playbook writes its records; rolling back writes them back, as a new version', async () => {
    const before = await playbooks()
    const draft = structuredClone(before.source)
    const table = draft.tables.find(({ code }) => code === 'TIER_CORP')?.table
    for (const row of table?.rules ?? []) {
      if (row.id === 'TIER_CORP-2') row.when = ['false', '>= 9000000']
      if (row.id === 'TIER_CORP-3') row.when = ['false', '(5000000..9000000)']
    }
    const kept = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks`, draft)
    expect(kept).toMatchObject({ ok: true })
    await bank.quiet()
    expect((await playbooks()).version).toBe(before.version)
    const published = await bank.admin.call(
      'POST',
      `/accounts/${ACCOUNT}/playbooks/${String(kept.body.version)}/publish`,
    )
    expect(published).toMatchObject({ ok: true, body: { version: kept.body.version } })
    await bank.quiet()
    expect(await rule('TIER_CORP-2')).toMatchObject({ amountCell: '>= 9000000', state: 'ACTIVE', error: '' })
    expect(await rated('C', 8_000_000)).toBe('MID')
    // its own records' webhooks make no version of their own
    expect((await playbooks()).version).toBe(kept.body.version)

    const back = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks/${before.version}/publish`)
    await bank.quiet()
    expect(Number(back.body.version)).toBeGreaterThan(Number(kept.body.version))
    expect(await rule('TIER_CORP-2')).toMatchObject({ amountCell: '>= 7000000' })
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

  it('TIER-RERATE: what falls due by time alone goes by the playbook in force, though no event came since', async () => {
    expect(await rated('A', 6_000_000)).toBe('MID')
    const { source } = await playbooks()
    const draft = structuredClone(source)
    const table = draft.tables.find(({ code }) => code === 'TIER_CORP')?.table
    for (const row of table?.rules ?? []) {
      if (row.id === 'TIER_CORP-2') row.when = ['false', '>= 5500000']
      if (row.id === 'TIER_CORP-3') row.when = ['false', '(5000000..5500000)']
    }
    const { body } = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks?publish=true`, draft)
    await bank.quiet()
    const [row] = await bank.list('companies', 'ladderCustomerNo[eq]:"A"')
    expect(row?.ladderTier).toBe('MID')
    // a year goes by in one step
    const until = `${String(row?.ladderNextRatingOn)}T06:00:00.000Z`
    await bank.admin.call('PUT', '/clock', { at: until })
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/settle`, { until })
    const [later] = await bank.list('companies', 'ladderCustomerNo[eq]:"A"')
    expect(later?.ladderTier).toBe('HIGH_END')
    const yearly = (await bank.list('tierRatings')).filter(
      ({ cause, companyId }) => cause === 'YEARLY' && companyId === row?.id,
    )
    expect(yearly).toHaveLength(1)
    expect(yearly[0]?.ruleVersion).toBe(`v${String(body.version)}`)
  })
})
