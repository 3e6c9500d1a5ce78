import {
  boolean,
  byLadder,
  integer,
  longText,
  multiSelect,
  options,
  select,
  text,
  type Field,
  type Option,
} from './define.ts'

/** Ways to find targets (DEV-SRC). */
export const sourceOptions: Option[] = options(
  ['SELECTION', 'Selection', '优选法'],
  ['MEDIA', 'Data: press and broadcast', '资料法：报刊广播'],
  ['STATISTICS', 'Data: statistics and yearbooks', '资料法：统计年鉴'],
  ['REGISTRY', 'Data: registry notices', '资料法：工商公告'],
  ['COMPANY_NOTICE', 'Data: company notices and adverts', '资料法：企业公告广告'],
  ['WEB', 'Data: the web', '资料法：互联网'],
  ['AGENT', 'Agents who pass on leads', '猎犬法'],
  ['COLD', 'Cold visits', '陌生法'],
  ['CONNECTION', 'Connections', '缘故法'],
  ['RELATION', 'Relations', '关系法'],
  ['PRESIDENT', "President's leads", '行长单'],
  ['RELATION_LEAD', "Relation's leads", '关系单'],
  ['STAR_RM', "Star RM's leads", '明星客户经理单'],
  ['ADVERT', 'Adverts', '广告'],
  ['TELEPHONE', 'Telephone', '电话'],
  ['PR', 'PR', '公关'],
  ['SPONSORSHIP', 'Sponsorship', '赞助'],
  ['FIELD', 'Field marketing', '现场营销'],
  ['SEMINAR', 'Seminars', '研讨会'],
  ['REFERRAL', 'Customers who recommend', '客户推荐'],
  ['STAFF', 'Staff who recommend', '员工推荐'],
)

/** Of an objection (DEV-OBJ). */
export const objectionKinds: Option[] = options(
  ['GENUINE', 'Genuine', '真实', 'red'],
  ['PRETEXT', 'Pretext', '借口', 'gray'],
)

/**
 * What selling asks for beyond the stages of DEV-A: where the target came from, the further account file, needs, objections,
 * closing, and the short form of the working papers, which every CRM has room for.
 */
export const salesFields: Field[] = [
  // DEV-SRC
  select('leadSource', 'How it was found', '客户来源', sourceOptions),
  text('referredBy', 'Recommended by', '推荐人'),
  select(
    'potential',
    'Potential',
    '潜力',
    options(['HIGH', 'High', '高', 'green'], ['MID', 'Middle', '中', 'yellow'], ['LOW', 'Low', '低', 'gray']),
  ),
  // DEV-INFO
  longText('organisation', 'Organisation and departments', '组织与部门'),
  longText('departmentsUse', 'Departments that use', '使用部门'),
  longText('departmentsPurchase', 'Departments that purchase', '采购部门'),
  longText('departmentsSupport', 'Departments that support', '支持部门'),
  longText('peopleByLevel', 'People at each level', '各层级人员'),
  longText('productsInUse', 'Products in use', '在用产品'),
  select(
    'satisfaction',
    'Satisfaction',
    '满意度',
    options(['HIGH', 'High', '高', 'green'], ['MID', 'Middle', '中', 'yellow'], ['LOW', 'Low', '低', 'red']),
  ),
  longText('competitorProducts', "Competitors' products", '竞争对手产品'),
  longText('competitorPeople', "Competitors' sales people and relations", '竞争对手销售人员与关系'),
  // DEV-NEED
  longText('needNow', 'Interest: present', '利益需求：眼前'),
  longText('needLongTerm', 'Interest: long-term', '利益需求：长远'),
  longText('needManagement', 'Need for management help', '管理需求'),
  longText('needEmotion', 'Need of emotion', '情感需求'),
  longText('needHidden', 'Hidden need', '隐含需求'),
  longText('needExplicit', 'Explicit need', '明确需求'),
  // DEV-OBJ, the short form; the log is kept in working papers
  select('objectionKind', 'Objection: kind', '异议性质', objectionKinds),
  longText('objectionAnswer', 'Objection: answer', '异议应答'),
  boolean('objectionResolved', 'Objection resolved', '异议已解决'),
  // DEV-CLOSE
  multiSelect(
    'closingSignals',
    'Closing signals seen',
    '成交信号',
    options(
      ['ASKS_PRICE', 'Asks for price and terms', '询问价格与条件'],
      ['ASKS_PAPERS', 'Asks for procedure and papers', '询问手续与资料'],
      ['ASKS_SERVICE', 'Asks for service afterwards', '询问后续服务'],
      ['COMPARES', 'Compares with rivals', '与同业比较'],
      ['AGREES', 'Agrees again and again', '反复认同'],
      ['BRINGS_DECIDER', 'Brings the decision maker', '引见决策人'],
    ),
  ),
  select(
    'closingTactic',
    'Closing tactic used',
    '成交策略',
    options(
      ['DIRECT', 'Ask directly', '直接请求'],
      ['ASSUME', 'Assume it is agreed', '假定成交'],
      ['CHOICE', 'Offer a choice', '选择成交'],
      ['SUMMARY', 'Sum up the benefits', '利益汇总'],
      ['TRIAL', 'Begin small', '小点试用'],
      ['CONCESSION', 'One last concession', '优惠成交'],
      ['DEADLINE', 'A last date', '期限成交'],
    ),
  ),
  multiSelect(
    'closingMistakes',
    'Mistakes to avoid, checked',
    '成交禁忌核对',
    options(
      ['NO_HASTE', 'No haste or pressure', '不急躁施压'],
      ['NO_ARGUING', 'No arguing', '不争辩'],
      ['NO_OVERPROMISE', 'No promise beyond policy', '不超政策承诺'],
      ['NO_TALKING_ON', 'No talking on after the yes', '成交后不赘言'],
      ['NO_FORGETTING', 'Next step agreed', '已约定后续'],
    ),
  ),
  // DEV-KIT, the short form
  longText('swot', 'SWOT', 'SWOT 分析'),
  longText('fab', 'Features, advantages, benefits (FAB)', '特点-优势-利益（FAB）'),
  longText('pricing', 'Pricing: method and price', '定价方法与价格'),
  longText('lessons', 'Lessons learned', '经验总结'),
  ...byLadder(
    select(
      'needState',
      'Need',
      '需求状态',
      options(['HIDDEN', 'Hidden', '隐含', 'yellow'], ['EXPLICIT', 'Explicit', '明确', 'green']),
    ),
    integer('objectionsOpen', 'Objections open', '未解决异议数'),
    boolean('won', 'Won', '已成交'),
  ),
]
