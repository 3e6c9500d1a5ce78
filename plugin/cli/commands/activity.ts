import type { Command } from 'commander'
import { Admin, type AdminOptions, type Answer, withAdminOptions } from '../admin.ts'

type Say = (body: Record<string, unknown>) => string

const iso = (at: unknown): string =>
  typeof at === 'number' ? new Date(at).toISOString().replace('T', ' ').slice(0, 19) : String(at ?? '-')
const rows = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : [])
const brief = (value: unknown): string => {
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 157)}…` : text
}

/** Says that not all are shown, where more wait than an answer of names holds. */
export const cutNote = (shown: unknown, total: unknown): string[] =>
  rows(shown).length < Number(total) ? [`only the first ${rows(shown).length}:`] : []

const sayEvents: Say = ({ events }) =>
  rows(events)
    .map(
      (event) =>
        `${iso(event.at)}  ${String(event.via).padEnd(8)} ${event.news ? 'news ' : 'known'}  ${event.type}  ${event.object} ${event.recordId}  → ${event.ref || '(nobody)'}`,
    )
    .join('\n') || 'nothing has come in yet'

interface Trace {
  at: number
  event: Record<string, unknown>
  decisions: {
    do: string
    object?: string
    key?: string
    id?: string
    fields?: unknown
    why: { playbook: number; rule: string; row?: string; inputs?: unknown; text?: string }
  }[]
}

const sayDecision = (decision: Trace['decisions'][number]): string => {
  const { why } = decision
  const target = decision.object ? `${decision.object} ${decision.key ?? decision.id ?? ''}` : ''
  const because = [
    why.rule,
    why.row ? `row ${why.row}` : '',
    `playbook v${why.playbook}`,
    why.inputs ? brief(why.inputs) : '',
  ]
    .filter(Boolean)
    .join(', ')
  return `    ${decision.do} ${target} ${decision.fields ? brief(decision.fields) : ''}\n      because ${because}${why.text ? `: ${why.text}` : ''}`
}

const sayExplain: Say = ({ ref, traces }) => {
  const parts = (rows(traces) as unknown as Trace[]).map(({ at, event, decisions }) => {
    const came =
      event.type === 'fact'
        ? `fact ${brief(event.data)}`
        : event.type === 'record.changed'
          ? `record ${brief((event.record as { object?: string })?.object)} changed`
          : String(event.type)
    return [`  ${iso(at)}  came in: ${came} (${event.id})`, ...decisions.map(sayDecision)].join('\n')
  })
  return [`${ref}`, ...(parts.length > 0 ? parts : ['  nothing was decided yet'])].join('\n')
}

const sayDead: Say = ({ deadLetters }) =>
  rows(deadLetters)
    .map(
      (letter) =>
        `${letter.seq}  ${iso(letter.at)}  ${letter.object} ${letter.target}  ${letter.tries} tries\n    ${letter.reason}\n    ${brief(letter.fields)}`,
    )
    .join('\n') || 'no dead letters'

/** Runs one call and prints its answer; the exit code is 0, 1 when Ladder refuses, 2 on wrong use. */
export const run = async (
  options: AdminOptions,
  call: (admin: Admin, path: string) => Promise<Answer>,
  say: Say,
): Promise<0 | 1 | 2> => {
  const admin = Admin.from(options)
  if (typeof admin === 'string') {
    process.stderr.write(`${admin}\n`)
    return 2
  }
  const account = await admin.account(options.account)
  const answer: Answer = account.ok
    ? await call(admin, account.path)
    : { ok: false, status: 0, message: account.message, body: {} }
  if (options.json)
    process.stdout.write(
      `${JSON.stringify(answer.ok ? answer.body : { ...answer.body, error: answer.body.error ?? 'failed', message: answer.message })}\n`,
    )
  else if (answer.ok) process.stdout.write(`${say(answer.body)}\n`)
  else process.stderr.write(`${answer.message}\n`)
  return answer.ok ? 0 : 1
}

/** `ladder events | explain | dead-letters | replay | sweep`: what happened, why, and again. */
export const registerActivity = (program: Command): void => {
  withAdminOptions(program.command('events').description('what came in, newest first'))
    .option('--limit <n>', 'how many', '50')
    .option('--filter <what>', 'only of a subject, record id, object, type or way')
    .action(async (options: AdminOptions & { limit: string; filter?: string }) => {
      const query = new URLSearchParams({ limit: options.limit, ...(options.filter ? { filter: options.filter } : {}) })
      process.exitCode = await run(options, (admin, path) => admin.call('GET', `${path}/events?${query}`), sayEvents)
    })
  withAdminOptions(
    program.command('explain <record>').description('why: what was decided on a record, by which rule and row'),
  )
    .option('--limit <n>', 'how many events', '20')
    .action(async (record: string, options: AdminOptions & { limit: string }) => {
      const query = new URLSearchParams({ record, limit: options.limit })
      process.exitCode = await run(options, (admin, path) => admin.call('GET', `${path}/explain?${query}`), sayExplain)
    })
  withAdminOptions(
    program.command('dead-letters').description('what could not be written into the CRM, with the reason'),
  ).action(async (options: AdminOptions) => {
    process.exitCode = await run(options, (admin, path) => admin.call('GET', `${path}/dead-letters`), sayDead)
  })
  withAdminOptions(program.command('replay [number]').description('try a dead letter again, or all of them')).action(
    async (number: string | undefined, options: AdminOptions) => {
      const seq = number === undefined ? null : Number(number)
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('POST', `${path}/replay`, { seq }),
        ({ replayed }) => `${replayed} again on their way`,
      )
    },
  )
  withAdminOptions(program.command('sweep').description('read the CRM for changes that no webhook told of, now'))
    .option('--ids', 'also compare ids: finds records that were destroyed')
    .action(async (options: AdminOptions & { ids?: boolean }) => {
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('POST', `${path}/sweep`, { ids: options.ids === true }),
        () => 'sweeping',
      )
    })
}
