import { describe, expect, it } from 'vitest'
import type { DocumentRequest } from '../../../schemas/documents/request.ts'
import type { Decision } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Draft } from '../draft.ts'
import { all, at, type Lab } from '../stages/kit.ts'
import { compiled } from '../tiers/kit.ts'
import { giveWeeklyPack, type WeeklyPack } from './weekly.ts'

/** All that documents are made of, and none asked for. */
const report = { ...all, documentsWanted: [] }

const made = (decisions: Decision[]) =>
  decisions.flatMap((one) => {
    if (one.do !== 'upsert' || one.object !== 'document') return []
    const { request, ...rest } = one.fields
    const records = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'title'))
    return [{ key: one.key, records, request: request as unknown as DocumentRequest }]
  })

const dated = (lab: Lab): string => new Date(lab.now).toISOString().slice(0, 10)

describe('documents from the record', () => {
  it('DEV-A08: a value report that is asked for is made once, is told on the record and lets the stage be left', () => {
    const lab = at(8, report)
    const first = made(lab.develop({ documentsWanted: ['VALUE_REPORT'] }))
    expect(first).toHaveLength(1)
    expect(first[0]).toMatchObject({
      records: { development: 'd1' },
      request: {
        version: 1,
        languages: ['zh', 'en'],
        values: { scoreFinance: 70, coreCompetitiveness: '模具设计', stage: 'DEV_A08' },
      },
    })
    expect(lab.development).toMatchObject({
      documentsWanted: [],
      valueReportDone: true,
      documents: `${dated(lab)} 客户价值评价报告 第1版 (DEV-A08)`,
    })
    expect(lab.development['checklistDone']).toContain('A08_REPORT')
    lab.develop({ stage: 'DEV_A09' })
    expect(lab.development['stage']).toBe('DEV_A09')
  })

  it('DEV-A08: the same content asked for again is not made twice, new content is a new version', () => {
    const lab = at(8, report)
    const first = made(lab.develop({ documentsWanted: ['VALUE_REPORT'] }))
    expect(made(lab.develop({ documentsWanted: ['VALUE_REPORT'] }))).toEqual([])
    expect(lab.development['documentsWanted']).toEqual([])
    expect(made(lab.develop({ scoreFinance: 71 }))).toEqual([])
    const second = made(lab.develop({ documentsWanted: ['VALUE_REPORT'] }))
    expect(second).toMatchObject([{ request: { version: 2, values: { scoreFinance: 71 } } }])
    expect(second[0]?.key).not.toBe(first[0]?.key)
  })

  it('DEV-A08: without all six scores there is no report: the record says what is missing, and it is made once that is there', () => {
    const lab = at(8, { ...report, scoreIndustry: null })
    expect(made(lab.develop({ documentsWanted: ['VALUE_REPORT'] }))).toEqual([])
    expect(lab.development).toMatchObject({
      documentsWanted: ['VALUE_REPORT'],
      documents: '客户价值评价报告尚缺：行业评分',
    })
    expect(lab.development['valueReportDone'] ?? false).toBe(false)
    expect(made(lab.develop({ scoreIndustry: 70 }))).toMatchObject([{ request: { version: 1 } }])
    expect(lab.development['documentsWanted']).toEqual([])
  })

  it('DEV-A09: plan and proposal are two documents; each waits for its own fields', () => {
    const lab = at(9, { ...report, planApproved: false, proposalContent: null })
    const documents = made(lab.develop({ documentsWanted: ['INTERNAL_PLAN', 'PROPOSAL'] }))
    expect(documents.map(({ request }) => request.layout.code)).toEqual(['INTERNAL_PLAN'])
    expect(lab.development['documentsWanted']).toEqual(['PROPOSAL'])
    expect(made(lab.develop({ proposalContent: '授信' })).map(({ request }) => request.layout.code)).toEqual([
      'PROPOSAL',
    ])
    expect(lab.development['checklistDone']).toEqual(expect.arrayContaining(['A09_PLAN', 'A09_PROPOSAL']))
    // making them isn't approving them
    expect(lab.development['planApproved']).toBe(false)
  })

  it('DEV-A08, DEV-A09: ticks of people are no document: a stage is left with what was made of the record', () => {
    const early = at(8, { ...report, valueReportDone: true, checklistDone: ['A08_REPORT'] })
    early.develop({ stage: 'DEV_A09' })
    expect(early.development['stage']).toBe('DEV_A08')
    const lab = at(9, { ...report, checklistDone: ['A09_PLAN', 'A09_PROPOSAL'], documentsWanted: ['INTERNAL_PLAN'] })
    lab.develop({ stage: 'DEV_A10' })
    expect(lab.development['stage']).toBe('DEV_A09')
    expect(lab.development['stageNotice']).toBe('未移动到“签定合作协议”：\nDEV-A09 须先出具合作建议书（“出具文件”）。')
    lab.develop({ documentsWanted: ['PROPOSAL'], stage: 'DEV_A10' })
    expect(lab.development).toMatchObject({ stage: 'DEV_A10', stageNotice: '' })
  })

  it('DEV-CTRL: the table lists the items of this development in order of their numbers, a refused one with its reason', () => {
    const lab = at(9, all)
    const item = (id: string, fields: Record<string, string | number | null>): void =>
      void lab.feed({
        type: 'record.changed',
        id: `t${id}`,
        via: 'webhook',
        record: {
          object: 'task',
          id,
          at: new Date((lab.now += 1000)).toISOString(),
          createdAt: new Date(lab.now).toISOString(),
          deleted: false,
          fields: { ladderKind: 'CONTROL', ladderDevelopment: 'd1', status: 'TODO', ...fields },
        },
      })
    item('b', {
      ladderItemNo: 2,
      title: '放款',
      assigneeId: 'u2',
      dueAt: '2026-09-01T01:00:00.000Z',
      ladderCriteria: '到账',
    })
    item('a', {
      ladderItemNo: 1,
      title: '上报',
      assigneeId: 'u1',
      dueAt: '2026-08-01T01:00:00.000Z',
      ladderCriteria: '受理',
      ladderRemark: '先行',
    })
    item('c', {
      ladderItemNo: 3,
      title: '无人负责',
      assigneeId: null,
      dueAt: '2026-08-01T01:00:00.000Z',
      ladderCriteria: '无',
    })
    item('x', {
      ladderItemNo: 1,
      title: '别的项目',
      assigneeId: 'u1',
      dueAt: null,
      ladderCriteria: null,
      ladderDevelopment: 'd2',
    })
    const [table] = made(lab.develop({ documentsWanted: ['CONTROL_TABLE'] }))
    expect(table?.request.lists.control?.map(({ title, assigneeId, remark }) => [title, assigneeId, remark])).toEqual([
      ['上报', 'u1', '先行'],
      ['放款', 'u2', null],
      ['无人负责', null, '已退回，本控制项缺少：唯一责任人（负责人）。'],
    ])
  })

  it('DEV-A08: a layout that the admin took away is told, and nothing is made', () => {
    const lab = at(8, report)
    const layouts = defaultPlaybook.documents.layouts.filter(({ code }) => code !== 'CONTROL_TABLE')
    lab.playbook = compiled({ ...defaultPlaybook, documents: { ...defaultPlaybook.documents, layouts } })
    expect(made(lab.develop({ documentsWanted: ['CONTROL_TABLE'] }))).toEqual([])
    expect(lab.development['documents']).toContain('CONTROL_TABLE')
  })

  it('ESC-WEEK: a pack is put onto the task that goes with it; the same pack given twice has the same key', () => {
    const lab = at(1)
    const pack: WeeklyPack = {
      scope: '城西支行',
      manager: null,
      from: '2026-11-23',
      to: '2026-11-29',
      figures: [],
      meeting: [],
      followUp: [],
    }
    const give = (one: WeeklyPack) => {
      const draft = new Draft(structuredClone(lab.state), { type: 'time.passed', id: 't' }, lab.ctx)
      expect(giveWeeklyPack(draft, one, { task: { key: 'bank:main/week/x' } })).toBe(true)
      return made(draft.decisions)
    }
    const [first, again] = [give(pack), give(pack)]
    expect(first).toMatchObject([
      { records: { task: { key: 'bank:main/week/x' } }, request: { values: { 'week.scope': '城西支行' } } },
    ])
    expect(again[0]?.key).toBe(first[0]?.key)
    expect(give({ ...pack, scope: '城东支行' })[0]?.key).not.toBe(first[0]?.key)
  })
})
