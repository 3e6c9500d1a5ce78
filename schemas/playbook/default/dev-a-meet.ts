import type { Stage } from '../index.ts'
import { checklist, must, t } from './write.ts'

const scores: [field: string, en: string, zh: string][] = [
  ['scoreOperation', 'operation', '经营'],
  ['scoreFinance', 'finance', '财务'],
  ['scoreSales', 'sales', '销售'],
  ['scoreManagement', 'management', '管理'],
  ['scoreTechnology', 'technology', '技术'],
  ['scoreIndustry', 'industry', '行业'],
]

/** DEV-A05 to DEV-A08: from the first call to the value report. */
export const meetStages: Stage[] = [
  {
    code: 'DEV_A05',
    id: 'DEV-A05',
    name: t('Contact and appointment', '建立联系、预约访问'),
    fields: [
      'keyPeople',
      'seniorVisit',
      'visitParticipants',
      'visitTopics',
      'visitMaterials',
      'likelyProblems',
      'appointmentChannel',
      'visitOn',
    ],
    checklist: checklist('A05'),
    exit: [
      must(
        'DEV-A05-VISIT',
        'visitOn != null or visits.planned > 0',
        'Date a visit: fill in “Visit dated”, or make a visit record with its time.',
        '请确定访问时间：填写“访问时间”，或新建带计划时间的拜访记录。',
      ),
    ],
    allowanceDays: 10,
    isDefault: true,
    guidance: t(
      'Contact the key people. Make the visit plan: level (is a senior visit needed?), who takes part, timing, topics, materials, likely problems and answers. Book mainly by phone, otherwise by fax or letter. The appointment fixes only topics, time, place and people.',
      '联系关键人物。制定访问计划：访问层级（是否需要高层拜访）、参加人员、时间、议题、材料、可能出现的问题与应答。预约以电话为主，也可用传真、信函。预约只确定议题、时间、地点、人员。',
    ),
  },
  {
    code: 'DEV_A06',
    id: 'DEV-A06',
    name: t('First visit', '初次访问'),
    fields: ['visitRecord', 'objections', 'nextStep', 'nextStepOn', 'nextContact'],
    checklist: checklist('A06'),
    exit: [
      must(
        'DEV-A06-RECORD',
        '(visitRecord != null and nextStep != null and nextStepOn != null) or visits.recorded > 0',
        'Record the visit with a next step and its date: here, or in a held visit record.',
        '请记录访问情况、下一步及其日期：填写本记录，或在“已完成”的拜访记录中填写。',
      ),
    ],
    allowanceDays: 10,
    isDefault: true,
    guidance: t(
      'Take along: customer file, bank presentation, marketing plan, visit plan. Eleven steps: greet; common ground; reason and purpose; sell the visit; bridging questions; let the customer talk and listen; explore problems; handle objections; confirm; agree next step and contact; exchange materials. Afterwards write down the record, objections, next step and next contact.',
      '访前准备：客户档案、银行介绍、营销方案、访问计划。十一步：问候；寻找共同点；说明来意；推销访问；过渡提问；让客户说、倾听；探究问题；处理异议；确认；约定下一步与联系人；交换资料。访后记录：访问情况、异议、下一步、下次联系。',
    ),
  },
  {
    code: 'DEV_A07',
    id: 'DEV-A07',
    name: t('Customer survey', '客户调查'),
    fields: ['surveyMeans', 'surveySummary'],
    checklist: checklist('A07'),
    exit: [
      must(
        'DEV-A07-SURVEY',
        'stageChecklistDone',
        'Complete the survey checklist: standard forms, then summary and analysis.',
        '请完成调查清单：标准表格、问卷与清单，以及汇总分析。',
      ),
    ],
    allowanceDays: 20,
    isDefault: true,
    guidance: t(
      'Survey by site visit, interviews, papers (statements, internal reports, rules) and related parties. Use the standard forms, questionnaires and lists; then summarise and analyse.',
      '通过实地考察、访谈、资料（报表、内部报告、制度）和关联方进行调查。使用标准表格、问卷与清单，然后汇总分析。',
    ),
  },
  {
    code: 'DEV_A08',
    id: 'DEV-A08',
    name: t('Customer evaluation', '客户评价'),
    fields: [
      ...scores.map(([field]) => field),
      'coreCompetitiveness',
      'valueJudgement',
      'valueReportDone',
      'documentsWanted',
    ],
    checklist: checklist('A08'),
    exit: [
      must(
        'DEV-A08-REPORT',
        'produced.VALUE_REPORT > 0',
        'The value report must have been made (Make documents).',
        '须先出具客户价值评价报告（“出具文件”）。',
      ),
      ...scores.map(([field, en, zh]) =>
        must(`DEV-A08-${en.toUpperCase()}`, `${field} != null`, `Give the score for ${en}.`, `请填写${zh}评分。`),
      ),
    ],
    allowanceDays: 15,
    isDefault: true,
    guidance: t(
      'Score operation, finance, sales, management, technology and industry. Together they show the core competitiveness, the final measure. The value report has an introduction, operation and finances, core advantage and competitiveness, value judgement.',
      '对经营、财务、销售、管理、技术、行业六方面评分，综合为核心竞争力，即最终标准。客户价值评价报告包括：概况；经营与财务；核心优势与竞争力；价值判断。',
    ),
  },
]
