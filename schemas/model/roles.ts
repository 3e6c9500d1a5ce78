import { options } from './define.ts'

/** Roles of the bank, from the customer outwards. */
export const roleOptions = options(
  ['LOBBY_MANAGER', 'Lobby manager', '大堂经理'],
  ['RM', 'Relationship manager', '客户经理'],
  ['SUB_BRANCH_ASSISTANT', 'Assistant to the sub-branch president', '支行行长助理'],
  ['SUB_BRANCH_PRESIDENT', 'Sub-branch president', '支行行长'],
  ['EXPANSION_LEAD', 'Expansion team lead', '拓展团队负责人'],
  ['EXPANSION_DEPARTMENT', 'Expansion department', '拓展部'],
  ['CORPORATE_DEPARTMENT', 'Corporate banking department', '公司银行部'],
  ['VICE_PRESIDENT', 'Branch vice president', '分管行长'],
  ['PRESIDENT', 'Branch president', '分行行长'],
  ['MARKETING', 'Marketing department', '市场开发部门'],
  ['NAMED_PERSON', 'Named person for movements', '异动指定责任人'],
)
