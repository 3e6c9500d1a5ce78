import {
  boolean,
  byLadder,
  date,
  ladderKeyField,
  longText,
  money,
  number,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { objectionKinds } from './development-sales.ts'

/** A working paper on a development: an entry of the objection log (DEV-OBJ), SWOT, a row of the FAB table, a price (DEV-KIT). */
export const workingPaper: ObjectDef = {
  name: 'workingPaper',
  plural: 'workingPapers',
  kind: 'custom',
  label: { en: 'Working paper', zh: '工作底稿' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Working papers', zh: '工作底稿' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'An objection with its answer, a SWOT, a row of the FAB table, or a price with its method.',
          zh: '异议及应答、SWOT 分析、FAB 表的一行，或定价及其方法。',
        }
      : { en: '', zh: '' },
  icon: 'IconNotes',
  fields: [
    ladderKeyField,
    select(
      'kind',
      'Kind',
      '类别',
      options(
        ['OBJECTION', 'Objection', '异议', 'red'],
        ['SWOT', 'SWOT', 'SWOT 分析', 'blue'],
        ['FAB', 'Feature, advantage, benefit', '特点-优势-利益', 'green'],
        ['PRICING', 'Pricing', '定价', 'orange'],
      ),
    ),
    relation('development', 'Development', '客户开发', 'development', ['workingPapers', 'Working papers', '工作底稿']),
    relation('company', 'Company', '公司', 'company', ['workingPapers', 'Working papers', '工作底稿']),
    relation('person', 'Person', '联系人', 'person', ['workingPapers', 'Working papers', '工作底稿']),
    date('on', 'On', '日期'),
    select('nature', 'Objection: kind', '异议性质', objectionKinds),
    longText('text', 'Objection', '异议内容'),
    longText('answer', 'Answer', '应答'),
    boolean('resolved', 'Resolved', '已解决'),
    longText('strengths', 'Strengths', '优势'),
    longText('weaknesses', 'Weaknesses', '劣势'),
    longText('opportunities', 'Opportunities', '机会'),
    longText('threats', 'Threats', '威胁'),
    longText('feature', 'Feature', '特点'),
    longText('advantage', 'Advantage', '优点'),
    longText('benefit', 'Benefit', '利益'),
    select(
      'method',
      'Pricing method',
      '定价方法',
      options(
        ['COST', 'Cost plus', '成本加成'],
        ['MARGIN', 'Target margin', '目标利润率'],
        ['MARKET', 'Market', '市场'],
        ['COMPETITION', 'Competition', '竞争'],
        ['CUSTOMER', 'Customer', '客户'],
        ['ODD', 'Odd price', '尾数定价'],
      ),
    ),
    money('cost', 'Cost (CNY)', '成本（元）'),
    number('percent', 'Markup, margin or premium (%)', '加成、利润率或浮动（%）'),
    money('reference', 'Reference price (CNY)', '参考价格（元）'),
    ...byLadder(
      money('price', 'Price by the method (CNY)', '测算价格（元）'),
      text('notice', 'Ladder notice', 'Ladder 提示'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Objection log', zh: '异议记录' },
            kind: 'table',
            icon: 'IconNotes',
            fields: ['name', 'development', 'nature', 'text', 'answer', 'resolved', 'notice'],
            filter: { field: 'kind', is: ['OBJECTION'] },
          },
          {
            name: { en: 'Working papers', zh: '工作底稿' },
            kind: 'table',
            icon: 'IconNotes',
            fields: ['name', 'kind', 'development', 'company', 'person', 'on', 'price', 'notice'],
            sort: { field: 'on', direction: 'DESC' },
          },
        ]
      : [],
}
