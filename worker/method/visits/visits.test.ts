import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { at, Lab } from '../stages/kit.ts'

const KEY = 'company:c1/visit/v1'
const TASK = 'company:c1/visit-task/v1'
const held: Fields = {
  company: 'c1',
  development: 'd1',
  form: 'VISIT',
  status: 'HELD',
  heldAt: '2026-03-02T03:00:00.000Z',
  record: '已谈',
  nextStep: '送报价',
  nextStepOn: '2026-03-09',
}

const save = (lab: Lab, fields: Fields, id = 'v1', more: { deleted?: boolean } = {}) => {
  lab.now += 60_000
  return lab.save('visit', id, fields, more)
}
/** The CRM shows the next visit that Ladder made, with what a person did to it. */
const shown = (lab: Lab, fields: Fields = {}, more: { deleted?: boolean } = {}) =>
  save(lab, { ...lab.written('visit', KEY), ladderKey: KEY, ...fields }, 'v2', more)
const visitOf = (lab: Lab, id = 'v1'): Fields => lab.state.records['visit']?.[id]?.fields ?? {}
const made = (lab: Lab): string[] => lab.upserts('visit').map(({ key }) => key)

describe('the next visit', () => {
  it('DEV-A06: a held visit with a next step and its date makes the next visit and its task, once', () => {
    const lab = at(6)
    save(lab, { ...held, status: 'PLANNED' })
    expect(made(lab)).toEqual([])
    save(lab, held)
    expect(lab.written('visit', KEY)).toMatchObject({
      status: 'PLANNED',
      company: 'c1',
      development: 'd1',
      topics: '送报价',
      plannedAt: '2026-03-09T01:00:00.000Z',
    })
    expect(lab.written('task', TASK)).toMatchObject({ ladderKind: 'VISIT', dueAt: '2026-03-09T01:00:00.000Z' })
    shown(lab)
    save(lab, { record: '已谈，补充', steps: ['GREET'] })
    expect(made(lab)).toEqual([KEY])
    expect(lab.open(TASK)).toHaveLength(1)
  })

  it('DEV-A06: it moves with the date, and its task with it; where people moved it, the task follows them', () => {
    const lab = at(6)
    save(lab, held)
    shown(lab)
    save(lab, { nextStepOn: '2026-03-12' })
    expect(lab.written('visit', KEY)['plannedAt']).toBe('2026-03-12T01:00:00.000Z')
    expect(lab.state.tasks[TASK]?.due).toBe('2026-03-12T01:00:00.000Z')
    shown(lab, { plannedAt: '2026-03-13T06:00:00.000Z' })
    expect(visitOf(lab, 'v2')['plannedAt']).toBe('2026-03-13T06:00:00.000Z')
    expect(lab.state.tasks[TASK]?.due).toBe('2026-03-13T06:00:00.000Z')
    expect(new Set(made(lab)).size).toBe(1)
  })

  it('DEV-A06: it is taken back when the record asks for it no more, and comes back with it', () => {
    const lab = at(6)
    save(lab, held)
    shown(lab)
    save(lab, { nextStepOn: null })
    expect(visitOf(lab, 'v2')['status']).toBe('CANCELLED')
    expect(lab.open(TASK)).toEqual([])
    save(lab, { nextStepOn: '2026-03-10' })
    expect(visitOf(lab, 'v2')).toMatchObject({ status: 'PLANNED', plannedAt: '2026-03-10T01:00:00.000Z' })
    expect(lab.open(TASK)).toHaveLength(1)
    save(lab, {}, 'v1', { deleted: true })
    expect(visitOf(lab, 'v2')['status']).toBe('CANCELLED')
    expect(lab.open(TASK)).toEqual([])
  })

  it.each<[string, Fields, { deleted?: boolean }]>([
    ['held', { status: 'HELD' }, {}],
    ['cancelled', { status: 'CANCELLED' }, {}],
    ['deleted', {}, { deleted: true }],
  ])(
    'DEV-A06: one that people have %s is theirs: its task closes, and the date moves it no more',
    (_, fields, more) => {
      const lab = at(6)
      save(lab, held)
      shown(lab, fields, more)
      expect(lab.open(TASK)).toEqual([])
      const before = made(lab).length
      save(lab, { nextStepOn: '2026-03-20' })
      save(lab, { nextStep: null })
      expect(made(lab)).toHaveLength(before)
      expect(lab.open(TASK)).toEqual([])
    },
  )

  it('DEV-A06: visits follow one another: the next one, held with a next step, makes its own', () => {
    const lab = at(6)
    save(lab, held)
    shown(lab, { status: 'HELD', record: '已送', nextStep: '签约', nextStepOn: '2026-03-16' })
    expect(made(lab)).toEqual([KEY, 'company:c1/visit/v2'])
    expect(lab.open('company:c1/visit-task/')).toEqual(['company:c1/visit-task/v2'])
  })

  it('DEV-A06: where people have planned a visit for that day, none is made', () => {
    const lab = at(6)
    save(lab, { ...held, status: 'PLANNED', plannedAt: '2026-03-09T07:00:00.000Z', nextStep: null }, 'v9')
    save(lab, held)
    expect(made(lab)).toEqual([])
    save(lab, { nextStepOn: '2026-03-11' })
    expect(made(lab)).toEqual([KEY])
  })

  it('DEV-A06: of a record from before Ladder none is made for a day that has passed', () => {
    const lab = at(6)
    const record = { object: 'visit', id: 'v1', at: '2026-01-05T02:00:00.000Z', createdAt: '2026-01-05T02:00:00.000Z' }
    const fields = { ...held, nextStepOn: '2026-01-12' }
    const old = { type: 'record.changed', id: 'old', via: 'sweep', adopt: true } as const
    lab.feed({ ...old, record: { ...record, deleted: false, fields } })
    save(lab, { record: '补记' })
    expect(made(lab)).toEqual([])
    save(lab, { nextStepOn: '2026-03-11' })
    expect(made(lab)).toEqual([KEY])
  })

  it('DEV-A06: merged customers keep one next visit of each record, under the key that the CRM knows', () => {
    const other = Lab.of('company:c0')
    other.known()
    other.save('visit', 'v1', { ...held, company: 'c0', development: null })
    const lab = Lab.of('company:c1')
    lab.known()
    lab.feed({
      type: 'subject.merged',
      id: 'm',
      from: 'company:c0',
      at: '2026-03-02T02:05:00.000Z',
      state: other.state,
    })
    expect(made(lab)).toEqual([])
    lab.now += 60_000
    lab.save('visit', 'v1', { nextStepOn: '2026-03-10' })
    expect(made(lab)).toEqual(['company:c0/visit/v1'])
    expect(lab.openTasks().filter((key) => key.includes('visit'))).toEqual([TASK])
  })
})

