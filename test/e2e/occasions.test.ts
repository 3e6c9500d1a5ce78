import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { ACCOUNT, type CrmName, world, type World } from './harness.ts'
import { escalationsOf } from './outcome.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HOUR = 3_600_000
const DAY = 24 * HOUR
const worker = inject('scripts')

const PLACES: [CrmName, number][] = [
  ['twenty', 8],
  ['hubspot', 1],
  ['hubspot-deal', 8],
]

describe.each(PLACES)('occasions and answers on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  const companies: string[] = []
  let users: string[] = []
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    users = bank.crm.users()
    for (const no of ['C-1', 'C-2', 'C-3'])
      companies.push(
        await bank.crm.create('company', {
          name: `Acme ${no}`,
          ladderCustomerNo: no,
          accountOwnerId: users[0] ?? null,
          ladderBranch: no === 'C-1' ? 'EAST' : 'WEST',
        }),
      )
    const [first = '', second = ''] = bank.crm.emails()
    const branches = ['EAST', 'WEST'].map((code) => ({ code, name: { en: code, zh: code } }))
    const roles = [
      { role: 'SUB_BRANCH_PRESIDENT', branch: 'EAST', members: [second] },
      { role: 'SUB_BRANCH_PRESIDENT', branch: 'WEST', members: [first] },
    ]
    const published = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks?publish=true`, {
      ...defaultPlaybook,
      branches,
      roles,
    })
    if (!published.ok) throw new Error(published.message)
    await bank.quiet()
    for (const [index, yuan] of [1_000_000, 20_000_000, 20_000_000].entries())
      await fact(`b${index}`, 'balance.changed', `C-${index + 1}`, { amount: `${yuan}.00` })
  })
  afterAll(async () => bank.close())

  const fact = async (id: string, type: string, customer: string, data: Record<string, unknown>): Promise<void> => {
    expect((await bank.facts([{ id, type, customer, at: bank.now(), data }])).status).toBe(202)
    await bank.quiet()
  }
  const tasks = (kind: string, company = companies[0] ?? '') =>
    bank.crm.list('task', { ladderKind: kind, ladderCompany: company }).filter(({ status }) => status !== 'DONE')
  const escalation = async (cause: string) =>
    (await escalationsOf(bank, companies[0] ?? '')).find((one) => one.cause === cause && one.status !== 'RESOLVED')
  /** An action of a workflow on the first company; one that has to wait is asked for again. */
  const act = async (name: string, inputFields: Record<string, string>, callbackId = `${name}-${bank.now()}`) => {
    for (let round = 0; ; round++) {
      const response = await fetch(`${bank.ladder.url}/actions/${name}?account=${ACCOUNT}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bank.ladder.keys.adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ callbackId, object: { objectType: 'company', objectId: companies[0] }, inputFields }),
      })
      const { outputFields } = (await response.json()) as { outputFields: Record<string, string> }
      if (outputFields.hs_execution_state !== 'BLOCK' || round > 5) return outputFields
      await bank.advance(bank.now() + 10_000)
    }
  }
  /** What a person sets on the record, or, where there is none, by a workflow action. */
  const answer = async (
    cause: string,
    name: string,
    inputs: Record<string, string>,
    fields: Record<string, string>,
  ) => {
    const key = (await escalation(cause))?.key
    const [record] = bank.crm.carries('escalation') ? bank.crm.list('escalation', { ladderKey: key ?? '' }) : []
    if (record) await bank.crm.update('escalation', record.id, fields)
    else expect(await act(name, { cause, ...inputs })).toMatchObject({ outcome: 'DONE', count: '1' })
    await bank.quiet()
  }

  it('ESC-COMPL: a complaint is recorded and owned, and late it goes to the president of the customer’s branch', async () => {
    await fact('k1', 'complaint.received', 'C-1', { ref: 'K-1', text: 'Transfer too late' })
    expect(tasks('OCCASION')).toMatchObject([{ assigneeId: users[0] }])
    if (bank.crm.carries('occasion'))
      expect(bank.crm.list('occasion')).toMatchObject([
        {
          kind: 'COMPLAINT',
          company: companies[0],
          note: 'Transfer too late',
          status: 'OPEN',
          dueAt: expect.stringMatching(/^2026-09-08T02:00:0/),
        },
      ])
    await bank.advance(bank.now() + DAY + HOUR)
    expect(await escalation('ESC_COMPL')).toMatchObject({ status: 'OPEN', level: 1 })
    await bank.advance(bank.now() + DAY)
    expect(await escalation('ESC_COMPL')).toMatchObject({ level: 2 })
    const president = tasks('ESCALATION').find(({ ladderRole }) => ladderRole === 'SUB_BRANCH_PRESIDENT')
    expect(president).toMatchObject({ assigneeId: users[1] })
  })

  it('ESC-LADDER: paused with a reason its clock stands, and goes on afterwards; reassigned it is somebody else’s', async () => {
    const until = new Date(bank.now() + 5 * DAY).toISOString()
    const reason = 'The customer travels'
    await answer('ESC_COMPL', 'pause', { until, reason }, { status: 'PAUSED', pausedUntil: until, pauseReason: reason })
    await bank.advance(bank.now() + 4 * DAY)
    expect(await escalation('ESC_COMPL')).toMatchObject({ status: 'PAUSED', level: 2, climbsAt: null })
    await bank.advance(bank.now() + DAY + HOUR)
    expect(await escalation('ESC_COMPL')).toMatchObject({ status: 'OPEN', level: 2 })
    await bank.advance(bank.now() + 2 * HOUR)
    await answer(
      'ESC_COMPL',
      'reassign',
      { to: bank.crm.emails()[0] ?? '' },
      { reassignTo: bank.crm.emails()[0] ?? '' },
    )
    expect(tasks('ESCALATION')).toMatchObject([{ ladderRole: 'SUB_BRANCH_PRESIDENT', assigneeId: users[0] }])
  })

  it('ESC-COMPL: answered, everything about it is closed', async () => {
    await fact('k2', 'complaint.answered', 'C-1', { ref: 'K-1' })
    expect(await escalation('ESC_COMPL')).toBeUndefined()
    expect([tasks('OCCASION'), tasks('ESCALATION')]).toEqual([[], []])
    if (bank.crm.carries('occasion')) expect(bank.crm.list('occasion')).toMatchObject([{ status: 'DONE' }])
    if (!bank.crm.carries('escalation')) return
    const [record] = bank.crm.list('escalation', { cause: 'ESC_COMPL' })
    expect(String(record?.history).split('\n').length).toBeGreaterThan(4)
  })

  it('ESC-LADDER: until when holidays are known stands where the doctor and a monitor look', async () => {
    const health = await (await fetch(`${bank.ladder.url}/healthz`)).json()
    expect(health).toMatchObject({ accounts: { [ACCOUNT]: { coveredUntil: '2026-12-31' } } })
  })

  it('ESC-PROMISE: a broken promise is counted on the customer and escalated', async () => {
    await fact('p1', 'service.measured', 'C-1', { service: 'LOAN_ANSWER', value: 4 })
    await fact('p2', 'service.measured', 'C-1', { service: 'LOAN_ANSWER', value: 8 })
    expect(bank.crm.list('company', { id: companies[0] ?? '' })).toMatchObject([
      { ladderPromisesKept: 1, ladderPromisesBroken: 1 },
    ])
    expect(await escalation('ESC_PROMISE')).toMatchObject({ level: 1 })
  })

  it('ESC-OUTER: a sudden event noted by an action reaches each customer whom its rule touches, once, in every Book', async () => {
    const storm = { kind: 'SUDDEN', name: 'Storm', rule: 'tier = "HIGH_END"' }
    const open = () => companies.map((company) => tasks('OCCASION', company).length)
    expect(await act('note-event', { ...storm, rule: 'tiere = 1' })).toMatchObject({
      outcome: 'REFUSED',
      reason: expect.stringContaining('tiere'),
    })
    const noted = await act('note-event', storm, 'e1')
    expect(noted).toMatchObject({ outcome: 'DONE', touched: '2', list: expect.stringContaining('Acme C-2') })
    expect(await act('note-event', storm, 'e1')).toEqual(noted)
    await bank.quiet()
    expect(open()).toEqual([0, 1, 1])
    // another workflow tells of the same event
    expect(await act('note-event', storm, 'e2')).toMatchObject({ occasion: noted.occasion, touched: '2' })
    await bank.quiet()
    expect(open()).toEqual([0, 1, 1])
    if (bank.crm.carries('occasion'))
      expect(bank.crm.list('occasion', { kind: 'SUDDEN' })).toMatchObject([{ name: 'Storm', touched: 2, notice: null }])
    expect(await act('note-event', { ...storm, status: 'CANCELLED' }, 'e3')).toMatchObject({ outcome: 'DONE' })
    await bank.quiet()
    expect(open()).toEqual([0, 0, 0])
  })

  it('ESC-CUST: what an action notes of a customer becomes work once, and closed it is over', async () => {
    const ill = { kind: 'ILLNESS', note: 'Wang in hospital' }
    const noted = await act('note-occasion', ill, 'o1')
    expect(noted).toMatchObject({ outcome: 'DONE', tasks: '1', due: expect.stringMatching(/^2026-/) })
    expect(await act('note-occasion', ill, 'o1')).toEqual(noted)
    await bank.quiet()
    expect(tasks('OCCASION')).toMatchObject([{ title: '患病：登门拜访：Acme C-1' }])
    if (bank.crm.carries('occasion'))
      expect(bank.crm.list('occasion', { kind: 'ILLNESS' })).toMatchObject([{ id: noted.occasion, status: 'OPEN' }])
    const other = await act('note-occasion', { kind: 'DIFFICULTY' }, 'o2')
    expect(other).toMatchObject({ outcome: 'DONE', tasks: '2' })
    const closed = await act('close-occasion', { occasion: noted.occasion ?? '', status: 'CANCELLED' }, 'o3')
    expect(closed).toMatchObject({ outcome: 'DONE', count: '1', tasks: '2' })
    expect(await act('close-occasion', {}, 'o4')).toMatchObject({ outcome: 'DONE', count: '1', tasks: '0' })
    expect(await act('close-occasion', {}, 'o5')).toMatchObject({ outcome: 'ALREADY', count: '0' })
    await bank.quiet()
    await bank.sweep()
    expect(tasks('OCCASION')).toEqual([])
    if (bank.crm.carries('occasion'))
      expect(bank.crm.list('occasion', { kind: 'ILLNESS' })).toMatchObject([{ status: 'CANCELLED' }])
    expect(await act('note-occasion', { kind: 'ECLIPSE' }, 'o6')).toMatchObject({ outcome: 'REFUSED' })
    expect(await act('note-occasion', {}, 'o7')).toMatchObject({ outcome: 'INVALID' })
  })

  it('ESC-COMPL: a complaint of core banking’s closes by an action too; a yearly occasion comes by it each year', async () => {
    await fact('k3', 'complaint.received', 'C-1', { ref: 'K-2', text: 'Again' })
    expect(tasks('OCCASION')).toHaveLength(1)
    expect(await act('close-occasion', { kind: 'COMPLAINT' }, 'o8')).toMatchObject({ outcome: 'DONE', count: '1' })
    await bank.quiet()
    expect(tasks('OCCASION')).toEqual([])
    const soon = new Date(bank.now() + 5 * DAY).toISOString().slice(5, 10)
    const noted = await act('note-occasion', { kind: 'ANNIVERSARY', on: `2019-${soon}` }, 'o9')
    expect(noted).toMatchObject({ outcome: 'DONE', tasks: '1', due: expect.stringMatching(/^2026-/) })
    await act('close-occasion', {}, 'o10')
    await bank.quiet()
  })

  it('ESC-OUTER: a sudden event noted once reaches each customer whom its rule touches, once, in every Book', async () => {
    if (!bank.crm.carries('occasion')) return
    const id = await bank.crm.create('occasion', {
      name: 'Flood',
      kind: 'SUDDEN',
      rule: 'tier = "HIGH_END"',
      on: new Date(bank.now() + 8 * HOUR).toISOString().slice(0, 10),
    })
    await bank.quiet()
    await bank.sweep()
    expect(bank.crm.list('occasion', { id })).toMatchObject([{ touched: 2, notice: null }])
    expect(companies.map((company) => tasks('OCCASION', company).length)).toEqual([0, 1, 1])
    await bank.crm.update('occasion', id, { status: 'CANCELLED' })
    await bank.sweep()
    expect(companies.map((company) => tasks('OCCASION', company).length)).toEqual([0, 0, 0])
  })

  it('ESC-CUST: what a person notes of a customer becomes work; a visit in person finishes it', async () => {
    if (!bank.crm.carries('occasion') || !bank.crm.carries('visit')) return
    const [company = ''] = companies
    await bank.crm.create('occasion', { name: 'Wang ill', kind: 'ILLNESS', company })
    await bank.quiet()
    expect(tasks('OCCASION')).toHaveLength(1)
    const heldAt = new Date(bank.now()).toISOString()
    await bank.crm.create('visit', { name: 'At the hospital', status: 'HELD', form: 'VISIT', company, heldAt })
    await bank.quiet()
    expect(tasks('OCCASION')).toEqual([])
  })
})
