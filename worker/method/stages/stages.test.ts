import { describe, expect, it } from 'vitest'
import { devChecklist } from '../../../schemas/model/development-checklist.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { compiled } from '../tiers/kit.ts'
import { all, at, Lab, qualified } from './kit.ts'

describe('moves', () => {
  it('DEV-A01: a leap over several stages asks for all of them at once', () => {
    const lab = at(1, { segmentName: '农产品', segmentFeatures: '季节' })
    lab.develop({ stage: 'DEV_A05' })
    const notice = String(lab.development['stageNotice'])
    for (const id of ['DEV-A02', 'DEV-A03', 'DEV-A04']) expect(notice).toContain(id)
    expect(notice).not.toContain('DEV-A01')
    expect(lab.development['stage']).toBe('DEV_A01')
    lab.develop({ ...all, stage: 'DEV_A05' })
    expect(lab.development['stage']).toBe('DEV_A05')
  })

  it('DEV-A04: going back is always allowed, and the task of the stage is made anew', () => {
    const lab = at(4)
    lab.develop({ stage: 'DEV_A02' })
    expect(lab.development['stage']).toBe('DEV_A02')
    expect(lab.open('company:c1/stage/')).toEqual(['company:c1/stage/d1/DEV_A02/1'])
  })

  it('DEV-A01: a new development without a stage begins at the first', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    lab.develop({ stage: null })
    expect(lab.development).toMatchObject({ stage: 'DEV_A01', pipeline: 'DEV_A', completeness: 0 })
    expect(lab.development['qualified'] ?? false).toBe(false)
    expect(lab.development['guidance']).toMatch(/市场层级/)
  })

  it('DEV-A01: one made with a later stage is checked like a move from the first', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    lab.develop({ stage: 'DEV_A06' })
    expect(lab.development['stage']).toBe('DEV_A01')
    const other = Lab.of('company:c1')
    other.known()
    other.develop({ ...all, stage: 'DEV_A06' })
    expect(other.development['stage']).toBe('DEV_A06')
  })

  it('a development that was there before Ladder is taken as it stands, with its time from now on', () => {
    const lab = at(9)
    expect(lab.development['stage']).toBe('DEV_A09')
    expect(lab.development['stageNotice'] ?? '').toBe('')
    expect(lab.development['stageSince']).toBe(new Date(lab.now).toISOString())
  })

  it('a stage that the pipeline does not have is put back', () => {
    const lab = at(2)
    lab.develop({ stage: 'DEV_B01' })
    expect(lab.development['stage']).toBe('DEV_A02')
    expect(lab.development['stageNotice']).toContain('DEV_B01')
  })

  it('the notice goes when what was missing is there', () => {
    const lab = at(4)
    lab.develop({ stage: 'DEV_A05' })
    expect(lab.development['stageNotice']).not.toBe('')
    lab.develop({ verdict: 'DEVELOP' })
    expect(lab.development['stageNotice']).toBe('')
  })

  it('works without a customer', () => {
    const lab = Lab.of('development:d1')
    lab.develop({ stage: null, rm: 'rm1' })
    lab.develop({ stage: 'DEV_A02' })
    expect(lab.development['stage']).toBe('DEV_A01')
    expect(lab.written('task', 'development:d1/stage/d1/DEV_A01/0')).toMatchObject({
      assigneeId: 'rm1',
      ladderDevelopment: 'd1',
      ladderCompany: null,
    })
  })

  it('our own write, coming back, decides nothing', () => {
    const lab = at(3)
    lab.develop({ stage: 'DEV_A04' })
    expect(lab.save('development', 'd1', {}, { at: new Date(lab.now + 5000).toISOString() })).toEqual([])
  })
})

