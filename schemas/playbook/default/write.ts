import { devChecklist } from '../../model/development-checklist.ts'
import { campaignKinds } from '../../model/campaign-kinds.ts'
import type { Label } from '../../model/define.ts'
import type { Role, Stage, TimelineTask } from '../index.ts'

/** Short forms in which the default playbook is written down. */

export const t = (en: string, zh: string): Label => ({ en, zh })

/** The checklist of a stage: the items of the model whose code begins with `A07_`. */
export const checklist = (prefix: string): Stage['checklist'] =>
  devChecklist
    .filter(({ code }) => code.startsWith(`${prefix}_`))
    .map(({ code, label }) => ({ code, text: t(label.en.slice(4), label.zh.slice(4)) }))

export type ExitRule = Stage['exit'][number]

/** A condition without which a development may not leave its stage. */
export const must = (id: string, rule: string, en: string, zh: string): ExitRule => ({
  id,
  rule,
  message: t(en, zh),
  level: 'enforce',
})

/** A condition that is only warned of. */
export const should = (id: string, rule: string, en: string, zh: string): ExitRule => ({
  ...must(id, rule, en, zh),
  level: 'warn',
})

/** A task of a campaign, `day` in working days from the day itself. */
export const task = (day: number, role: Role, en: string, zh: string): TimelineTask => ({
  day,
  role,
  per: 'campaign',
  title: t(en, zh),
})

/** A task for each guest. */
export const guestTask = (day: number, role: Role, en: string, zh: string): TimelineTask => ({
  ...task(day, role, en, zh),
  per: 'guest',
})

type FollowUp = { when: 'CAME' | 'ABSENT' | 'BROUGHT_FRIEND'; day: number; role: Role; title: Label }

/** A task that follows from what a guest did, `day` working days after the day itself. */
export const after = (when: FollowUp['when'], day: number, role: Role, en: string, zh: string): FollowUp => ({
  when,
  day,
  role,
  title: t(en, zh),
})

/** The name of a template by its code. */
export const nameOf = (code: string): Label => campaignKinds.find((kind) => kind.code === code)?.label ?? t(code, code)
