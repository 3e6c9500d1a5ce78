import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Context } from '../method/context.ts'
import { compilePlaybook } from '../method/playbook/index.ts'
import { emptyShadow, type ShadowReport, shadowOne } from '../method/shadow/index.ts'
import type { SubjectState } from '../method/state.ts'

/** Runs a draft over this Book's customers without writing: each is rated as if it were rated now (design: shadow run). */
export const shadow = (
  draft: Playbook,
  ctx: Context | undefined,
  each: (visit: (state: SubjectState) => void) => void,
): ShadowReport => {
  const report = emptyShadow()
  const compiled = compilePlaybook(draft, (ctx?.playbook.version ?? 0) + 1)
  if (!ctx || !compiled.ok) return report
  const context: Context = { ...ctx, playbook: compiled.playbook }
  each((state) => shadowOne(report, state, context))
  return report
}
