import { byLadder, date, ladderKeyField, number, options, select, text, type ObjectDef } from './define.ts'

/** A figure that managers see (MEAS), now and a month before: written each workday for the bank and each branch. */
export const measure: ObjectDef = {
  name: 'measure',
  plural: 'measures',
  kind: 'custom',
  label: { en: 'Measure', zh: '管理指标' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Measures', zh: '管理指标' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A figure for managers: now against a month before.', zh: '管理指标：本期与一个月前对比。' }
      : { en: '', zh: '' },
  icon: 'IconChartBar',
  fields: [
    ladderKeyField,
    ...byLadder(
      text('measureId', 'Method id', '方法编号'),
      text('code', 'Code', '代码'),
      text('branchCode', 'Branch', '机构'),
      select(
        'unit',
        'Unit',
        '单位',
        options(
          ['COUNT', 'Count', '个'],
          ['MONEY', 'Yuan', '元'],
          ['PERCENT', '%', '%'],
          ['RATIO', 'Ratio', '比'],
          ['MINUTES', 'Working minutes', '工作分钟'],
          ['DAYS', 'Days', '天'],
        ),
      ),
      number('valueNow', 'Now', '本期'),
      number('valueBefore', 'A month before', '上月同期'),
      date('changedOn', 'Changed on', '变动日'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Measures', zh: '管理指标' },
            kind: 'table',
            icon: 'IconChartBar',
            fields: ['name', 'branchCode', 'valueNow', 'valueBefore', 'unit', 'changedOn'],
            sort: { field: 'name', direction: 'ASC' },
          },
        ]
      : [],
}
