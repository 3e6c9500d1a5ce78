import type { Option } from '../model/define.ts'
import { fieldDef } from '../model/index.ts'
import { input, output, type ActionDef } from './define.ts'
import { commonOutputs } from './outcome.ts'

const kinds: Option[] = fieldDef('occasion', 'kind')?.options ?? []
const only = (...codes: string[]): Option[] => kinds.filter(({ code }) => codes.includes(code))
/** What Ladder finds by itself, and what touches many customers, isn't noted of one. */
const FOUND = ['PROMISE_BROKEN', 'SLEEPING', 'LOW_USE']
const WIDE = ['POLITICS', 'ECONOMY', 'POLICY', 'SUDDEN']
const ended = fieldDef('occasion', 'status')?.options ?? []
const tasks = output('integer', 'tasks', 'Open tasks', '待办任务数')
const occasionId = output('text', 'occasion', 'Occasion (id)', '客户事件编号')

/** ESC-CUST, ESC-INNER, ESC-COMPL, ESC-RISK, ESC-SLEEP: something that matters to one customer; its work becomes tasks. */
export const noteOccasion: ActionDef = {
  name: 'note-occasion',
  label: { en: 'Note occasion', zh: '记录客户事件' },
  objects: ['company', 'person', 'development'],
  needs: [],
  inputs: [
    input('select', 'kind', 'Kind', '类型', {
      required: true,
      options: kinds.filter(({ code }) => !FOUND.includes(code) && !WIDE.includes(code)),
    }),
    input('date', 'on', 'On', '日期'),
    input('boolean', 'yearly', 'Every year', '每年'),
    input('text', 'note', 'Note', '备注'),
  ],
  outputs: [...commonOutputs, occasionId, tasks, output('dateTime', 'due', 'First task due', '首个任务期限')],
}

/** Closes one occasion, or all open ones of the customer: their tasks and escalations close with them. */
export const closeOccasion: ActionDef = {
  name: 'close-occasion',
  label: { en: 'Close occasion', zh: '办结客户事件' },
  objects: ['occasion', 'company', 'person', 'development'],
  needs: [],
  inputs: [
    input('select', 'kind', 'Only of this kind', '仅限该类型', { options: kinds }),
    input('text', 'occasion', 'Only this one (id)', '仅限该事件（编号）'),
    input('select', 'status', 'As', '结果', { options: ended.filter(({ code }) => code !== 'OPEN') }),
  ],
  outputs: [...commonOutputs, output('integer', 'count', 'Closed now', '本次办结数'), tasks],
}

/** ESC-OUTER, ESC-INNER: something that touches all customers of a rule. The same kind and name again is the same event. */
export const noteEvent: ActionDef = {
  name: 'note-event',
  label: { en: 'Note event for many customers', zh: '记录外部事件' },
  objects: ['company', 'person', 'development'],
  needs: [],
  inputs: [
    input('select', 'kind', 'Kind', '类型', {
      required: true,
      options: only(...WIDE, 'NEW_PRODUCT', 'PROMOTION', 'GET_TOGETHER', 'HOLIDAY', 'BAD_WEATHER'),
    }),
    input('text', 'name', 'Name', '名称', { required: true }),
    input('longText', 'rule', 'Touched customers (rule)', '受影响客户（规则）', { required: true }),
    input('date', 'on', 'On', '日期'),
    input('select', 'status', 'Status', '状态', { options: ended }),
  ],
  outputs: [
    ...commonOutputs,
    occasionId,
    output('integer', 'touched', 'Customers touched', '受影响客户数'),
    output('longText', 'list', 'List of customers', '客户名单'),
  ],
}
