import type { Field, FieldType, Label, Option } from '../model/define.ts'
import { objectDef } from '../model/index.ts'
import { resultOptions } from '../model/tiers.ts'
import type { DocumentLayout, DocumentList } from '../playbook/documents.ts'

/** What a layout may put on a page, and how it is shown. `user`: a person of the CRM by id. */
export interface Place {
  type: Exclude<FieldType, 'relation'> | 'user'
  label: Label
  options?: Option[]
}

type Places = ReadonlyMap<string, Place>

const place = (name: string, type: Place['type'], en: string, zh: string, options?: Option[]): [string, Place] => [
  name,
  { type, label: { en, zh }, ...(options ? { options } : {}) },
]

const isShown = (field: Field): field is Field & { type: Exclude<FieldType, 'relation'> } =>
  field.type !== 'relation' && field.type !== 'json' && field.name !== 'ladderKey'

const fieldsOf = (object: string): [string, Place][] =>
  (objectDef(object)?.fields ?? [])
    .filter(isShown)
    .map(({ name, type, label, options }) => [name, { type, label, ...(options ? { options } : {}) }])

const tier = (name: string) => place(name, 'select', 'Tier', '客户等级', resultOptions)

const ownPlaces: [string, Place][] = [
  place('document.on', 'date', 'Date', '日期'),
  place('document.version', 'integer', 'Version', '版本'),
]

const development: Places = new Map([
  ...ownPlaces,
  place('name', 'text', 'Development', '开发项目'),
  place('customer.name', 'text', 'Customer', '客户名称'),
  tier('customer.tier'),
  place('customer.balance', 'money', 'Deposits (CNY)', '存款（元）'),
  place('rm', 'user', 'RM in charge', '责任客户经理'),
  ...fieldsOf('development'),
])

const week: Places = new Map([
  ...ownPlaces,
  place('week.scope', 'text', 'Branch or RM', '机构或客户经理'),
  place('week.manager', 'user', 'Held by', '主持人'),
  place('week.from', 'date', 'From', '起'),
  place('week.to', 'date', 'To', '止'),
])

/** Places by name that a layout may use. */
export const placesOf = (about: DocumentLayout['about']): Places => (about === 'development' ? development : week)

const followed: Places = new Map([
  place('customer', 'text', 'Customer', '客户'),
  tier('tier'),
  place('matter', 'text', 'Matter', '事项'),
  place('owner', 'user', 'In charge', '责任人'),
  place('due', 'date', 'Due', '期限'),
  place('remark', 'text', 'Remark', '备注'),
])

const columns: Record<DocumentList, Places> = {
  control: new Map([
    ...fieldsOf('task'),
    place('title', 'text', 'Item', '项目'),
    place('assigneeId', 'user', 'Sole owner', '责任人'),
    place('dueAt', 'date', 'Due', '完成时限'),
    place('remark', 'text', 'Remark', '备注'),
  ]),
  visits: new Map([...fieldsOf('visit'), place('name', 'text', 'Visit', '拜访')]),
  holdings: new Map(fieldsOf('holding')),
  meeting: followed,
  followUp: followed,
  figures: new Map([
    place('figure', 'text', 'Figure', '指标'),
    place('now', 'number', 'Now', '本期'),
    place('before', 'number', 'Before', '上期'),
    place('change', 'number', 'Change', '变动'),
  ]),
}

/** Fields by name that a list has a column for. */
export const columnsOf = (list: DocumentList): Places => columns[list]

/** Names in `{braces}` of a text. */
export const placesIn = ({ en, zh }: Label): string[] => [
  ...new Set([...`${en} ${zh}`.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name.trim())),
]
