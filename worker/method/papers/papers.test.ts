import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { all, at, Lab } from '../stages/kit.ts'
import { priceOf } from './price.ts'

const objection: Fields = { kind: 'OBJECTION', development: 'd1', text: '利率太高', nature: 'GENUINE' }
const paper = (lab: Lab, id = 'w1'): Fields => lab.state.records['workingPaper']?.[id]?.fields ?? {}
/** A minute passes, and a person saves. */
const save = (lab: Lab, fields: Fields, id = 'w1', deleted = false) => {
  lab.now += 60_000
  return lab.save('workingPaper', id, fields, { deleted })
}
const tasks = (lab: Lab): string[] => lab.open('company:c1/objection/')

/** A development that lacks nothing in the stage before the signing. */
const ready = (): Lab => at(9, all)

describe('DEV-OBJ', () => {
  it('DEV-OBJ: an open genuine objection keeps a development from the close, a pretext does not', () => {
    const lab = ready()
    save(lab, objection)
    lab.develop({ stage: 'DEV_A10' })
    expect(lab.development).toMatchObject({ stage: 'DEV_A09', objectionsOpen: 1 })
    expect(lab.development['stageNotice']).toContain('真实异议')
    save(lab, { nature: 'PRETEXT' })
    lab.develop({ stage: 'DEV_A10' })
    expect(lab.development['stage']).toBe('DEV_A10')
  })

  it('DEV-OBJ: resolved, it is out of the way, and the notice goes by itself', () => {
    const lab = ready()
    save(lab, objection)
    lab.develop({ stage: 'DEV_A10' })
    save(lab, { answer: '可按贡献优惠', resolved: true })
    expect(lab.development).toMatchObject({ objectionsOpen: 0, stageNotice: '' })
    lab.develop({ stage: 'DEV_A10' })
    expect(lab.development['stage']).toBe('DEV_A10')
  })

  it('DEV-OBJ: one without an answer gets one task, which closes with the answer or the entry', () => {
    const lab = ready()
    save(lab, objection)
    save(lab, objection, 'w2')
    save(lab, { text: '利率还是太高' })
    expect(tasks(lab)).toEqual(['company:c1/objection/w1', 'company:c1/objection/w2'])
    expect(lab.written('task', 'company:c1/objection/w1')).toMatchObject({
      ladderKind: 'STAGE',
      ladderDevelopment: 'd1',
    })
    expect(paper(lab)['notice']).toContain('应答')
    save(lab, { answer: '可优惠' })
    expect(paper(lab)['notice']).toBe('')
    save(lab, {}, 'w2', true)
    expect(tasks(lab)).toEqual([])
  })

  it('DEV-OBJ: on the development itself, once its kind is chosen, for a CRM without room for papers', () => {
    const lab = ready()
    lab.develop({ objections: '无' })
    expect(tasks(lab)).toEqual([])
    lab.develop({ objections: '利率太高', objectionKind: 'GENUINE' })
    expect(tasks(lab)).toEqual(['company:c1/objection/d1'])
    lab.develop({ stage: 'DEV_A10' })
    expect(lab.development['stage']).toBe('DEV_A09')
    lab.develop({ objectionAnswer: '可优惠', objectionResolved: true, stage: 'DEV_A10' })
    expect(lab.development['stage']).toBe('DEV_A10')
    expect(tasks(lab)).toEqual([])
  })

  it('DEV-OBJ: one that names no development counts for each of the customer, one of another for none', () => {
    const lab = ready()
    save(lab, { ...objection, development: null, company: 'c1' })
    save(lab, { ...objection, development: 'd2' }, 'w2')
    expect(lab.development['objectionsOpen']).toBe(1)
  })
})

