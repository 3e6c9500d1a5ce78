import { date, json, ladderKeyField, options, relation, select, text, type ObjectDef } from './define.ts'
import { resultOptions } from './tiers.ts'

/** One rating of one customer: never changed afterwards, but for its approval (TIER-RERATE). */
export const tierRating: ObjectDef = {
  name: 'tierRating',
  plural: 'tierRatings',
  kind: 'custom',
  label: { en: 'Tier rating', zh: '评级记录' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Tier ratings', zh: '评级记录' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'A rating with its inputs, rule version, row, effective date and approval.',
          zh: '一次评级：输入、规则版本、命中行、生效日、审批。',
        }
      : { en: '', zh: '' },
  icon: 'IconHistory',
  fields: [
    ladderKeyField,
    relation('company', 'Company', '公司', 'company', ['tierRatings', 'Tier ratings', '评级记录']),
    relation('person', 'Person', '联系人', 'person', ['tierRatings', 'Tier ratings', '评级记录']),
    text('scheme', 'Scheme', '评级方案'),
    select('oldTier', 'Old tier', '原等级', resultOptions),
    select('newTier', 'New tier', '新等级', resultOptions),
    date('ratedOn', 'Rated on', '评级日'),
    date('effectiveOn', 'Effective on', '生效日'),
    json('inputs', 'Inputs', '输入'),
    text('ruleVersion', 'Rule version', '规则版本'),
    text('ruleRow', 'Row', '命中行'),
    select(
      'cause',
      'Cause',
      '评级原因',
      options(
        ['FIRST', 'First rating', '首次'],
        ['CHANGE', 'Change', '变动'],
        ['YEARLY', 'Yearly', '年度'],
        ['PROMOTION', 'Promotion', '晋升'],
        ['EXIT', 'Exit', '退出'],
      ),
    ),
    select(
      'approval',
      'Approval',
      '审批',
      options(
        ['AUTOMATIC', 'Automatic', '自动', 'gray'],
        ['PROPOSED', 'Proposed', '待审批', 'yellow'],
        ['APPROVED', 'Approved', '已批准', 'green'],
        ['REJECTED', 'Rejected', '已否决', 'red'],
      ),
    ),
    text('approvedBy', 'Approved by', '审批人'),
    text('reason', 'Reason', '审批理由'),
    text('run', 'Rating run', '评级批次'),
    text('notice', 'Ladder notice', 'Ladder 提示'),
  ].map((field) =>
    ['approval', 'approvedBy', 'reason', 'effectiveOn'].includes(field.name)
      ? field
      : { ...field, writer: 'ladder' as const },
  ),
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Ratings', zh: '评级记录' },
            kind: 'table',
            icon: 'IconHistory',
            fields: [
              'name',
              'company',
              'person',
              'oldTier',
              'newTier',
              'ratedOn',
              'effectiveOn',
              'approval',
              'reason',
              'run',
              'ruleVersion',
              'ruleRow',
            ],
            sort: { field: 'ratedOn', direction: 'DESC' },
          },
        ]
      : [],
}
