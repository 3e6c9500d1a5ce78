export const texts = {
  pipeline: { en: 'Pipeline', zh: '开发流程' },
  form: { en: 'Pipeline and stages', zh: '流程与阶段' },
  stages: { en: 'Stages', zh: '阶段' },
  on: { en: 'Switched on', zh: '已启用' },
  off: { en: 'Switched off: no new development begins in it', zh: '已停用：不再新建此流程的开发' },
  turnOn: { en: 'Switch on', zh: '启用' },
  turnOff: { en: 'Switch off', zh: '停用' },
  items: { en: (n: number) => `${n} to do`, zh: (n: number) => `清单 ${n} 项` },
  fields: { en: (n: number) => `${n} to record`, zh: (n: number) => `记录 ${n} 项` },
  exits: { en: (n: number) => (n === 1 ? '1 exit rule' : `${n} exit rules`), zh: (n: number) => `退出规则 ${n} 条` },
  days: { en: (n: number) => `${n} working days`, zh: (n: number) => `${n} 个工作日` },
  noLimit: { en: 'no limit', zh: '不限时' },
  running: {
    en: 'Developments that run keep the checklist and the rules that they began with.',
    zh: '进行中的开发沿用开始时的清单与规则。',
  },
} as const
