import {
  boolean,
  byLadder,
  date,
  dateTime,
  integer,
  ladderKeyField,
  longText,
  money,
  multiSelect,
  options,
  relation,
  select,
  text,
  type ObjectDef,
  type Option,
  type View,
} from './define.ts'
import { devChecklist } from './development-checklist.ts'
import { salesFields } from './development-sales.ts'
import { devStages, pipelineOptions, stagesOf } from './development-stages.ts'

/** A board for each pipeline, with its stages alone. */
const boardOf = ({ code, label }: Option): View => ({
  // the name of the first one is that by which it has been installed
  name: code === 'DEV_A' ? { en: 'Development stages', zh: '开发阶段看板' } : label,
  kind: 'kanban',
  icon: 'IconLayoutKanban',
  groupBy: 'stage',
  groups: stagesOf(code),
  fields: ['name', 'stage', 'company', 'rm', 'stageDue', 'missing'],
  filter: { field: 'pipeline', is: [code] },
})

export const development: ObjectDef = {
  name: 'development',
  plural: 'developments',
  kind: 'custom',
  label: { en: 'Development', zh: '客户开发' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Developments', zh: '客户开发' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'The development of one customer through the stages of a pipeline.',
          zh: '一个客户按开发流程各阶段推进的记录。',
        }
      : { en: '', zh: '' },
  icon: 'IconStairsUp',
  fields: [
    ladderKeyField,
    select('pipeline', 'Pipeline', '流程', pipelineOptions),
    select('stage', 'Stage', '阶段', devStages),
    relation('company', 'Company', '公司', 'company', ['developments', 'Developments', '客户开发']),
    relation('person', 'Person', '联系人', 'person', ['developments', 'Developments', '客户开发']),
    relation('rm', 'RM in charge', '责任客户经理', 'workspaceMember', ['developments', 'Developments', '客户开发']),
    multiSelect('checklistDone', 'Checklist done', '已完成事项', devChecklist),
    ...byLadder(
      dateTime('stageSince', 'In stage since', '进入阶段时间'),
      date('stageDue', 'Stage due', '阶段期限'),
      longText('stageNotice', 'Stage notice', '阶段提示'),
      longText('missing', 'Missing for the next stage', '进入下一阶段尚缺'),
      longText('guidance', 'Guidance', '操作指引'),
      integer('completeness', 'File completeness (%)', '档案完整度（%）'),
      boolean('qualified', 'Qualified lead', '合格商机'),
      text('pipelineVersion', 'Pipeline version', '流程版本'),
    ),
    // DEV-Q: all five make a qualified lead
    boolean('hasNeed', 'Has a financial need', '有金融需求'),
    boolean('canBuy', 'Can buy', '有购买能力'),
    boolean('meetsConditions', "Meets the bank's conditions", '符合优质客户条件'),
    boolean('hasAuthority', 'Contact has the authority', '联系人有决策权'),
    boolean('createsValue', 'Creates value for the bank', '能为银行创造价值'),
    // DEV-A01
    select(
      'marketLevel',
      'Market level',
      '市场层级',
      options(
        ['REGION', 'Region', '大区'],
        ['PROVINCE', 'Province', '省区'],
        ['CITY', 'City', '城市'],
        ['INDIVIDUAL', 'Individual', '个体'],
      ),
    ),
    longText('positioningBasis', 'Basis of positioning', '定位依据'),
    text('segmentName', 'Segment', '细分市场'),
    longText('segmentFeatures', 'Segment features', '细分市场特征'),
    // DEV-A02
    text('listPeriod', 'List period', '名单期间'),
    select(
      'listProposer',
      'Proposed by',
      '提出方',
      options(['MARKETING', 'Marketing department', '市场开发部门'], ['RM', 'Relationship manager', '客户经理']),
    ),
    select(
      'listSource',
      'Source',
      '来源',
      options(
        ['DIRECTORY', 'Enterprise directory', '企业名录'],
        ['GOVERNMENT', 'Government industry plan', '政府产业规划'],
        ['RELATIONS', "RM's own relations", '客户经理人脉'],
        ['EXISTING', 'Existing customers', '现有客户'],
      ),
    ),
    boolean('listApproved', 'On an approved list', '名单已审核'),
    // DEV-A03
    text('legalName', 'Registered name', '企业名称'),
    text('registeredAddress', 'Address', '地址'),
    text('legalRepresentative', 'Legal representative', '法定代表人'),
    text('financeHead', 'Head of finance', '财务负责人'),
    text('contactPhone', 'Phone', '电话'),
    longText('businessScope', 'Business scope', '经营范围'),
    longText('mainProducts', 'Main products', '主要产品'),
    longText('operationHistory', 'Operation and finances of the last years', '近年经营与财务'),
    longText('industryMarket', 'Industry and product market', '行业与产品市场'),
    longText('financialNeeds', 'Main financial needs', '主要金融需求'),
    longText('otherInstitutions', 'Business with other institutions', '与他行往来'),
    longText('customerPlans', 'Plans', '发展计划'),
    multiSelect(
      'infoSources',
      'Sources of information',
      '信息来源',
      options(
        ['MEDIA', 'Publications and media', '出版物与媒体'],
        ['AUTHORITIES', 'Authorities and associations', '主管部门与协会'],
        ['RELATED', 'Parent, suppliers, buyers', '上级、供应商、买方'],
        ['STAFF', "The customer's own staff", '客户内部人员'],
      ),
    ),
    longText('infoSourceNotes', 'Source of each piece', '各项信息的来源'),
    // DEV-A04
    select(
      'verdict',
      'Verdict',
      '评价结论',
      options(
        ['DEVELOP', 'Develop', '值得开发', 'green'],
        ['WATCH', 'Watch', '观察', 'yellow'],
        ['DROP', 'Drop', '放弃', 'red'],
      ),
    ),
    text('customerKind', 'Kind of customer', '客户类型'),
    longText('mainRisks', 'Main risks', '主要风险'),
    money('expectedRevenue', 'Expected revenue (CNY)', '预期收益（元）'),
    longText('resourcesNeeded', 'Resources to put in', '投入资源'),
    longText('productMix', 'Product and service mix', '产品与服务组合'),
    text('approachTiming', 'When and how', '时机与方式'),
    text('contactLevel', 'Level of contact', '接触层级'),
    text('entryPoint', 'Entry point', '切入点'),
    boolean('assessmentSignedOff', 'Assessment signed off', '评价已签批'),
    // DEV-A05
    text('keyPeople', 'Key people contacted', '已联系关键人'),
    boolean('seniorVisit', 'Senior visit needed', '需高层拜访'),
    text('visitParticipants', 'Who takes part', '参加人员'),
    longText('visitTopics', 'Topics', '访问议题'),
    longText('visitMaterials', 'Materials', '访问材料'),
    longText('likelyProblems', 'Likely problems and answers', '可能问题与应答'),
    select(
      'appointmentChannel',
      'Channel',
      '预约方式',
      options(['PHONE', 'Phone', '电话'], ['FAX', 'Fax', '传真'], ['LETTER', 'Letter', '信函']),
    ),
    dateTime('visitOn', 'Visit dated', '访问时间'),
    // DEV-A06
    longText('visitRecord', 'Visit record', '访问记录'),
    longText('objections', 'Objections', '异议'),
    text('nextStep', 'Next step', '下一步'),
    date('nextStepOn', 'Next step on', '下一步日期'),
    text('nextContact', 'Next contact', '下次联系人'),
    // DEV-A07
    multiSelect(
      'surveyMeans',
      'Survey means',
      '调查方式',
      options(
        ['SITE', 'Site visit', '实地考察'],
        ['INTERVIEWS', 'Interviews', '访谈'],
        ['PAPERS', 'Papers', '资料查阅'],
        ['RELATED', 'Related parties', '关联方'],
      ),
    ),
    longText('surveySummary', 'Survey summary and analysis', '调查汇总分析'),
    // DEV-A08
    integer('scoreOperation', 'Score: operation', '经营评分'),
    integer('scoreFinance', 'Score: finance', '财务评分'),
    integer('scoreSales', 'Score: sales', '销售评分'),
    integer('scoreManagement', 'Score: management', '管理评分'),
    integer('scoreTechnology', 'Score: technology', '技术评分'),
    integer('scoreIndustry', 'Score: industry', '行业评分'),
    longText('coreCompetitiveness', 'Core competitiveness', '核心竞争力'),
    longText('valueJudgement', 'Value judgement', '价值判断'),
    boolean('valueReportDone', 'Value report produced', '价值评价报告已出具'),
    // DEV-A09
    longText('planProducts', 'Plan: products and services', '方案：产品与服务'),
    longText('planRisks', 'Plan: risk points and controls', '方案：风险点与控制'),
    longText('planLaunch', 'Plan: launch and running', '方案：启动与运行'),
    money('revenueEstimate', 'Plan: revenue estimate (CNY)', '方案：收益测算（元）'),
    longText('proposal', 'External proposal', '合作建议书'),
    longText('proposalJudgement', 'Proposal: judgement of the customer', '建议书：对客户的判断'),
    longText('proposalAdvantages', 'Proposal: product and service advantages', '建议书：产品与服务优势'),
    longText('proposalContent', 'Proposal: content of cooperation', '建议书：合作内容'),
    longText('proposalProspects', 'Proposal: prospects', '建议书：前景展望'),
    boolean('planApproved', 'Plan approved', '方案已批准'),
    boolean('proposalApproved', 'Proposal approved', '建议书已批准'),
    // DEV-A10
    date('agreementOn', 'Agreement date', '协议日期'),
    integer('agreementMonths', 'Agreement term (months)', '协议期限（月）'),
    text('agreementNo', 'Agreement number', '协议编号'),
    boolean('agreementSigned', 'Agreement signed', '协议已签署'),
    // DEV-A11
    longText('productsLaunched', 'Products launched', '已启动产品'),
    date('firstProductLiveOn', 'First product live', '首个产品上线日'),
    longText('launchFeedback', 'Opinions and improvements', '意见与改进'),
    // DEV-A12
    longText('valueRejudged', 'Value re-judged', '价值再评价'),
    longText('risksWatched', 'Risks watched', '风险监测'),
    select(
      'changeProposal',
      'Change proposal',
      '变更建议',
      options(
        ['KEEP', 'Keep', '维持'],
        ['EXPAND', 'Expand', '扩大'],
        ['REDUCE', 'Reduce', '缩减'],
        ['STOP', 'Stop', '终止'],
      ),
    ),
    longText('industryNotes', 'Industry notes', '行业跟踪'),
    // DEV-A08, DEV-A09, DEV-CTRL: made from this record and put onto it
    multiSelect(
      'documentsWanted',
      'Make documents',
      '出具文件',
      options(
        ['VALUE_REPORT', 'Customer value report', '客户价值评价报告'],
        ['INTERNAL_PLAN', 'Internal plan', '营销方案'],
        ['PROPOSAL', 'External proposal', '合作建议书'],
        ['CONTROL_TABLE', 'Project control table', '项目控制表'],
      ),
    ),
    ...byLadder(longText('documents', 'Documents made', '已出具文件')),
    ...salesFields,
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          ...pipelineOptions.map(boardOf),
          {
            name: { en: 'All developments', zh: '全部客户开发' },
            kind: 'table',
            icon: 'IconList',
            fields: [
              'name',
              'company',
              'pipeline',
              'stage',
              'stageSince',
              'stageDue',
              'completeness',
              'qualified',
              'stageNotice',
            ],
            sort: { field: 'stageDue', direction: 'ASC' },
          },
        ]
      : [],
}
