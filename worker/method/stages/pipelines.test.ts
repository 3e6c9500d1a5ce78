import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Pipeline } from '../../../schemas/playbook/index.ts'
import { compiled } from '../tiers/kit.ts'
import { Lab, qualified } from './kit.ts'

const { pipelines } = defaultPlaybook
const withAll = { pipelines: pipelines.map((one) => ({ ...one, active: true })) }
const file = (code: string): Fields =>
  Object.fromEntries((pipelines.find((one) => one.code === code)?.fileFields ?? []).map((name) => [name, '有']))
const signed: Fields = { agreementSigned: true, agreementOn: '2026-06-01' }
const need: Fields = { needHidden: '账款回收慢' }
const visited: Fields = { visitRecord: '已访' }
const next: Fields = { nextStep: '报价', nextStepOn: '2026-04-01' }
const develop: Fields = { verdict: 'DEVELOP' }
const key: Fields = { keyPeople: '王总' }

/** What each stage asks for, in order: without it the next one is refused, with it it is allowed. */
const asked: Record<string, Fields[]> = {
  DEV_B: [
    { rm: 'rm1' },
    { ...file('DEV_B'), ...key },
    { ...visited, ...need, objectionKind: 'GENUINE', objections: '利率高' },
    { objectionAnswer: '可优惠', objectionResolved: true },
    { productsLaunched: '代发', agreementOn: '2026-05-01' },
  ],
  DEV_C: [
    file('DEV_C'),
    { customerKind: '结算', potential: 'HIGH', ...develop, rm: 'rm1' },
    { productMix: '代发', entryPoint: '工资', ...next },
  ],
  DEV_D: [{ ...file('DEV_D'), surveySummary: '已汇总' }, { ...visited, ...need }, { proposal: '方案' }, next],
  DEV_E: [{ ...develop, ...qualified }, visited, { expectedRevenue: 10_000_000, ...need }, signed],
  DEV_F: [file('DEV_F'), key, visited],
  DEV_G: [
    { ...file('DEV_G'), swot: '优势…' },
    { ...develop, assessmentSignedOff: true },
    { planApproved: true },
    { productsLaunched: '银企直连' },
  ],
  DEV_H: [
    { ...file('DEV_H'), ...develop },
    { entryPoint: '票据', ...key, ...visited },
    { ...need, productMix: '票据池' },
    { ...signed, ...next },
  ],
}

const lab = (playbook: { pipelines: Pipeline[] } = withAll): Lab => {
  const subject = Lab.of('company:c1', playbook)
  subject.known({ accountOwnerId: null })
  return subject
}
const stage = (code: string, number: number): string => `${code}${String(number).padStart(2, '0')}`

describe.each(pipelines.slice(1).map(({ code, id, name }) => ({ code, id, name })))('$id $name.en', ({ code, id }) => {
  const steps = asked[code] ?? []

  it(`${id}: each stage is left only with what it has to show`, () => {
    const subject = lab()
    subject.develop({ pipeline: code, stage: stage(code, 1) })
    for (const [index, fields] of steps.entries()) {
      subject.develop({ stage: stage(code, index + 2) })
      expect(subject.development['stage']).toBe(stage(code, index + 1))
      expect(subject.development['stageNotice']).toContain('未移动')
      subject.develop({ ...fields, stage: stage(code, index + 2) })
      expect(subject.development['stage']).toBe(stage(code, index + 2))
      expect(subject.development['stageNotice']).not.toContain('未移动')
    }
  })

  it(`${id}: leaving any one thing out is refused`, () => {
    for (const [index, fields] of steps.entries())
      for (const name of Object.keys(fields).filter((one) => !LESS.has(one) && !isFile(code, one))) {
        const subject = lab()
        const before: Fields = Object.assign({}, ...steps.slice(0, index + 1))
        subject.develop({ pipeline: code, stage: stage(code, index + 1), ...before, [name]: null }, true)
        subject.develop({ stage: stage(code, index + 2) })
        expect([name, subject.development['stage']]).toEqual([name, stage(code, index + 1)])
      }
  })

  it(`${id}: its record shows pipeline, guidance, the share of its file, and a deadline`, () => {
    const subject = lab()
    subject.develop({ pipeline: code, stage: stage(code, 1), ...file(code) })
    expect(subject.development).toMatchObject({ pipeline: code, completeness: 100, stage: stage(code, 1) })
    expect(String(subject.development['guidance']).length).toBeGreaterThan(5)
    expect(subject.development['stageDue']).toMatch(/^2026-/)
    expect(subject.open(`company:c1/stage/d1/${stage(code, 1)}`)).toHaveLength(1)
  })
})

