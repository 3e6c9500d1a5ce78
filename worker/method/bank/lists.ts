import type { Gathered, GatheredRow } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { actingFor, holderFor } from '../org/index.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { listKey } from './keys.ts'

/** Gives each RM of a branch the list for the team meeting, its president the list of what to follow up (ESC-WEEK). */
export const handOut = (draft: Draft, { params, rows }: Gathered): void => {
  const { ctx } = draft
  const [branch, monday] = [String(params['branch']), String(params['week'])]
  for (const rm of new Set(rows.map((row) => String(row['rm'])))) {
    if (rm === '') continue
    const title = say(ctx, `Team meeting, week of ${monday}`, `营销碰头会清单（${monday} 周）`)
    const own = rows.filter((row) => row['rm'] === rm)
    give(draft, {
      key: listKey(branch, monday, rm),
      title,
      rows: own,
      role: 'RM',
      assignee: actingFor(ctx, rm),
      branch,
    })
  }
  const title = say(ctx, `Follow-up list, week of ${monday}`, `每周跟进清单（${monday} 周）`)
  give(draft, {
    key: listKey(branch, monday, 'president'),
    title,
    rows: rows.filter((row) => row['kind'] !== 'CONTACT'),
    role: 'SUB_BRANCH_PRESIDENT',
    assignee: holderFor(ctx, 'SUB_BRANCH_PRESIDENT', { branch: branch || null, object: 'company', tier: null }),
    branch,
  })
}

interface List {
  key: string
  title: string
  rows: GatheredRow[]
  role: 'RM' | 'SUB_BRANCH_PRESIDENT'
  assignee: string | null
  branch: string
}

const give = (draft: Draft, { key, title, rows, role, assignee, branch }: List): void => {
  if (rows.length === 0) return
  const { playbook, now } = draft.ctx
  const { calendar } = playbook.branches.get(branch) ?? playbook
  openTask(draft, {
    key,
    kind: 'WEEK',
    title,
    body: [...rows.map(lineOf), ...cutNote(draft.ctx, rows)].join('\n'),
    due: new Date(calendar.closing(calendar.dateOf(now))).toISOString(),
    role,
    assignee,
    about: '',
    rule: 'ESC-WEEK',
  })
}

const lineOf = ({ name, tier, text }: GatheredRow): string => `- ${String(name)}（${String(tier)}）：${String(text)}`

const cutNote = (ctx: Context, rows: GatheredRow[]): string[] => {
  const { most } = ctx.playbook.source.weekly
  return rows.length < most
    ? []
    : [say(ctx, `Only the first ${most} of each RM are shown.`, `每位客户经理只列前 ${most} 条。`)]
}
