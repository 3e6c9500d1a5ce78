import type { Gathered, GatheredRow } from '../../../schemas/events/index.ts'
import { callFigures, workdaysOf } from '../activity/calls.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { isCalls } from '../gather/weekly.ts'
import { branchOfUser } from '../org/branch.ts'
import { actingFor, holderFor } from '../org/index.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { listKey } from './keys.ts'

/** Gives each RM of a branch the list for the team meeting, its president the list of what to follow up (ESC-WEEK). */
export const handOut = (draft: Draft, { params, rows }: Gathered): void => {
  const { ctx } = draft
  const [branch, monday] = [String(params['branch']), String(params['week'])]
  const matters = rows.filter((row) => !isCalls(row))
  const calls = new Map(rows.filter(isCalls).map((row) => [String(row['rm']), row]))
  const callers = [...calls.keys()].filter((rm) => (branchOfUser(ctx, rm) ?? '') === branch)
  for (const rm of new Set([...matters.map((row) => String(row['rm'])), ...callers])) {
    if (rm === '') continue
    const title = say(ctx, `Team meeting, week of ${monday}`, `营销碰头会清单（${monday} 周）`)
    const own = matters.filter((row) => row['rm'] === rm)
    give(draft, {
      key: listKey(branch, monday, rm),
      title,
      rows: own,
      first: callsLine(ctx, branch, monday, calls.get(rm)),
      role: 'RM',
      assignee: actingFor(ctx, rm),
      branch,
    })
  }
  const title = say(ctx, `Follow-up list, week of ${monday}`, `每周跟进清单（${monday} 周）`)
  give(draft, {
    key: listKey(branch, monday, 'president'),
    title,
    rows: matters.filter((row) => row['kind'] !== 'CONTACT'),
    first: [],
    role: 'SUB_BRANCH_PRESIDENT',
    assignee: holderFor(ctx, 'SUB_BRANCH_PRESIDENT', { branch: branch || null, object: 'company', tier: null }),
    branch,
  })
}

interface List {
  key: string
  title: string
  rows: GatheredRow[]
  /** Lines before those of the rows. */
  first: string[]
  role: 'RM' | 'SUB_BRANCH_PRESIDENT'
  assignee: string | null
  branch: string
}

const give = (draft: Draft, { key, title, rows, first, role, assignee, branch }: List): void => {
  if (rows.length + first.length === 0) return
  const { playbook, now } = draft.ctx
  const { calendar } = playbook.branches.get(branch) ?? playbook
  openTask(draft, {
    key,
    kind: 'WEEK',
    title,
    body: [...first, ...rows.map(lineOf), ...cutNote(draft.ctx, rows)].join('\n'),
    due: new Date(calendar.closing(calendar.dateOf(now))).toISOString(),
    role,
    assignee,
    about: '',
    rule: 'ESC-WEEK',
  })
}

/** What an RM's calls of the week before lack against the norms (DEV-ACT); nothing where they don't. */
const callsLine = (ctx: Context, branch: string, monday: string, row: GatheredRow | undefined): string[] => {
  const { playbook } = ctx
  const norms = playbook.source.calls
  const { calendar } = playbook.branches.get(branch) ?? playbook
  const days = workdaysOf(calendar, calendar.addDays(monday, -7), calendar.addDays(monday, -1))
  const { made, won, perDay, below } = callFigures(Number(row?.['made'] ?? 0), Number(row?.['won'] ?? 0), days, norms)
  if (!below) return []
  const { least, most, successPercent } = norms
  return [
    say(
      ctx,
      `- Calls last week below the norm: ${made}, ${perDay} a day (norm ${least}–${most}), ${won} a success (norm ${successPercent} %).`,
      `- 上周电话量低于标准：共 ${made} 通，日均 ${perDay} 通（标准 ${least}–${most}），成功 ${won} 通（标准 ${successPercent}%）。`,
    ),
  ]
}

const lineOf = ({ name, tier, text }: GatheredRow): string => `- ${String(name)}（${String(tier)}）：${String(text)}`

const cutNote = (ctx: Context, rows: GatheredRow[]): string[] => {
  const { most } = ctx.playbook.source.weekly
  return rows.length < most
    ? []
    : [say(ctx, `Only the first ${most} of each RM are shown.`, `每位客户经理只列前 ${most} 条。`)]
}
