import type { DocumentRequest } from '../../schemas/documents/request.ts'
import type { Fields } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'

/** For tests: a document request of the default playbook, filled in as a bank would. */
export const sampleRequest = (
  code: string,
  more: { values?: Fields; lists?: DocumentRequest['lists'] } = {},
): DocumentRequest => {
  const layout = defaultPlaybook.documents.layouts.find((one) => one.code === code)
  if (!layout) throw new Error(`no layout ${code}`)
  return {
    layout,
    issuer: { en: 'The bank', zh: '杭州分行' },
    languages: ['zh', 'en'],
    version: 2,
    on: '2026-11-26',
    zone: 'Asia/Shanghai',
    values: {
      'customer.name': '华星 & 精密 <制造>',
      'customer.tier': 'HIGH_END',
      'customer.balance': 1_234_567_890,
      rm: 'u1',
      stage: 'DEV_A08',
      name: '华星开发',
      legalName: '华星精密制造有限公司',
      scoreOperation: 82,
      scoreFinance: 78,
      scoreSales: 74,
      scoreManagement: 80,
      scoreTechnology: 88,
      scoreIndustry: 71,
      coreCompetitiveness: '模具设计\n专利三十七项',
      valueJudgement: '值得开发',
      expectedRevenue: 86_000_000,
      ...more.values,
    },
    lists: more.lists ?? {},
  }
}

export const people: ReadonlyMap<string, string> = new Map([
  ['u1', '张伟'],
  ['u2', '陈芳'],
])
