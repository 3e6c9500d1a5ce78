import type { Playbook } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { Measured, SubjectState } from '../state.ts'
import { say } from '../tiers/text.ts'
import { isOfTiers } from '../tiers/standings.ts'

/** Measurements are kept a year and some: what is counted is what was promised of late. */
const KEPT_DAYS = 400

/**
 * One measurement of a service against the promise for this customer's tier (ESC-PROMISE). False when nothing was promised, or
 * it was counted already.
 */
export const measure = (
  state: SubjectState,
  ctx: Context,
  { id, at, service, value }: { id: string; at: string; service: string; value: number },
): boolean => {
  const promise = ctx.playbook.source.promises.find(
    (one) => one.service === service && isOfTiers(state, ctx, one.tiers),
  )
  const known = state.services ?? []
  const since = new Date(ctx.now - KEPT_DAYS * 86_400_000).toISOString()
  if (!promise || at < since || known.some((one) => one.id === id)) return false
  const fresh: Measured = { id, at, code: promise.code, value, kept: value <= promise.limit }
  state.services = [...known.filter((one) => one.at >= since), fresh].sort((a, b) =>
    `${a.at}/${a.id}` < `${b.at}/${b.id}` ? -1 : 1,
  )
  return true
}

/** Kept and broken promises of the last year; null where nothing was measured. */
export const promiseCounts = ({ services: measured }: SubjectState): { kept: number | null; broken: number | null } => {
  if (!measured) return { kept: null, broken: null }
  const kept = measured.filter((one) => one.kept).length
  return { kept, broken: measured.length - kept }
}

/** Which promise was broken, by how much. */
export const brokenText = (ctx: Context, { code, value }: Measured): string => {
  const promise = ctx.playbook.source.promises.find((one) => one.code === code)
  if (!promise) return code
  const text = say(ctx, promise.text.en, promise.text.zh)
  const unit = UNITS[promise.unit]
  return say(ctx, `${text}: it was ${value} ${unit[0]}`, `${text}：实际 ${value} ${unit[1]}`)
}

const UNITS: Record<Playbook['promises'][number]['unit'], [en: string, zh: string]> = {
  MINUTES: ['minutes', '分钟'],
  HOURS: ['hours', '小时'],
  DAYS: ['days', '天'],
  TIMES: ['times', '次'],
  PERCENT: ['%', '%'],
}
