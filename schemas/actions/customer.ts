import type { Option } from '../model/define.ts'
import { fieldDef } from '../model/index.ts'
import { tierOptions } from '../model/tiers.ts'
import { input, output, type ActionDef } from './define.ts'
import { commonOutputs } from './outcome.ts'

/** TIER-CORP, TIER-CONTACT: reads the customer as the CRM has it now, and tells its tier and what follows from it. */
export const rate: ActionDef = {
  name: 'rate',
  label: { en: 'Rate customer', zh: '客户评级' },
  objects: ['company', 'person'],
  needs: [],
  inputs: [],
  outputs: [
    ...commonOutputs,
    output('select', 'tier', 'Tier', '客户等级', tierOptions),
    output('select', 'proposedTier', 'Tier that waits for approval', '待审批等级', tierOptions),
    output('text', 'why', 'Why this tier', '定级依据'),
    output('integer', 'contactsPerYear', 'Contacts a year', '每年最少联系次数'),
    output('date', 'nextContactDue', 'Next contact due', '下次联系截止'),
    output('date', 'nextRatingOn', 'Next rating', '下次评级日'),
  ],
}

/** Options as the visit itself has them. */
const visitOptions = (name: string): Option[] => fieldDef('visit', name)?.options ?? []

/** A visit in status PLANNED: what DEV-A05 asks for before the first visit, and what counts as a contact once it is held. */
export const visitPlan: ActionDef = {
  name: 'visit-plan',
  label: { en: 'Create visit plan', zh: '制定拜访计划' },
  objects: ['company', 'person', 'development'],
  needs: ['visit'],
  inputs: [
    input('dateTime', 'plannedAt', 'Planned for', '计划时间', { required: true }),
    input('text', 'name', 'Title', '标题'),
    input('select', 'form', 'Form', '形式', { options: visitOptions('form') }),
    input('select', 'level', 'Level', '拜访层级', { options: visitOptions('level') }),
    input('text', 'participants', 'Participants', '参加人员'),
    input('longText', 'topics', 'Topics', '议题'),
  ],
  outputs: [
    ...commonOutputs,
    output('text', 'visitId', 'Visit (record id)', '拜访记录编号'),
    output('dateTime', 'plannedAt', 'Planned for', '计划时间'),
  ],
}

/** TIER-CONTACT: a contact that was had, now unless said otherwise. */
export const logContact: ActionDef = {
  name: 'log-contact',
  label: { en: 'Log contact', zh: '登记联系' },
  objects: ['company', 'person', 'development'],
  needs: ['visit'],
  inputs: [
    input('select', 'form', 'Form', '形式', { options: visitOptions('form') }),
    input('dateTime', 'heldAt', 'Held at', '联系时间'),
    input('longText', 'record', 'Record', '记录'),
  ],
  outputs: [
    ...commonOutputs,
    output('text', 'visitId', 'Visit (record id)', '拜访记录编号'),
    output('date', 'nextContactDue', 'Next contact due', '下次联系截止'),
  ],
}
