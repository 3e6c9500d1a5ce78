import {
  byLadder,
  boolean,
  date,
  dateTime,
  integer,
  ladderKeyField,
  longText,
  money,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'

/** A product that a customer holds, as core banking reports it. */
export const holding: ObjectDef = {
  name: 'holding',
  plural: 'holdings',
  kind: 'custom',
  label: { en: 'Holding', zh: '持有产品' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Holdings', zh: '持有产品' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A product that the customer holds.', zh: '客户持有的产品。' }
      : { en: '', zh: '' },
  icon: 'IconPigMoney',
  fields: [
    ladderKeyField,
    ...byLadder(
      relation('company', 'Company', '公司', 'company', ['holdings', 'Holdings', '持有产品']),
      relation('person', 'Person', '联系人', 'person', ['holdings', 'Holdings', '持有产品']),
      text('product', 'Product', '产品'),
      money('amount', 'Amount (CNY)', '金额（元）'),
      date('openedOn', 'Opened on', '开立日'),
      date('maturesOn', 'Matures on', '到期日'),
      select(
        'status',
        'Status',
        '状态',
        options(
          ['OPEN', 'Open', '持有', 'green'],
          ['MATURED', 'Matured', '到期', 'yellow'],
          ['CLOSED', 'Closed', '已结清', 'gray'],
        ),
      ),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Holdings', zh: '持有产品' },
            kind: 'table',
            icon: 'IconPigMoney',
            fields: ['name', 'company', 'person', 'product', 'amount', 'maturesOn', 'status'],
          },
        ]
      : [],
}

/** A day that matters to a customer. */
export const occasion: ObjectDef = {
  name: 'occasion',
  plural: 'occasions',
  kind: 'custom',
  label: { en: 'Occasion', zh: '客户事件' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Occasions', zh: '客户事件' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'What matters to the customer or to the business with it.',
          zh: '对客户或业务有意义的事件。',
        }
      : { en: '', zh: '' },
  icon: 'IconGift',
  fields: [
    ladderKeyField,
    relation('company', 'Company', '公司', 'company', ['occasions', 'Occasions', '客户事件']),
    relation('person', 'Person', '联系人', 'person', ['occasions', 'Occasions', '客户事件']),
    select(
      'kind',
      'Kind',
      '类型',
      options(
        ['PRODUCT_MATURES', 'Product matures', '产品到期'],
        ['FEE_DUE', 'Fee due for renewal', '缴费到期'],
        ['NEW_PRODUCT', 'New product', '新产品上市'],
        ['PROMOTION', 'Promotion', '促销活动'],
        ['GET_TOGETHER', 'Get-together', '客户联谊'],
        ['BUSINESS_OPENS', 'Opens business', '开业'],
        ['PROMOTED', 'Decision maker promoted', '决策人升职'],
        ['REWARDED', 'Decision maker rewarded', '决策人获奖'],
        ['BIRTHDAY', 'Birthday', '生日'],
        ['MARRIED', 'Decision maker marries', '决策人结婚'],
        ['CHILD', 'Decision maker has a child', '决策人得子'],
        ['HOLIDAY', 'Holiday', '节假日'],
        ['ANNIVERSARY', 'Anniversary of the firm', '公司周年庆'],
        ['FOUNDATION_STONE', 'Foundation stone', '奠基'],
        ['COMPLETION', 'Completion', '竣工'],
        ['DIFFICULTY', 'Short difficulty, needs help', '短期困难'],
        ['RIVAL_UNHAPPY', 'Unhappy with a rival', '对同业不满'],
        ['BAD_WEATHER', 'Bad weather', '恶劣天气'],
        ['ILLNESS', 'Illness', '患病'],
        ['GREAT_JOY', 'Great joy', '大喜事'],
        ['PERSONAL', 'Personal', '个人'],
        ['COMPANY', 'Company', '公司'],
        ['POLITICS', 'Politics', '政治'],
        ['ECONOMY', 'Economy', '经济'],
        ['POLICY', 'Policy', '民生政策'],
        ['SUDDEN', 'Sudden event', '突发事件'],
        ['COMPLAINT', 'Complaint', '投诉', 'red'],
        ['PROMISE_BROKEN', 'Promise broken', '承诺未兑现', 'red'],
        ['SLEEPING', 'Sleeping account', '睡眠户'],
        ['LOW_USE', 'Low-use account', '低效户'],
        ['WALK_IN', 'Walk-in with potential', '大堂转介'],
        ['RISK', 'Risk found', '发现风险', 'red'],
      ),
    ),
    select(
      'status',
      'Status',
      '状态',
      options(
        ['OPEN', 'Open', '进行中', 'blue'],
        ['DONE', 'Done', '已办结', 'green'],
        ['CANCELLED', 'Cancelled', '取消', 'gray'],
      ),
    ),
    date('on', 'On', '日期'),
    boolean('yearly', 'Every year', '每年'),
    text('note', 'Note', '备注'),
    longText('rule', 'Touched customers (rule)', '受影响客户（规则）', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Without a customer: whom it touches, such as tier = "HIGH_END".',
              zh: '未关联客户时填写，如 tier = "HIGH_END"。',
            }
          : { en: '', zh: '' },
    }),
    ...byLadder(
      integer('touched', 'Customers touched', '受影响客户数'),
      longText('list', 'List of customers', '客户名单'),
      dateTime('dueAt', 'To be answered by', '答复时限'),
      text('notice', 'Ladder notice', 'Ladder 提示'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Occasions', zh: '客户事件' },
            kind: 'table',
            icon: 'IconGift',
            fields: ['name', 'company', 'person', 'kind', 'status', 'on', 'note', 'touched'],
            sort: { field: 'on', direction: 'ASC' },
          },
        ]
      : [],
}
