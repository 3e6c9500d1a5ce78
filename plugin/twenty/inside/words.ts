import type { Label } from '../../../schemas/model/define.ts'
import type { Due, Language } from './kinds.ts'

/** What the parts inside Twenty say, in both languages. `{…}` are filled in. */
export const words = {
  acknowledge: { en: 'Acknowledge', zh: '确认' },
  acknowledged: { en: 'Acknowledged: the clock stands.', zh: '已确认，停止计时。' },
  assign: { en: 'Assign', zh: '分配' },
  assigned: { en: '{count} assigned to {name}.', zh: '已将 {count} 条分配给 {name}。' },
  assignTo: { en: 'Relationship manager', zh: '客户经理' },
  campaign: { en: 'Campaign', zh: '营销活动' },
  campaigns: { en: 'Campaigns', zh: '营销活动' },
  checklist: { en: 'To do in this stage', zh: '本阶段事项' },
  climbs: { en: 'Climbs {at}', zh: '{at} 升级' },
  completeness: { en: 'File completeness', zh: '档案完整度' },
  connected: { en: 'Connected', zh: '已连接' },
  contact: { en: 'Contact', zh: '联系' },
  contactDue: { en: 'Next contact due', zh: '下次联系截止' },
  contactsPerYear: { en: 'At least {count} a year', zh: '每年至少 {count} 次' },
  crmCalls: { en: 'Calls to this CRM today', zh: '今日调用本 CRM' },
  deadLetters: { en: 'Could not be written', zh: '未能写入' },
  developments: { en: 'Development', zh: '客户开发' },
  doNotContact: { en: 'Do not contact: no campaigns, no calls.', zh: '请勿打扰：不邀请、不致电。' },
  due: { en: 'Stage due', zh: '阶段期限' },
  duePast: { en: '{on}, {days} days ago', zh: '{on}，已逾期 {days} 天' },
  dueSoon: { en: '{on}, in {days} days', zh: '{on}，还有 {days} 天' },
  dueToday: { en: '{on}, today', zh: '{on}，今天' },
  enrol: { en: 'Enrol in campaign', zh: '加入营销活动' },
  enrolled: {
    en: '{count} enrolled, {there} were on it, {left} may not be invited.',
    zh: '已加入 {count} 户，{there} 户原已在内，{left} 户不可邀请。',
  },
  escalations: { en: 'Open escalations', zh: '待处理督办' },
  failed: { en: 'That did not work: {reason}', zh: '未能完成：{reason}' },
  form: { en: 'Form', zh: '形式' },
  gone: {
    en: 'This record can’t be read: it is gone, or you may not see it.',
    zh: '无法读取该记录：已删除或无权查看。',
  },
  guidance: { en: 'Guidance', zh: '操作指引' },
  healthy: { en: 'Ladder is connected and well.', zh: 'Ladder 已连接，运行正常。' },
  holidays: { en: 'Holidays known until', zh: '节假日数据截至' },
  lastContact: { en: 'Last contact', zh: '上次联系' },
  lastEvent: { en: 'Last change heard', zh: '最近收到变更' },
  level: { en: 'Level {level}', zh: '第 {level} 级' },
  loading: { en: 'Reading …', zh: '读取中…' },
  logContact: { en: 'Log contact', zh: '登记联系' },
  logged: { en: 'Contact logged.', zh: '已登记联系。' },
  missing: { en: 'Missing for the next stage', zh: '进入下一阶段尚缺' },
  more: { en: 'and {count} more', zh: '另有 {count} 条' },
  moved: {
    en: 'Asked for the next stage. Ladder puts it back if something is missing.',
    zh: '已申请进入下一阶段；如有缺项，Ladder 将退回。',
  },
  moveOn: { en: 'Next stage: {stage}', zh: '进入下一阶段：{stage}' },
  never: { en: 'never', zh: '从未' },
  nextRating: { en: 'Next rating', zh: '下次评级日' },
  noCampaignOpen: { en: 'No campaign is being prepared.', zh: '没有筹备中的活动。' },
  noCampaigns: { en: 'Not on any campaign so far.', zh: '尚未参加活动。' },
  noDate: { en: 'no date', zh: '未定' },
  noDevelopment: { en: 'No development runs for this customer.', zh: '该客户暂无开发项目。' },
  noEscalations: { en: 'Nothing waits for an answer.', zh: '没有待处理的督办。' },
  notConnected: { en: 'Ladder does not answer', zh: 'Ladder 无响应' },
  notConnectedHelp: {
    en: 'Ask whoever runs Ladder: `ladder apply` connects it, `ladder doctor` finds what is wrong.',
    zh: '请联系 Ladder 管理员：ladder apply 用于连接，ladder doctor 用于排查。',
  },
  note: { en: 'Note', zh: '记录' },
  nothingMissing: { en: 'Nothing is missing.', zh: '没有缺项。' },
  nothingSelected: { en: 'Nothing is selected.', zh: '未选择记录。' },
  noTier: { en: 'Not rated yet', zh: '尚未评级' },
  overdue: { en: 'overdue', zh: '已逾期' },
  planned: { en: 'Planned', zh: '已计划' },
  plannedOn: { en: 'Visit planned for {at}.', zh: '已计划于 {at} 拜访。' },
  planVisit: { en: 'Plan visit', zh: '计划拜访' },
  playbook: { en: 'Playbook version', zh: '方法手册版本' },
  rate: { en: 'Rate', zh: '评级' },
  rated: { en: '{done} of {count} rated.', zh: '{count} 户中已评级 {done} 户。' },
  rating: { en: '{at} of {count} …', zh: '{at}/{count}…' },
  refresh: { en: 'Look again', zh: '刷新' },
  resolution: { en: 'What was done', zh: '处理结果' },
  resolve: { en: 'Resolve', zh: '解决' },
  resolved: { en: 'Resolved.', zh: '已解决。' },
  selected: { en: '{count} selected', zh: '已选 {count} 条' },
  settings: { en: 'Connection', zh: '连接状态' },
  signedOff: { en: 'Ticked.', zh: '已完成。' },
  since: { en: 'since {on}', zh: '自 {on}' },
  stages: { en: 'Stages', zh: '阶段' },
  sweep: { en: 'Can’t be read', zh: '无法读取' },
  tier: { en: 'Tier', zh: '客户等级' },
  troubled: { en: 'Connected, but something needs a look.', zh: '已连接，但有问题待处理。' },
  unchecked: { en: 'Overdue timers', zh: '逾期计时' },
  waiting: { en: 'Waiting to be written', zh: '待写入' },
  when: { en: 'When', zh: '时间' },
  why: { en: 'Why', zh: '依据' },
} as const satisfies Record<string, Label>

export type Word = keyof typeof words

/** A text in the language of whoever looks, with its blanks filled in. */
export const say = (label: Label, language: Language, values: Record<string, string | number> = {}): string =>
  label[language].replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank))

/** Chinese for every Chinese of Twenty's locales, else English: Ladder speaks these two. */
export const languageOf = (locale: string | undefined): Language => (locale?.startsWith('zh') ? 'zh' : 'en')

/** A date with how near it is. */
export const dueText = ({ on, nearness, days }: Due, language: Language): string => {
  if (nearness === 'none') return say(words.noDate, language)
  if (nearness === 'later') return on
  if (days === 0) return say(words.dueToday, language, { on })
  const word = nearness === 'overdue' ? words.duePast : words.dueSoon
  return say(word, language, { on, days: Math.abs(days) })
}

/** A date and time of day in the zone of whoever looks: `2026-11-21 09:30`. Empty for no instant. */
export const atText = (iso: string, timeZone?: string): string => {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return ''
  const form = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat('sv-SE', { ...form, ...(timeZone ? { timeZone } : {}) }).format(at)
}

/** The ISO date of an instant where whoever looks is. */
export const dayOf = (now: Date, timeZone?: string): string => atText(now.toISOString(), timeZone).slice(0, 10)
