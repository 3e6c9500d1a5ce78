import type { Label, Option } from '../../../schemas/model/define.ts'
import { roleOptions } from '../../../schemas/model/roles.ts'
import { resultOptions } from '../../../schemas/model/tiers.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'

/** A text in the language of the playbook. */
export const say = (ctx: Context, en: string, zh: string): string => (ctx.playbook.source.language === 'en' ? en : zh)

/** Fen as yuan for people: 12,345.60; whole yuan without decimals. */
export const yuan = (fen: number): string => {
  const cents = Math.abs(fen) % 100
  const whole = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}${cents === 0 ? '' : `.${String(cents).padStart(2, '0')}`}`
}

/** A share in percent with one decimal at most. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '0%' : `${Math.round((part / whole) * 1000) / 10}%`

const names = (options: Option[]): ReadonlyMap<string, Label> =>
  new Map(options.map(({ code, label }) => [code, label]))
const tiers = names(resultOptions)
const roles = names(roleOptions)

const labelled = (ctx: Context, labels: ReadonlyMap<string, Label>, code: string): string => {
  const label = labels.get(code)
  return label ? say(ctx, label.en, label.zh) : code
}

export const tierName = (ctx: Context, tier: string | null): string =>
  tier === null ? say(ctx, 'none', '无') : labelled(ctx, tiers, tier)

export const roleName = (ctx: Context, role: string): string => labelled(ctx, roles, role)

/** What a stage of a pipeline of the playbook is called; its code where none has it (any more). */
export const stageName = ({ playbook }: Context, code: string): Label =>
  playbook.source.pipelines.flatMap(({ stages }) => stages).find((stage) => stage.code === code)?.name ?? {
    en: code,
    zh: code,
  }

/** The customer's name as the CRM has it; '' when it isn't known. */
export const customerName = (draft: Draft): string => {
  const { object, id } = parseRef(draft.state.ref)
  const name = draft.record(object, id)?.fields['name']
  return typeof name === 'string' ? name : ''
}
