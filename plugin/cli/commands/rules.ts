import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import {
  compileModel,
  explain,
  readDmn,
  type CellIssue,
  type CompiledModel,
  type Context,
  type Decided,
  type DmnRead,
} from '../../../worker/rules/index.ts'

/** Wrong use of the command: told on stderr, exit code 2. */
class WrongUse extends Error {}

type EvalOptions = { dmn: string; decision?: string; input: string; explain?: boolean; json?: boolean }
type CheckOptions = { dmn: string; strict?: boolean; json?: boolean }

/**
 * `ladder rules eval` and `ladder rules check`. Exit codes: 0 fine, 1 problems found (errors in the model, an input of the
 * wrong type, several rows of a unique table), 2 wrong use (no such file, bad JSON, no such decision).
 */
export function registerRules(program: Command): void {
  const rules = program.command('rules').description('evaluate and check DMN decision tables')
  rules
    .command('eval')
    .description('print what the decisions of a DMN file say about an input: {"<decision>": value}')
    .requiredOption('--dmn <file>', 'DMN 1.2 to 1.5 file')
    .requiredOption('--input <file>', 'JSON object: input data by name; dates as ISO 8601')
    .option('--decision <name>', 'only this decision (name or id)')
    .option('--explain', 'add the rows that hit, cell by cell')
    .option('--json', 'one line of JSON')
    .action((options: EvalOptions) => guarded(() => evaluateFile(options)))
  rules
    .command('check')
    .description('find syntax and type errors, overlaps, gaps and rows that never decide')
    .requiredOption('--dmn <file>', 'DMN 1.2 to 1.5 file')
    .option('--strict', 'exit with 1 for warnings too')
    .option('--json', 'print the issues as JSON')
    .action((options: CheckOptions) => guarded(() => checkFile(options)))
}

/** Runs a command; what it returns is the exit code. */
function guarded(run: () => number): void {
  try {
    process.exitCode = run()
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}

function evaluateFile(options: EvalOptions): number {
  const read = readDmn(readText(options.dmn))
  if (!read.ok) throw new WrongUse(read.issues.map((issue) => `${options.dmn}: ${issue.message.en}`).join('\n'))
  const inputs = readInputs(options.input)
  const model = compileModel(read.model, { regions: false })
  const names = decisionsToRun(model, options)
  const decided = new Map(names.map((name) => [name, model.decide(name, inputs)]))
  const values = Object.fromEntries([...decided].map(([name, { value }]) => [name, value]))
  const reasons = Object.fromEntries([...decided].map(([name, { tables }]) => [name, tables.map(explanation)]))
  const output = options.explain ? { ...values, explain: reasons } : values
  process.stdout.write(`${options.json ? JSON.stringify(output) : JSON.stringify(output, null, 2)}\n`)
  for (const { message } of read.issues) process.stderr.write(`${message.en}\n`)
  return report(model, decided, names)
}

/** Tells on stderr what went wrong for the decisions that ran; 1 when something did. */
function report(model: CompiledModel, decided: Map<string, Decided>, names: string[]): number {
  const all = names.length === model.model.decisions.length
  const ran = new Set(
    [...decided.values()].flatMap(({ tables }) => tables.map(({ decision }) => decision)).concat(names),
  )
  const problems = [
    ...model.issues.filter((issue) => issue.severity === 'error' && (all || ran.has(issue.decision ?? ''))),
    ...[...decided.values()].flatMap((each) => each.problems),
  ].map((issue) => `${issue.decision ?? ''}: ${issue.message.en}`)
  for (const { tables } of decided.values())
    for (const { decision, result } of tables)
      if (result.error) problems.push(`${decision}: ${result.error.message.en}`)
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
  return problems.length > 0 ? 1 : 0
}

/** The rows of a table that hit, each cell with what it says and whether it held. */
function explanation({ decision, table, context, result }: Decided['tables'][number]): object {
  const { inputs, table: rows } = explain(table, context)
  const hit = result.rows.map(({ index, id }) => ({ row: index + 1, id, cells: rows[index]?.cells ?? [] }))
  const error = result.error ? { error: result.error.message.en } : {}
  return { decision, hitPolicy: table.table.hitPolicy, inputs, value: result.value, rows: hit, ...error }
}

function decisionsToRun(model: CompiledModel, { decision, dmn }: EvalOptions): string[] {
  const names = model.model.decisions.map(({ name }) => name)
  if (decision === undefined) return names
  const found = model.model.decisions.find(({ name, id }) => name === decision || id === decision)
  if (found) return [found.name]
  throw new WrongUse(`${dmn} has no decision "${decision}". It has: ${names.join(', ') || 'none'}.`)
}

function checkFile(options: CheckOptions): number {
  const read = readDmn(readText(options.dmn))
  const issues: (CellIssue & { decision?: string })[] = read.ok ? issuesOf(read) : read.issues
  if (options.json) process.stdout.write(`${JSON.stringify(issues)}\n`)
  else
    for (const { severity, decision, message } of issues)
      process.stdout.write(`${severity}: ${decision ? `${decision}: ` : ''}${message.en}\n`)
  const errors = issues.filter(({ severity }) => severity === 'error').length
  if (!options.json) process.stdout.write(`${errors} errors, ${issues.length - errors} warnings\n`)
  return errors > 0 || (options.strict && issues.length > 0) ? 1 : 0
}

function issuesOf(read: Extract<DmnRead, { ok: true }>): (CellIssue & { decision?: string })[] {
  return [...read.issues, ...compileModel(read.model).issues]
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : String(error)
    throw new WrongUse(`${file}: ${reason}`)
  }
}

function readInputs(file: string): Context {
  const text = readText(file)
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new WrongUse(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WrongUse(`${file}: an object of input data by name is needed, for example {"Age": 19}`)
  return value as Context
}
