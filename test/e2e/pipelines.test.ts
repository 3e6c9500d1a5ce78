import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, EVERYWHERE, type Shown, world, type World } from './harness.ts'

const START = '2026-03-02T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const worker = inject('scripts')

describe.each(EVERYWHERE)('development on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  let company: string
  let rm: string
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    rm = bank.crm.users()[0] ?? ''
    company = await bank.crm.create('company', { name: 'Acme', ladderCustomerNo: 'C-1', accountOwnerId: rm })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const only = (rows: Shown[]): Shown => {
    const [row, ...others] = rows
    if (!row || others.length > 0) throw new Error(`${rows.length} records instead of one`)
    return row
  }
  const begin = async (pipeline: string, stage: string, more = {}): Promise<string> => {
    const id = await bank.crm.create('development', { name: `Acme ${stage}`, company, pipeline, stage, ...more })
    await bank.quiet()
    return id
  }
  const edit = async (object: string, id: string, fields: Record<string, unknown>) => {
    await bank.advance(bank.now() + MINUTE)
    await bank.crm.update(object, id, fields as never)
    await bank.quiet()
  }
  const development = (id: string) => only(bank.crm.list('development', { id }))
  const report = async (path: string) => {
    const answer = await bank.admin.call('GET', `/accounts/${ACCOUNT}/reports/${path}`)
    if (!answer.ok) throw new Error(answer.message)
    return answer.body
  }

  it('DEV-B: has stages of its own, with guidance and a deadline; the file’s share moves as it is filled in', async () => {
    const id = await begin('DEV_B', 'DEV_B01', { leadSource: 'AGENT', rm })
    expect(development(id)).toMatchObject({ pipeline: 'DEV_B', stage: 'DEV_B01', stageNotice: null })
    expect(development(id).stageDue).toMatch(/^2026-03-/)
    await edit('development', id, { stage: 'DEV_B02' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B02', completeness: 0 })
    await edit('development', id, { legalName: 'Acme', contactPhone: '1', stage: 'DEV_B03' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B02', completeness: 40 })
    await edit('development', id, { businessScope: 'Farms', keyPeople: 'Wang', stage: 'DEV_B03' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B03', completeness: 60, stageNotice: null })
  })

  it('DEV-OBJ: a genuine objection holds back the close until it is resolved, and asks for its answer', async () => {
    const id = only(bank.crm.list('development', { pipeline: 'DEV_B' })).id
    await edit('development', id, { visitRecord: 'Met', needExplicit: 'Payroll', hasNeed: true, canBuy: true })
    await edit('development', id, { meetsConditions: true, hasAuthority: true, createsValue: true, stage: 'DEV_B04' })
    await edit('development', id, { objections: 'Rates', objectionKind: 'GENUINE', stage: 'DEV_B05' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B04', objectionsOpen: 1, needState: 'EXPLICIT' })
    const task = () => only(bank.crm.list('task', { ladderKey: `company:${company}/objection/${id}` }))
    expect(task()).toMatchObject({ status: 'TODO', assigneeId: rm })
    await edit('development', id, { objectionAnswer: 'By volume', objectionResolved: true, stage: 'DEV_B05' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B05', objectionsOpen: 0 })
    expect(task()).toMatchObject({ status: 'DONE' })
    await edit('development', id, { productsLaunched: 'Payroll', agreementOn: '2026-03-02', stage: 'DEV_B06' })
    expect(development(id)).toMatchObject({ stage: 'DEV_B06', won: true })
  })

  it('DEV-KIT: papers on a development say what they lack and price themselves, where the CRM has room for them', async () => {
    if (!bank.crm.carries('workingPaper')) return
    const of = only(bank.crm.list('development', { pipeline: 'DEV_B' })).id
    const paper = { name: 'Price', kind: 'PRICING', development: of, method: 'COST', cost: 100_000 }
    const id = await bank.crm.create('workingPaper', paper)
    const log = { name: 'Rates', kind: 'OBJECTION', development: of, text: 'Too dear', nature: 'GENUINE' }
    const objection = await bank.crm.create('workingPaper', log)
    await bank.quiet()
    const shown = () => only(bank.crm.list('workingPaper', { id }))
    expect(shown().notice).not.toBeNull()
    expect(development(of)).toMatchObject({ objectionsOpen: 1 })
    await edit('workingPaper', id, { percent: 20 })
    expect(shown()).toMatchObject({ price: 120_000, notice: null })
    const task = () => only(bank.crm.list('task', { ladderKey: `company:${company}/objection/${objection}` }))
    expect(task()).toMatchObject({ status: 'TODO', ladderDevelopment: of })
    await edit('workingPaper', objection, { answer: 'By volume', resolved: true })
    expect(task()).toMatchObject({ status: 'DONE' })
    expect(development(of)).toMatchObject({ objectionsOpen: 0 })
  })

  it('DEV-D: a pipeline that is switched off begins nothing, and says why on the record', async () => {
    const id = await begin('DEV_D', 'DEV_D01', { leadSource: 'WEB' })
    expect(development(id).stageNotice).toContain('大客户开发基本步骤')
    expect(development(id).stageSince).toBeNull()
    await edit('development', id, { pipeline: 'DEV_C', stage: 'DEV_C01' })
    expect(development(id)).toMatchObject({ pipeline: 'DEV_C', stage: 'DEV_C01', stageNotice: null })
    expect(development(id).stageDue).not.toBeNull()
  })

  it('DEV-C: a stage of another pipeline is put back with the reason', async () => {
    const id = only(bank.crm.list('development', { pipeline: 'DEV_C' })).id
    // HubSpot itself takes no stage of another pipeline alone: there it is one that is switched off
    await edit('development', id, crm === 'twenty' ? { stage: 'DEV_A02' } : { pipeline: 'DEV_D', stage: 'DEV_D02' })
    expect(development(id)).toMatchObject({ pipeline: 'DEV_C', stage: 'DEV_C01' })
    expect(development(id).stageNotice).not.toBeNull()
  })

  it('DEV-SRC: a development without a source has a task until it has one; the report counts by source', async () => {
    const id = await begin('DEV_A', 'DEV_A01')
    const tasks = () => bank.crm.list('task', { ladderKey: `company:${company}/stage-warning/${id}/DEV-SRC/0` })
    expect(only(tasks())).toMatchObject({ status: 'TODO' })
    await edit('development', id, { leadSource: 'REFERRAL' })
    expect(only(tasks())).toMatchObject({ status: 'DONE' })
    expect(await report('sources')).toEqual({
      rows: [
        { source: 'AGENT', stage: 'DEV_B06', count: 1, won: 1 },
        { source: 'REFERRAL', stage: 'DEV_A01', count: 1, won: 0 },
        { source: 'WEB', stage: 'DEV_C01', count: 1, won: 0 },
      ],
    })
  })

  it('DEV-A06: a held visit with a next step makes the next visit and its task once; both move with the date', async () => {
    const visit = { name: 'First', company, form: 'VISIT', status: 'PLANNED', plannedAt: bank.now() }
    const id = await bank.crm.create('visit', { ...visit, plannedAt: new Date(bank.now()).toISOString() })
    await bank.quiet()
    await edit('visit', id, { status: 'HELD', record: 'Met', nextStep: 'Offer', nextStepOn: '2026-03-09' })
    const key = `company:${company}/visit/${id}`
    const next = () => only(bank.crm.list('visit', { ladderKey: key }))
    const task = () => only(bank.crm.list('task', { ladderKey: `company:${company}/visit-task/${id}` }))
    expect(next()).toMatchObject({ status: 'PLANNED', plannedAt: '2026-03-09T01:00:00.000Z', company })
    expect(task()).toMatchObject({ status: 'TODO', dueAt: '2026-03-09T01:00:00.000Z' })
    await edit('visit', id, { record: 'Met again', nextStepOn: '2026-03-10' })
    expect(next()).toMatchObject({ plannedAt: '2026-03-10T01:00:00.000Z' })
    expect(task()).toMatchObject({ dueAt: '2026-03-10T01:00:00.000Z' })
    await edit('visit', String(next().id), { status: 'CANCELLED' })
    expect(task()).toMatchObject({ status: 'DONE' })
    expect(bank.crm.list('visit')).toHaveLength(2)
  })

  it('DEV-ACT: closed calls and held calls count by RM and day', async () => {
    const call = { title: 'Call', ladderKind: 'CALL', status: 'TODO', assigneeId: rm, ladderCompany: company }
    const id = await bank.crm.create('task', call)
    await bank.crm.create('visit', { name: 'Phone', company, form: 'CALL', status: 'HELD', rm, plannedAt: START })
    await bank.quiet()
    await edit('task', id, { status: 'DONE', ladderOutcome: 'SUCCESS' })
    expect(await report('calls?from=2026-03-02&to=2026-03-02')).toMatchObject({
      workdays: 1,
      norms: { least: 30, most: 50, successPercent: 10 },
      rms: [{ rm, made: 2, won: 1, below: true }],
    })
  })

  it('DEV-CTRL: a control item without one owner, a date and criteria is refused, until it is mended', async () => {
    const id = await bank.crm.create('task', {
      title: 'Item',
      ladderKind: 'CONTROL',
      status: 'TODO',
      ladderCompany: company,
    })
    await bank.quiet()
    const item = () => only(bank.crm.list('task', { id }))
    expect(item()).toMatchObject({ ladderRefused: true })
    expect(item().ladderNotice).toContain('验收标准')
    await edit('task', id, { assigneeId: rm, dueAt: '2026-03-20T02:00:00.000Z', ladderCriteria: 'Signed' })
    expect(item()).toMatchObject({ ladderNotice: null })
    await edit('task', id, { status: 'DONE' })
    expect(item()).toMatchObject({ status: 'DONE' })
    await edit('task', id, { ladderCriteria: null })
    expect(item()).toMatchObject({ ladderRefused: true, status: 'TODO' })
  })
})
