import {
  byLadder,
  boolean,
  date,
  ladderKeyField,
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
  labelPlural: { en: 'Holdings', zh: '持有产品' },
  description: { en: 'A product that the customer holds.', zh: '客户持有的产品。' },
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
  views: [
    {
      name: { en: 'Holdings', zh: '持有产品' },
      kind: 'table',
      icon: 'IconPigMoney',
      fields: ['name', 'company', 'person', 'product', 'amount', 'maturesOn', 'status'],
    },
  ],
}

/** A day that matters to a customer. */
export const occasion: ObjectDef = {
  name: 'occasion',
  plural: 'occasions',
  kind: 'custom',
  label: { en: 'Occasion', zh: '客户事件' },
  labelPlural: { en: 'Occasions', zh: '客户事件' },
  description: {
    en: 'A day that matters to the customer or to the business with it.',
    zh: '对客户或业务有意义的日子。',
  },
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
        ['PERSONAL', 'Personal', '个人'],
        ['COMPANY', 'Company', '公司'],
      ),
    ),
    date('on', 'On', '日期'),
    boolean('yearly', 'Every year', '每年'),
    text('note', 'Note', '备注'),
  ],
  views: [
    {
      name: { en: 'Occasions', zh: '客户事件' },
      kind: 'table',
      icon: 'IconGift',
      fields: ['name', 'company', 'person', 'kind', 'on', 'note'],
      sort: { field: 'on', direction: 'ASC' },
    },
  ],
}
