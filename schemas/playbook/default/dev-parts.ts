import { must, should } from './write.ts'

/** What several pipelines ask for (DEV-INFO, DEV-NEED, DEV-OBJ, DEV-CLOSE). */

export const needs = ['needNow', 'needLongTerm', 'needManagement', 'needEmotion', 'needHidden', 'needExplicit']
export const objections = ['objections', 'objectionKind', 'objectionAnswer', 'objectionResolved']
export const closing = ['closingSignals', 'closingTactic', 'closingMistakes']
export const account = [
  'organisation',
  'departmentsUse',
  'departmentsPurchase',
  'departmentsSupport',
  'peopleByLevel',
  'productsInUse',
  'satisfaction',
  'competitorProducts',
  'competitorPeople',
]
export const file = ['legalName', 'contactPhone', 'businessScope', 'financialNeeds', 'otherInstitutions']
const CONTACTED = 'visits.held > 0 or visitRecord != null'
const NEED = 'needHidden != null or needExplicit != null'

export const worthIt = (id: string) =>
  must(id, 'verdict = "DEVELOP"', 'The verdict must be "Develop" (Verdict).', '评价结论须为“值得开发”（“评价结论”）。')
export const needKnown = (id: string) =>
  must(id, NEED, 'Write down the need, hidden or explicit.', '请记录需求（隐含或明确）。')
export const contacted = (id: string) =>
  must(id, CONTACTED, 'Hold a visit or record one.', '须有已完成的拜访或访问记录。')
export const explicit = (id: string) =>
  should(
    id,
    'needExplicit != null',
    'No explicit need yet: it signals the close.',
    '尚无明确需求：明确需求是成交信号。',
  )
export const followUp = (id: string) =>
  must(
    id,
    '(nextStep != null and nextStepOn != null) or visits.planned > 0',
    'Agree the next step and its date, or plan a visit.',
    '请约定下一步及日期，或安排拜访。',
  )
