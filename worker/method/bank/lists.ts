import type { Gathered, GatheredRow } from '../../../schemas/events/index.ts'
import { callFigures, workdaysOf } from '../activity/calls.ts'
import { addDays } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import { giveWeeklyPack } from '../documents/weekly.ts'
import type { Draft } from '../draft.ts'
import { isCalls, mostEach } from '../gather/weekly.ts'
import type { Row } from '../measures/report.ts'
import { figureShown } from '../measures/words.ts'
import { actingFor, holderFor } from '../org/index.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { FIGURE, listKey } from './keys.ts'

/**
 * Gives each RM of a branch the list for the team meeting, its president the list of what to follow up (ESC-WEEK): a task, and
 * on it the weekly pack as a document, with the figures of the week before against the one before that.
 */
export const handOut = (draft: Draft, { params, rows: all }: Gathered): void => {
  const { ctx } = draft
  const [branch, monday] = [String(params['branch']), String(params['week'])]
  const rows = all.filter((row) => row['kind'] !== FIGURE && !isCalls(row))
  const calls = new Map(all.filter(isCalls).map((row) => [String(row['rm']), row]))
  const figuresOf = (rm: string): GatheredRow[] => all.filter((row) => row['kind'] === FIGURE && row['rm'] === rm)
  const name = branchName(ctx, branch)
  const most = mostEach(rows, ctx.playbook.source.weekly.most)
  for (const rm of new Set([...rows.map((row) => String(row['rm'])), ...calls.keys()])) {
    if (rm === '') continue
    const own = rows.filter((row) => row['rm'] === rm)
    give(draft, {
      key: listKey(branch, monday, rm),
      title: say(ctx, `Team meeting, week of ${monday}`, `营销碰头会清单（${monday} 周）`),
      scope: say(ctx, `${name}, RM`, `${name} 客户经理`),
      ...{
        branch,
        monday,
        most,
        first: callsLine(ctx, branch, monday, calls.get(rm)),
        lines: own,
        meeting: own,
        figures: figuresOf(rm),
      },
      role: 'RM',
      assignee: actingFor(ctx, rm),
    })
  }
  give(draft, {
    key: listKey(branch, monday, 'president'),
    title: say(ctx, `Follow-up list, week of ${monday}`, `每周跟进清单（${monday} 周）`),
    scope: name,
    ...{ branch, monday, most, first: [], lines: rows.filter(isPressing), meeting: rows, figures: figuresOf('') },
    role: 'SUB_BRANCH_PRESIDENT',
    assignee: holderFor(ctx, 'SUB_BRANCH_PRESIDENT', { branch: branch || null, object: 'company', tier: null }),
  })
}

interface List {
  key: string
  title: string
  scope: string
  branch: string
  monday: string
  /** Matters of each RM at the most. */
  most: number
  /** What the task says, and before it. */
  first: string[]
  lines: GatheredRow[]
  meeting: GatheredRow[]
  figures: GatheredRow[]
  role: 'RM' | 'SUB_BRANCH_PRESIDENT'
  assignee: string | null
}

const isPressing = (row: GatheredRow): boolean => row['kind'] !== 'CONTACT'

const branchName = ({ playbook }: Context, branch: string): string => {
  const { branches, name, language } = playbook.source
  const known = branches.find(({ code }) => code === branch)
  return known ? known.name[language === 'en' ? 'en' : 'zh'] : name
}

const give = (draft: Draft, list: List): void => {
  const { key, title, branch, monday, most, first, lines, role, assignee } = list
  if (lines.length + first.length === 0) return
  const { playbook, now } = draft.ctx
  const { calendar } = playbook.branches.get(branch) ?? playbook
  openTask(draft, {
    key,
    kind: 'WEEK',
    title,
    body: [...first, ...lines.map(lineOf), ...cutNote(draft.ctx, list.meeting, most)].join('\n'),
    due: new Date(calendar.closing(calendar.dateOf(now))).toISOString(),
    role,
    assignee,
    about: '',
    rule: 'ESC-WEEK',
  })
  const pack = {
    ...{ scope: list.scope, manager: assignee, from: monday, to: addDays(monday, 6) },
    figures: list.figures.map((row) => figureShown(draft.ctx, row as GatheredRow & Row)),
    meeting: list.meeting.map(packRow),
    followUp: list.meeting.filter(isPressing).map(packRow),
  }
  giveWeeklyPack(draft, pack, { task: { key } })
}

const packRow = ({ name, tier, text, rm, on }: GatheredRow) => ({
  customer: String(name),
  tier: String(tier),
  matter: String(text),
  owner: rm === '' ? null : String(rm),
  due: String(on),
  remark: '',
})

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

/** Whether some RM's matters may be more than are shown: those of all others together say nothing of it. */
const cutNote = (ctx: Context, rows: GatheredRow[], most: number): string[] =>
  [...Map.groupBy(rows, ({ rm }) => rm).values()].every(({ length }) => length < most)
    ? []
    : [say(ctx, `Only the first ${most} of each RM are shown.`, `每位客户经理只列前 ${most} 条。`)]
