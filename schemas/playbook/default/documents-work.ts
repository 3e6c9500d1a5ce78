import type { DocumentBlock, DocumentLayout } from '../documents.ts'
import { t } from './write.ts'

const heading = (en: string, zh: string): DocumentBlock => ({ block: 'heading', text: t(en, zh), level: 1 })

/** Project control table (DEV-CTRL): number, item, one sole owner, due date, acceptance criteria, remark. */
const controlTable: DocumentLayout = {
  code: 'CONTROL_TABLE',
  id: 'DEV-CTRL',
  name: t('Project control table', '项目控制表'),
  about: 'development',
  landscape: true,
  header: t('{customer.name}', '{customer.name}'),
  footer: t('As of {document.on}', '截至 {document.on}'),
  requires: [],
  blocks: [
    { block: 'fields', fields: ['customer.name', 'name', 'rm', 'stage'], columns: 2 },
    {
      block: 'list',
      list: 'control',
      columns: [
        { field: 'ladderItemNo', label: t('No.', '序号'), width: 0.5 },
        { field: 'title', label: t('Item', '项目'), width: 2.4 },
        { field: 'assigneeId', label: t('Sole owner', '责任人（唯一）'), width: 1.1 },
        { field: 'dueAt', label: t('Due date', '完成时限'), width: 1.4 },
        { field: 'ladderCriteria', label: t('Acceptance criteria', '验收标准'), width: 2.6 },
        { field: 'remark', label: t('Remark', '备注'), width: 1.3 },
      ],
      empty: t('No control items yet', '尚未建立控制项'),
    },
    { block: 'signatures', parties: [t('Project lead', '项目负责人'), t('Checked by', '检查人')] },
  ],
}

const rows = (list: 'meeting' | 'followUp', empty: [en: string, zh: string]): DocumentBlock => ({
  block: 'list',
  list,
  columns: [
    { field: 'customer', label: t('Customer', '客户'), width: 1.8 },
    { field: 'tier', label: t('Tier', '等级'), width: 0.8 },
    { field: 'matter', label: t('Matter', '事项'), width: 2.6 },
    { field: 'owner', label: t('In charge', '责任人'), width: 1 },
    { field: 'due', label: t('Due', '期限'), width: 1.4 },
    { field: 'remark', label: t('Remark', '备注'), width: 1.8 },
  ],
  empty: t(...empty),
})

/** Weekly pack (ESC-WEEK): the team's meeting list, the sub-branch president's follow-up list, the figures. */
const weeklyPack: DocumentLayout = {
  code: 'WEEKLY_PACK',
  id: 'ESC-WEEK',
  name: t('Weekly pack', '每周营销碰头会材料'),
  about: 'week',
  landscape: true,
  header: t('{week.scope}', '{week.scope}'),
  footer: t('{week.from} to {week.to}', '{week.from} 至 {week.to}'),
  requires: [],
  blocks: [
    { block: 'fields', fields: ['week.scope', 'week.manager', 'week.from', 'week.to'], columns: 2 },
    heading('1 Figures', '一、本周数据'),
    {
      block: 'list',
      list: 'figures',
      columns: [
        { field: 'figure', label: t('Figure', '指标'), width: 3 },
        { field: 'now', label: t('This week', '本周'), width: 1 },
        { field: 'before', label: t('Before', '上周'), width: 1 },
        { field: 'change', label: t('Change', '变动'), width: 1 },
      ],
      empty: t('No figures', '暂无数据'),
    },
    heading('2 For the team meeting', '二、营销碰头会清单'),
    rows('meeting', ['Nothing to be discussed', '无待议事项']),
    heading("3 Sub-branch president's follow-up", '三、支行行长跟进清单'),
    rows('followUp', ['Nothing to follow up', '无待跟进事项']),
    { block: 'signatures', parties: [t('Sub-branch president', '支行行长')] },
  ],
}

export const workPapers: DocumentLayout[] = [controlTable, weeklyPack]