describe('the plan and the record', () => {
  it('DEV-A05: a plan says what it lacks, until the appointment can be made', () => {
    const lab = at(5)
    save(lab, { company: 'c1', form: 'VISIT', status: 'PLANNED', plannedAt: '2026-03-09T07:00:00.000Z' })
    expect(visitOf(lab)['notice']).toContain('尚缺：拜访层级；参加人员；议题；材料；可能问题与应答；预约方式')
    const plan = {
      level: 'RM',
      participants: '王',
      topics: '代发',
      materials: '介绍',
      likelyProblems: '利率',
      channel: 'PHONE',
    }
    save(lab, plan)
    expect(visitOf(lab)['notice']).not.toContain('尚缺')
  })

  it('DEV-A06: before a visit it says what is still to be taken along; a call needs none of it', () => {
    const lab = at(6)
    save(lab, { ...held, status: 'PLANNED', plannedAt: '2026-03-09T07:00:00.000Z' })
    expect(visitOf(lab)['notice']).toContain('访前待准备：客户档案；银行介绍；营销方案；访问计划')
    save(lab, { prepared: ['FILE', 'PRESENTATION', 'VISIT_PLAN'] })
    expect(visitOf(lab)['notice']).toMatch(/访前待准备：营销方案$/)
    save(lab, { prepared: ['FILE', 'PRESENTATION', 'PLAN', 'VISIT_PLAN'] })
    expect(visitOf(lab)['notice']).not.toContain('访前')
    save(lab, { form: 'CALL', prepared: [] })
    expect(visitOf(lab)['notice']).not.toContain('访前')
    save(lab, { form: 'VISIT', status: 'HELD' })
    expect(visitOf(lab)['notice']).not.toContain('访前')
  })

  it('DEV-A06: a held visit names the steps of the eleven that were left out, and what its record lacks', () => {
    const lab = at(6)
    save(lab, { ...held, nextStep: null, steps: ['GREET', 'COMMON_GROUND'] })
    const notice = String(visitOf(lab)['notice'])
    expect(notice).toContain('尚缺：下一步')
    expect(notice.split('未完成步骤：')[1]?.split('；')).toHaveLength(9)
  })
})