/** What a stage may do without: one of several ways, or only warned of. */
const LESS = new Set(['objections', 'objectionKind', 'hasNeed', 'canBuy', 'hasAuthority', 'createsValue', 'needHidden'])
const isFile = (code: string, name: string): boolean => name in file(code)

describe('pipelines side by side', () => {
  it('DEV-E: an unattractive customer stays among the potential ones', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_E', stage: 'DEV_E01', verdict: 'DROP', ...qualified })
    subject.develop({ stage: 'DEV_E02' })
    expect(subject.development['stage']).toBe('DEV_E01')
    subject.develop({ verdict: 'DEVELOP', meetsConditions: false, stage: 'DEV_E02' })
    expect(subject.development['stageNotice']).toContain('无吸引力')
  })

  it('DEV-F: having come to a campaign counts as the seminar, a held call as the phone visit', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_F', stage: 'DEV_F03', ...file('DEV_F'), ...key, ...need }, true)
    subject.develop({ stage: 'DEV_F04' })
    expect(subject.development['stage']).toBe('DEV_F03')
    subject.save('participation', 'p1', { company: 'c1', attendance: 'CAME' })
    subject.develop({ stage: 'DEV_F04' })
    expect(subject.development['stage']).toBe('DEV_F04')
    subject.develop({ stage: 'DEV_F05' })
    expect(subject.development['stage']).toBe('DEV_F04')
    subject.save('visit', 'v1', { company: 'c1', form: 'CALL', status: 'HELD' })
    subject.develop({ stage: 'DEV_F05' })
    expect(subject.development['stage']).toBe('DEV_F05')
  })

  it('DEV-G: after the measure the next round begins at the first stage; a SWOT paper counts as one', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_G', stage: 'DEV_G05', ...file('DEV_G') }, true)
    subject.develop({ stage: 'DEV_G01' })
    expect(subject.development['stage']).toBe('DEV_G01')
    subject.develop({ stage: 'DEV_G02' })
    expect(subject.development['stageNotice']).toContain('SWOT')
    const swot = { strengths: '网点', weaknesses: '利率', opportunities: '园区', threats: '同业' }
    subject.save('workingPaper', 'w1', { kind: 'SWOT', development: 'd1', ...swot })
    subject.develop({ stage: 'DEV_G02' })
    expect(subject.development['stage']).toBe('DEV_G02')
  })

  it('DEV-H: an account is not defended over a genuine objection', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_H', stage: 'DEV_H04', ...signed, ...next, objectionKind: 'GENUINE' }, true)
    subject.develop({ stage: 'DEV_H05' })
    expect(subject.development['stage']).toBe('DEV_H04')
    subject.develop({ objectionResolved: true, stage: 'DEV_H05' })
    expect(subject.development).toMatchObject({ stage: 'DEV_H05', won: true })
  })

  it('DEV-B: a stage of another pipeline is refused with the reason', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_A', stage: 'DEV_A01' })
    subject.develop({ stage: 'DEV_B02' })
    expect(subject.development).toMatchObject({ pipeline: 'DEV_A', stage: 'DEV_A01' })
    expect(subject.development['stageNotice']).toContain('DEV_B02')
  })

  it('DEV-B: a new development without a pipeline takes that of its stage', () => {
    const subject = lab()
    subject.develop({ pipeline: null, stage: 'DEV_B01' })
    expect(subject.development).toMatchObject({ pipeline: 'DEV_B', stage: 'DEV_B01' })
  })

  it('DEV-C: one that goes over to another pipeline begins there on that day', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_A', stage: 'DEV_A01' })
    subject.now += 30 * 24 * 60 * 60_000
    subject.develop({ pipeline: 'DEV_C', stage: 'DEV_C01' })
    expect(subject.development).toMatchObject({ pipeline: 'DEV_C', stage: 'DEV_C01' })
    expect(String(subject.development['stageDue']) > new Date(subject.now).toISOString().slice(0, 10)).toBe(true)
    expect(subject.open('company:c1/stage/').map((one) => one.split('/')[3])).toEqual(['DEV_C01'])
  })
})