describe('what a stage shows', () => {
  it('DEV-A03: since, due in working days, guidance and pipeline version', () => {
    const lab = at(2, { listApproved: true, rm: 'rm1' })
    lab.at('2026-03-10 10:00')
    lab.develop({ stage: 'DEV_A03' })
    // 15 working days after Tuesday 10 March 2026
    expect(lab.development).toMatchObject({ stageDue: '2026-03-31', stageSince: '2026-03-10T02:01:00.000Z' })
    expect(lab.development['pipelineVersion']).toMatch(/^DEV-A [0-9a-z]+$/)
  })

  it('DEV-A07: missing lists rules first, then open checklist items', () => {
    const lines = String(at(7, { checklistDone: ['A07_FORMS'] }).development['missing']).split('\n')
    expect(lines).toEqual(['请完成调查清单：标准表格、问卷与清单，以及汇总分析。', '待完成：汇总分析'])
    expect(at(7, { checklistDone: devChecklist.map(({ code }) => code) }).development['missing'] ?? '').toBe('')
  })

  it('texts are in the language of the playbook', () => {
    const lab = Lab.of('company:c1', { language: 'en' })
    lab.known()
    lab.develop({ stage: null })
    lab.develop({ stage: 'DEV_A02' })
    expect(lab.development['stageNotice']).toMatch(/^Not moved to “Target list”:\nDEV-A01 Name the segment/)
  })

  it('one open task a stage, for the RM, due when the stage is; the one before is closed', () => {
    const lab = at(4, { verdict: 'DEVELOP', rm: 'rm1' })
    lab.develop({ stage: 'DEV_A05' })
    expect(lab.open('company:c1/stage/')).toEqual(['company:c1/stage/d1/DEV_A05/0'])
    const task = lab.written('task', 'company:c1/stage/d1/DEV_A05/0')
    expect(task).toMatchObject({ ladderKind: 'STAGE', assigneeId: 'rm1', ladderDevelopment: 'd1', ladderCompany: 'c1' })
    expect(task['title']).toContain('DEV-A05')
    expect(String(task['dueAt']).slice(0, 10)).toBe(lab.development['stageDue'])
    expect(lab.written('task', 'company:c1/stage/d1/DEV_A04/0')).toMatchObject({ status: 'DONE' })
  })

  it('a task that a person closed is not made again', () => {
    const lab = at(4)
    const key = 'company:c1/stage/d1/DEV_A04/0'
    lab.save('task', 't1', { ladderKey: key, status: 'DONE' })
    const before = lab.upserts('task').length
    lab.develop({ mainRisks: '市场' })
    expect(lab.upserts('task')).toHaveLength(before)
    expect(lab.open('company:c1/stage/')).toEqual([])
  })

  it('the open task follows a new RM', () => {
    const lab = at(4, { rm: 'rm1' })
    lab.develop({ rm: 'rm2' })
    expect(lab.written('task', 'company:c1/stage/d1/DEV_A04/0')['assigneeId']).toBe('rm2')
  })

  it('a deleted development has no open task', () => {
    const lab = at(4)
    lab.save('development', 'd1', {}, { deleted: true, at: new Date(lab.now + 1000).toISOString() })
    expect(lab.open('company:c1/stage')).toEqual([])
  })
})

describe('warnings', () => {
  it('DEV-Q: an unqualified lead may go on, with a notice and a task until all five hold', () => {
    const lab = at(4, { verdict: 'DEVELOP', hasNeed: false })
    expect(lab.development['qualified'] ?? false).toBe(false)
    lab.develop({ stage: 'DEV_A05' })
    expect(lab.development['stage']).toBe('DEV_A05')
    expect(lab.development['stageNotice']).toContain('DEV-Q')
    expect(lab.open('company:c1/stage-warning/')).toHaveLength(1)
    lab.develop({ hasNeed: true })
    expect(lab.development).toMatchObject({ qualified: true, stageNotice: '' })
    expect(lab.open('company:c1/stage-warning/')).toEqual([])
  })

  it('DEV-Q: each of the five counts', () => {
    for (const name of Object.keys(qualified))
      expect(at(4, { [name]: null }).development['qualified'] ?? false).toBe(false)
    expect(at(4).development['qualified']).toBe(true)
  })

  it('a pipeline that only warns refuses nothing, and says what is missing', () => {
    const lab = Lab.of('company:c1', {
      pipelines: defaultPlaybook.pipelines.map((one) => ({ ...one, enforce: 'warn' })),
    })
    lab.known()
    lab.develop({ stage: null })
    lab.develop({ stage: 'DEV_A02' })
    expect(lab.development['stage']).toBe('DEV_A02')
    expect(lab.development['stageNotice']).toContain('DEV-A01')
    expect(lab.open('company:c1/stage-warning/')).toHaveLength(2)
  })
})

describe('a changed playbook', () => {
  it('a running development keeps the pipeline that it began with; a new one gets the new', () => {
    const lab = at(4)
    const strict = structuredClone(defaultPlaybook)
    const stage = strict.pipelines[0]?.stages[3]
    stage?.exit.push({ id: 'EXTRA', rule: 'false', message: { en: 'never', zh: '不行' }, level: 'enforce' })
    lab.playbook = compiled(strict, 2)
    lab.develop({ verdict: 'DEVELOP', stage: 'DEV_A05' })
    expect(lab.development['stage']).toBe('DEV_A05')

    const other = Lab.of('company:c2')
    other.playbook = compiled(strict, 2)
    other.develop({ stage: 'DEV_A04', ...qualified }, true)
    other.develop({ verdict: 'DEVELOP', stage: 'DEV_A05' })
    expect(other.development['stage']).toBe('DEV_A04')
  })
})
