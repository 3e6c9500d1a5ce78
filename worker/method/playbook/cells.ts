import type { Label } from '../../../schemas/model/define.ts'
import type { Value } from '../../../schemas/events/index.ts'
import { roleOptions } from '../../../schemas/model/roles.ts'
import type { Calendar, Level, Playbook, Role } from '../../../schemas/playbook/index.ts'

/** How parts of a playbook are written in the CRM's fields, and read back from there. */

export type Read<T> = { ok: true; value: T } | { ok: false; message: Label }

export const inLanguage = ({ language }: Playbook, { en, zh }: Label): string => (language === 'en' ? en : zh)

/** A text as edited in one language. Unchanged, the other language stays; changed, it stands for both. */
export const labelFrom = (playbook: Playbook, text: string, present: Label | undefined): Label =>
  present && inLanguage(playbook, present) === text ? present : { en: text, zh: text }

/** Working minutes of one day by the calendar's hours: what `1d` means in a ladder. */
export const minutesOfDay = ({ hours }: Calendar): number => {
  const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  return hours.reduce((sum, { from, to }) => sum + (to === '00:00' ? 1440 : minutes(to)) - minutes(from), 0)
}

/** `RM 4h` a line; `d` is a working day of the calendar. */
export const levelsText = (levels: readonly Level[], calendar: Calendar): string => {
  const day = minutesOfDay(calendar)
  const allowance = (minutes: number): string =>
    minutes % day === 0 ? `${minutes / day}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
  return levels.map(({ role, allowanceMinutes }) => `${role} ${allowance(allowanceMinutes)}`).join('\n')
}

const EXAMPLE = 'RM 4h'
const units: Record<string, 'm' | 'h' | 'd'> = { m: 'm', h: 'h', d: 'd', 分钟: 'm', 小时: 'h', 天: 'd', 日: 'd' }
units['工作小时'] = 'h'
units['工作日'] = 'd'

/** Reads levels, one a line; roles by code or by their name in either language. */
export const levelsFrom = (text: string, calendar: Calendar): Read<Level[]> => {
  const lines = text
    .split(/[\n;；]/)
    .map((line) => line.trim())
    .filter(Boolean)
  if (lines.length === 0)
    return wrong(`Levels are missing: one line a level, such as ${EXAMPLE}.`, `缺少层级：每行一级，如 ${EXAMPLE}。`)
  const levels: Level[] = []
  for (const [index, line] of lines.entries()) {
    const match = /^(.+?)[\s:：]*(\d+(?:\.\d+)?)\s*(m|h|d|分钟|工作小时|小时|工作日|天|日)$/i.exec(line)
    const role = roleOf(match?.[1] ?? '')
    const unit = units[(match?.[3] ?? '').toLowerCase()]
    const count = Number(match?.[2])
    const minutes = Math.round(count * (unit === 'd' ? minutesOfDay(calendar) : unit === 'h' ? 60 : 1))
    const line_ = index + 1
    if (!match || !unit || minutes <= 0)
      return wrong(
        `Levels, line ${line_}: “${line}” must be a role and its working time, such as ${EXAMPLE} or VICE_PRESIDENT 2d.`,
        `层级第 ${line_} 行：“${line}”应为角色和工作时间，如 ${EXAMPLE} 或 VICE_PRESIDENT 2d。`,
      )
    if (!role)
      return wrong(
        `Levels, line ${line_}: there is no role “${match[1] ?? ''}”. Roles are ${roleOptions.map(({ code }) => code).join(', ')}.`,
        `层级第 ${line_} 行：没有角色“${match[1] ?? ''}”。可用角色：${roleOptions.map(({ code }) => code).join('、')}。`,
      )
    levels.push({ role, allowanceMinutes: minutes })
  }
  return { ok: true, value: levels }
}

export const roleOf = (text: string): Role | undefined => {
  const wanted = text.trim().toUpperCase()
  const option = roleOptions.find(
    ({ code, label }) => code === wanted || label.zh === text.trim() || label.en.toUpperCase() === wanted,
  )
  return option?.code as Role | undefined
}

export const wrong = (en: string, zh: string): { ok: false; message: Label } => ({ ok: false, message: { en, zh } })

export const textOf = (value: Value | undefined): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** JSON of a field: CRMs without a JSON type give it as text. Undefined for what can't be read. */
export const jsonOf = (value: Value | undefined): unknown => {
  if (typeof value !== 'string') return value ?? undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}
