import type { Playbook } from '../../../../../../schemas/playbook/index.ts'
import { compilePlaybook, parsePlaybook } from '../../../../../method/playbook/index.ts'
import type { CompiledPlaybook } from '../../../../../method/context.ts'
import type { Issue } from '../../../parts/api.ts'

export interface Checked {
  issues: Issue[]
  /** Null with an error in it. */
  compiled: CompiledPlaybook | null
}

/** The same check that Ladder makes before it takes a playbook: shape, cells, rules, regions, roles. `today`: ISO date. */
export const checkPlaybook = (value: unknown, like: Playbook, today: string): Checked => {
  const parsed = parsePlaybook(value, like)
  if (!parsed.ok) return { issues: parsed.issues, compiled: null }
  const result = compilePlaybook(parsed.playbook, 1, today)
  return result.ok ? { issues: result.warnings, compiled: result.playbook } : { issues: result.issues, compiled: null }
}