describe('DEV-KIT', () => {
  it('DEV-KIT: a paper says what it lacks until it is complete', () => {
    const lab = ready()
    save(lab, { kind: 'SWOT', development: 'd1', strengths: '网点多', weaknesses: '利率高' })
    expect(paper(lab)['notice']).toBe('尚缺：机会；威胁')
    save(lab, { opportunities: '新园区', threats: '同业' })
    expect(paper(lab)['notice']).toBe('')
    save(lab, { kind: null, development: 'd1' }, 'w3')
    expect(paper(lab, 'w3')['notice']).toBe('尚缺：类别')
  })

  it('DEV-KIT: pricing shows the price of its method', () => {
    const lab = ready()
    save(lab, { kind: 'PRICING', development: 'd1', method: 'COST', cost: 100_000, percent: 20 })
    expect(paper(lab)).toMatchObject({ price: 120_000 })
    save(lab, { method: 'MARGIN' })
    expect(paper(lab)['price']).toBe(125_000)
    save(lab, { method: 'MARKET' })
    expect(paper(lab)).toMatchObject({ price: null, notice: '尚缺：测算价格（元）' })
  })

  it.each<[Fields, number | null]>([
    [{ method: 'COST', cost: 1000, percent: 0 }, 1000],
    [{ method: 'COST', cost: 1000 }, null],
    [{ method: 'MARGIN', cost: 1000, percent: 100 }, null],
    [{ method: 'COMPETITION', reference: 2000, percent: -5 }, 1900],
    [{ method: 'CUSTOMER', reference: 2000 }, 2000],
    [{ method: 'ODD', reference: 10_000 }, 9900],
    [{ method: 'ODD', reference: 12_345_00 }, 12_339_00],
    [{ method: 'ODD', cost: 1050 }, 900],
    [{ method: 'ODD', cost: 900 }, 890],
    [{ method: 'ODD', cost: 5 }, null],
    [{ method: null, cost: 1000 }, null],
  ])('DEV-KIT: %j gives %j fen', (fields, fen) => {
    expect(priceOf(fields)).toBe(fen)
  })
})

describe('DEV-NEED', () => {
  it('DEV-NEED: a hidden need asks on, an explicit one signals the close, both on the record', () => {
    const lab = at(6)
    expect(lab.development['needState'] ?? null).toBeNull()
    lab.develop({ needHidden: '回款慢' })
    expect(lab.development).toMatchObject({ needState: 'HIDDEN' })
    expect(lab.development['guidance']).toContain('继续提问')
    lab.develop({ needExplicit: '要上银企直连' })
    expect(lab.development).toMatchObject({ needState: 'EXPLICIT' })
    expect(lab.development['guidance']).toContain('成交信号')
    expect(at(12, { needExplicit: '有' }).development['guidance']).not.toContain('成交信号')
  })
})

describe('DEV-CLOSE', () => {
  it('DEV-CLOSE: closing without an explicit need is warned of, not refused', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    const closed = { productsLaunched: '代发', agreementOn: '2026-04-01', closingTactic: 'CHOICE' }
    lab.develop({ pipeline: 'DEV_B', stage: 'DEV_B05', ...closed }, true)
    lab.develop({ stage: 'DEV_B06', closingSignals: ['ASKS_PRICE'], closingMistakes: ['NO_HASTE'] })
    expect(lab.development).toMatchObject({ stage: 'DEV_B06', won: true })
    expect(lab.development['stageNotice']).toContain('DEV-CLOSE')
    lab.develop({ needExplicit: '代发工资' })
    expect(lab.development['stageNotice']).toBe('')
  })
})

describe('DEV-INFO', () => {
  it('DEV-INFO: the further account file counts where the pipeline says so', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    lab.develop({ pipeline: 'DEV_D', stage: 'DEV_D01' }, true)
    expect(lab.development['completeness'] ?? 0).toBe(0)
    lab.develop({
      organisation: '集团',
      departmentsUse: '财务部',
      departmentsPurchase: '采购部',
      peopleByLevel: '总监',
    })
    lab.develop({ productsInUse: '他行网银', satisfaction: 'LOW', competitorProducts: '现金管理' })
    expect(lab.development['completeness']).toBe(50)
    lab.develop({ stage: 'DEV_D02', surveySummary: '已汇总' })
    expect(lab.development['stage']).toBe('DEV_D02')
  })
})
