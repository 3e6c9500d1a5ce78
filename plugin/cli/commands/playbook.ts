import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { stringify as toYaml } from 'yaml'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { compilePlaybook, parsePlaybook } from '../../../worker/method/playbook/index.ts'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { isYaml, readDocument } from '../documents.ts'
import { run } from './activity.ts'
import { registerRenew } from './renew.ts'

interface Issue {
  severity: string
  path: string
  message: { en: string; zh: string }
  example?: unknown
}

const sayIssue = ({ severity, path, message, example }: Issue): string =>
  `${severity === 'error' ? 'error' : 'note '}  ${path || '(whole)'}: ${message.en} / ${message.zh}${example === undefined ? '' : `\n         for example ${JSON.stringify(example)}`}`

const issuesOf = (value: unknown): { ok: boolean; issues: Issue[] } => {
  const parsed = parsePlaybook(value, defaultPlaybook)
  if (!parsed.ok) return { ok: false, issues: parsed.issues as Issue[] }
  const compiled = compilePlaybook(parsed.playbook, 1, new Date().toISOString().slice(0, 10))
  return { ok: compiled.ok, issues: (compiled.ok ? compiled.warnings : compiled.issues) as Issue[] }
}

const check = (file: string | undefined, json: boolean): 0 | 1 | 2 => {
  const read = file === undefined ? ({ ok: true, value: defaultPlaybook } as const) : readDocument(file)
  if (!read.ok) {
    process.stderr.write(`${read.message}\n`)
    return 2
  }
  const { ok, issues } = issuesOf(read.value)
  if (json) process.stdout.write(`${JSON.stringify({ ok, issues })}\n`)
  else
    process.stdout.write(
      `${[...issues.map(sayIssue), ok ? 'the playbook can be put in force' : 'the playbook has errors'].join('\n')}\n`,
    )
  return ok ? 0 : 1
}

const write = (file: string | undefined, playbook: unknown): string => {
  const text = file && isYaml(file) ? toYaml(playbook) : JSON.stringify(playbook, null, 2)
  if (!file) return text
  writeFileSync(file, `${text}\n`)
  return `written to ${file}`
}

const sayRefused = (body: Record<string, unknown>): string =>
  Array.isArray(body.issues) ? (body.issues as Issue[]).map(sayIssue).join('\n') : ''

type Counts = Record<string, number>

const sayShadow = (body: Record<string, unknown>): string => {
  const { customers, moved, moves, movers, tasks, escalations } = body as {
    customers: number
    moved: number
    moves: Record<string, Counts>
    movers: { name: string; ref: string; scheme: string; from: string | null; to: string; row: string }[]
    tasks: Counts
    escalations: Counts
  }
  const all = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)
  const list = (counts: Counts): string =>
    Object.entries(counts)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ') || 'none'
  return [
    `${customers} customers looked at; ${moved} moves; ${all(tasks)} tasks and ${all(escalations)} escalations would appear`,
    `  tasks by kind: ${list(tasks)}`,
    `  escalations by cause: ${list(escalations)}`,
    ...Object.entries(moves).flatMap(([scheme, counts]) => [
      `  ${scheme}`,
      ...Object.entries(counts).map(([move, count]) => `    ${move}: ${count}`),
    ]),
    ...movers
      .slice(0, 50)
      .map((one) => `    ${one.name || one.ref}: ${one.scheme} ${one.from ?? '-'} → ${one.to} (${one.row})`),
    ...(moved > 50
      ? [`    and ${moved - Math.min(50, movers.length)} more; --json lists the first ${movers.length}`]
      : []),
  ].join('\n')
}

/** `ladder playbook check|export|import|publish|renew|rollback|shadow|versions`: the method as one file. */
export const registerPlaybook = (program: Command): void => {
  const playbook = program
    .command('playbook')
    .description('the method as one file: check, export, import, publish, roll back, shadow run')
  playbook
    .command('check [file]')
    .description('check a playbook file; without a file, the default playbook')
    .option('--json', 'print one JSON object')
    .action((file: string | undefined, options: { json?: boolean }) => {
      process.exitCode = check(file, options.json === true)
    })
  withAdminOptions(
    playbook
      .command('export [file]')
      .description('the version in force, as JSON or YAML; --default: the one that comes with Ladder'),
  )
    .option('--default', 'the default playbook')
    .action(async (file: string | undefined, options: AdminOptions & { default?: boolean }) => {
      if (options.default) {
        process.stdout.write(`${write(file, defaultPlaybook)}\n`)
        return
      }
      process.exitCode = await run(
        { ...options, json: false },
        (admin, path) => admin.call('GET', `${path}/playbooks`),
        ({ active }) => write(file, (active as { source?: unknown } | null)?.source ?? {}),
      )
    })
  withAdminOptions(playbook.command('versions').description('all versions, newest first')).action(
    async (options: AdminOptions) => {
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('GET', `${path}/playbooks`),
        ({ versions }) =>
          (versions as { version: number; state: string; at: number; origin: string }[])
            .map((one) => `v${one.version}  ${one.state.padEnd(8)} ${new Date(one.at).toISOString()}  ${one.origin}`)
            .join('\n'),
      )
    },
  )
  const sendFile = async (
    file: string,
    options: AdminOptions,
    path: string,
    say: (body: Record<string, unknown>) => string,
  ): Promise<0 | 1 | 2> => {
    const read = readDocument(file)
    if (!read.ok) {
      process.stderr.write(`${read.message}\n`)
      return 2
    }
    return run(
      options,
      async (admin, account) => {
        const answer = await admin.call('POST', `${account}${path}`, read.value)
        return answer.ok
          ? answer
          : { ...answer, message: [answer.message, sayRefused(answer.body)].filter(Boolean).join('\n') }
      },
      say,
    )
  }
  withAdminOptions(playbook.command('import <file>').description('check a file and keep it as a draft')).action(
    async (file: string, options: AdminOptions) => {
      process.exitCode = await sendFile(
        file,
        options,
        '/playbooks',
        ({ version }) => `kept as v${version}; put it in force with: ladder playbook publish ${version}`,
      )
    },
  )
  withAdminOptions(
    playbook.command('publish <version|file>').description('put a draft in force, or a file at once'),
  ).action(async (what: string, options: AdminOptions) => {
    process.exitCode = /^\d+$/.test(what)
      ? await run(
          options,
          (admin, path) => admin.call('POST', `${path}/playbooks/${what}/publish`, {}),
          ({ version }) => `v${version} is in force`,
        )
      : await sendFile(what, options, '/playbooks?publish=true', ({ version }) => `v${version} is in force`)
  })
  withAdminOptions(
    playbook
      .command('rollback [version]')
      .description('put an earlier version in force again; the one before without a number'),
  ).action(async (version: string | undefined, options: AdminOptions) => {
    process.exitCode = await run(
      options,
      async (admin, path) => {
        const list = await admin.call('GET', `${path}/playbooks`)
        if (!list.ok) return list
        const versions = list.body.versions as { version: number; state: string }[]
        const target = version ?? String(versions.find((one) => one.state === 'retired')?.version ?? '')
        if (target === '') return { ok: false, status: 0, message: 'there is no earlier version', body: {} }
        return admin.call('POST', `${path}/playbooks/${target}/publish`, {})
      },
      ({ version: now }) => `v${now} is in force`,
    )
  })
  withAdminOptions(
    playbook
      .command('shadow <file>')
      .description('who would move and what would appear if the file were in force; writes nothing'),
  ).action(async (file: string, options: AdminOptions) => {
    process.exitCode = await sendFile(file, options, '/shadow', sayShadow)
  })
  registerRenew(playbook)
}
