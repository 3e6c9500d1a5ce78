import type { Label } from '../../../schemas/model/define.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Context } from '../context.ts'
import { say, tierName, yuan } from '../tiers/text.ts'
import type { Row } from './report.ts'

const TITLES: Record<string, Label> = {
  'MEAS-4x2': { en: '4×2', zh: '四个两' },
  'MEAS-PIPE': { en: 'Pipeline', zh: '开发漏斗' },
  'MEAS-TIER': { en: 'Tiers', zh: '客户等级' },
  'TIER-ALLOC': { en: 'Allocation', zh: '机构分配' },
  'MEAS-CONT': { en: 'Contacts', zh: '客户联系' },
  'MEAS-CAMP': { en: 'Campaigns', zh: '营销活动' },
  'MEAS-ESC': { en: 'Escalations', zh: '升级督办' },
}

const WORDS: Record<string, Label> = {
  SLEEPING: { en: 'sleeping accounts', zh: '睡眠户' },
  LOW_VALUE: { en: 'low-value customers', zh: '低效客户' },
  PRODUCTS_PER_CUSTOMER: { en: 'products per customer', zh: '户均产品' },
  CHANNELS_PER_CUSTOMER: { en: 'channels per customer', zh: '户均渠道' },
  LOSS_RATE: { en: 'loss rate', zh: '流失率' },
  COST_OF_WINNING: { en: 'cost of winning a customer', zh: '获客成本' },
  RETENTION: { en: 'deposit retention', zh: '沉淀率' },
  ACTIVATION: { en: 'activation rate', zh: '激活率' },
  CONVERSION: { en: 'conversion', zh: '转化率' },
  DAYS: { en: 'days in stage', zh: '停留天数' },
  MADE: { en: 'made', zh: '已联系' },
  DUE: { en: 'due', zh: '应联系' },
  OVERDUE: { en: 'overdue', zh: '逾期' },
  INVITED: { en: 'invited', zh: '邀请' },
  CONFIRMED: { en: 'confirmed', zh: '确认' },
  ATTENDED: { en: 'attended', zh: '到场' },
  LEADS: { en: 'leads', zh: '商机' },
  PRODUCTS_WON: { en: 'products won', zh: '成交产品' },
  BALANCE_WON: { en: 'balance won', zh: '带来余额' },
  COST_PER_PRODUCT: { en: 'cost per product won', zh: '单个产品成本' },
  RAISED: { en: 'raised', zh: '发起' },
  TO_ACKNOWLEDGE: { en: 'minutes to acknowledge', zh: '确认用时' },
  TO_RESOLVE: { en: 'minutes to resolve', zh: '解决用时' },
  UNRATED: { en: 'unrated', zh: '未评级' },
  CALLS: { en: 'calls', zh: '电话' },
  SUCCESS: { en: 'success', zh: '成功率' },
  OPEN: { en: 'open', zh: '待处理' },
  PAUSED: { en: 'paused', zh: '已暂停' },
  SNOOZED: { en: 'snoozed', zh: '稍后提醒' },
  ACKNOWLEDGED: { en: 'acknowledged', zh: '已确认' },
}

const causes = new Map(fieldDef('escalation', 'cause')?.options?.map(({ code, label }) => [code, label]))

/** What a part of a code is called: a word of its own, or the name that the playbook or the model has for it. */
const labelOf = ({ playbook: { source } }: Context, code: string): Label | undefined =>
  WORDS[code] ??
  source.pipelines.flatMap((one) => [one, ...one.stages]).find((one) => one.code === code)?.name ??
  source.campaigns.find((one) => one.code === code)?.name ??
  source.products.find(({ kind }) => kind === code)?.name ??
  causes.get(code)

const word = (ctx: Context, code: string): string => {
  if (/^\d+$/.test(code)) return say(ctx, `level ${code}`, `第 ${code} 级`)
  const known = labelOf(ctx, code)
  return known ? say(ctx, known.en, known.zh) : tierName(ctx, code)
}

/** The norms stand with the figures of calls (DEV-ACT). */
const normOf = (ctx: Context, code: string): string => {
  const { least, most, successPercent } = ctx.playbook.source.calls
  if (code === 'CALLS/MADE') return say(ctx, ` (norm ${least}–${most} a day each)`, `（标准每人每日 ${least}–${most}）`)
  return code === 'CALLS/SUCCESS' ? say(ctx, ` (norm ${successPercent} %)`, `（标准 ${successPercent}%）`) : ''
}

/** A figure's name for people, in the playbook's language: `客户等级：高端→中端`, of a branch `…（HZ01）`. */
export const rowName = (ctx: Context, { id, code }: Pick<Row, 'id' | 'code'>, branch: string): string => {
  const title = TITLES[id]
  const parts = code.split('/').map((part) =>
    part
      .split('→')
      .map((one) => word(ctx, one))
      .join('→'),
  )
  const name = `${title ? say(ctx, title.en, title.zh) : id}${say(ctx, ': ', '：')}${parts.join(' ')}${normOf(ctx, code)}`
  return branch === '' ? name : `${name}（${branch}）`
}

/** A figure as a table shows it: its name, the value now and before, and the difference; `–` where it can't be said. */
export const figureShown = (
  ctx: Context,
  row: Row,
): { figure: string; now: string; before: string; change: string } => {
  const { unit, now, before } = row
  const shown = (value: number | null): string =>
    value === null ? '–' : unit === 'money' ? yuan(value) : `${value}${unit === 'percent' ? '%' : ''}`
  const change = now === null || before === null ? null : Math.round((now - before) * 100) / 100
  const sign = change !== null && change > 0 ? '+' : ''
  return { figure: rowName(ctx, row, ''), now: shown(now), before: shown(before), change: `${sign}${shown(change)}` }
}