describe('a pipeline that is switched off', () => {
  it('DEV-D: switched on, what was refused begins on that day, without any news of it', () => {
    const subject = lab({ pipelines })
    subject.develop({ pipeline: 'DEV_D', stage: 'DEV_D01' })
    expect(subject.open('company:c1/stage/')).toEqual([])
    subject.now += 30 * 24 * 60 * 60_000
    subject.playbook = compiled({ ...subject.playbook.source, ...withAll }, 2)
    subject.feed({ type: 'time.passed', id: 'on' })
    expect(subject.development).toMatchObject({ stage: 'DEV_D01', stageSince: new Date(subject.now).toISOString() })
    expect(String(subject.development['stageNotice'])).not.toContain('停用')
    expect(String(subject.development['stageDue']) > new Date(subject.now).toISOString().slice(0, 10)).toBe(true)
    expect(subject.open('company:c1/stage/')).toEqual(['company:c1/stage/d1/DEV_D01/0'])
  })

  it('DEV-D: takes no new development, and says why on the record, until another one is chosen', () => {
    const subject = lab({ pipelines })
    subject.develop({ pipeline: 'DEV_D', stage: 'DEV_D01' })
    expect(subject.development['stageNotice']).toContain('大客户开发基本步骤')
    expect(subject.development['stageSince'] ?? null).toBeNull()
    expect(subject.openTasks()).toEqual([])
    subject.develop({ pipeline: 'DEV_B', stage: 'DEV_B01' })
    expect(subject.development['stageNotice']).toBe('')
    expect(subject.open('company:c1/stage/')).toHaveLength(1)
  })

  it('DEV-D: a running development isn’t let over into it', () => {
    const subject = lab({ pipelines })
    subject.develop({ pipeline: 'DEV_B', stage: 'DEV_B01' })
    subject.develop({ pipeline: 'DEV_D', stage: 'DEV_D01' })
    expect(subject.development).toMatchObject({ pipeline: 'DEV_B', stage: 'DEV_B01' })
    expect(subject.development['stageNotice']).toContain('已停用')
    subject.develop({ rm: 'rm1', stage: 'DEV_B02' })
    expect(subject.development['stageNotice']).toBe('')
  })

  it('DEV-D: those that run in it go on as they began', () => {
    const subject = lab()
    subject.develop({ pipeline: 'DEV_D', stage: 'DEV_D01' })
    subject.playbook = compiled({ ...defaultPlaybook, pipelines }, 2)
    subject.develop({ ...file('DEV_D'), surveySummary: '已汇总', stage: 'DEV_D02' })
    expect(subject.development).toMatchObject({ pipeline: 'DEV_D', stage: 'DEV_D02' })
    expect(subject.development['stageNotice'] ?? '').toBe('')
  })

  it('DEV-D: one that was there before Ladder is taken as it stands', () => {
    const subject = lab({ pipelines })
    subject.develop({ pipeline: 'DEV_D', stage: 'DEV_D03' }, true)
    expect(subject.development).toMatchObject({ pipeline: 'DEV_D', stage: 'DEV_D03' })
    expect(subject.development['guidance']).not.toBe('')
  })
})
