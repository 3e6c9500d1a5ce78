import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import { workingCalendar } from '../../../worker/method/calendar/index.ts'
import { parsePlaybook } from '../../../worker/method/playbook/index.ts'
import { fromFile, inventedOnes, type Population } from '../../simulate/customers.ts'
import { printed } from '../../simulate/print.ts'
import { simulate } from '../../simulate/run.ts'
import { readMapping } from '../feed/mapping.ts'
import { createOutput, EXIT, guarded, WrongUse, type ExitCode, type Output } from '../output.ts'
import { readDocument } from '../documents.ts'

interface Options {
  days: string
  customers: string
  seed: string
  from?: string
  mapping?: string
  playbook?: string
  allPipelines?: boolean
  onlyGiven?: boolean
  json?: boolean
}

/** The first day of a run over invented customers: a year from there is within the published holidays. */
const FROM = '2026-01-01'

const whole = (option: string, text: string, least: number): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new WrongUse(`${option}: "${text}" is no whole number from ${least} on`)
  return Number(text)
}

const playbookOf = (file: string | undefined): Playbook => {
  if (file === undefined) return defaultPlaybook
  const read = readDocument(file)
  if (!read.ok) throw new WrongUse(read.message)
  const parsed = parsePlaybook(read.value)
  if (!parsed.ok) throw new WrongUse(`${file} has errors; see: ladder playbook check ${file}`)
  return parsed.playbook
}

/** The customers, and the first day: that of the first fact of a file. */
const populationOf = async (
  file: string | undefined,
  options: Options,
  seed: number,
  dateOf: (instant: number) => string,
  begins: (date: string) => number,
): Promise<{ population: Population; from: string }> => {
  if (file === undefined) {
    if (options.mapping !== undefined) throw new WrongUse('--mapping is for a file')
    if (options.onlyGiven) throw new WrongUse('--only-given is for a file')
    const from = options.from ?? FROM
    return { population: inventedOnes(whole('--customers', options.customers, 1), seed, begins(from)), from }
  }
  if (!existsSync(file)) throw new WrongUse(`${file} is not there`)
  if (options.mapping === undefined) throw new WrongUse('a file needs a --mapping, see docs/mappings')
  const read = await readMapping(options.mapping)
  if (!read.ok) throw new WrongUse(`--mapping ${options.mapping}\n${read.errors.join('\n')}`)
  const population = await fromFile(file, read.mapping, seed)
  const [first] = population.facts
  if (!first || population.customers.length === 0) throw new WrongUse(`${file} has no customers by this mapping`)
  return { population, from: options.from ?? dateOf(Date.parse(first.at)) }
}

/** Runs `ladder simulate`: 0 all that must hold held, 1 something did not. Throws WrongUse. */
export const run = async (file: string | undefined, options: Options, output: Output): Promise<ExitCode> => {
  const [days, seed] = [whole('--days', options.days, 1), whole('--seed', options.seed, 0)]
  const { from: begin } = options
  if (begin !== undefined && !/^\d{4}-\d\d-\d\d$/.test(begin))
    throw new WrongUse(`--from: "${begin}" is no date such as ${FROM}`)
  const written = playbookOf(options.playbook)
  const playbook = options.allPipelines
    ? { ...written, pipelines: written.pipelines.map((one) => ({ ...one, active: true })) }
    : written
  const calendar = workingCalendar(playbook.calendar)
  const { population, from } = await populationOf(file, options, seed, calendar.dateOf, (date) =>
    calendar.instantOf(date, '00:00'),
  )
  for (const problem of population.problems.slice(0, 20)) output.error(problem)
  const simulation = simulate({
    playbook,
    population,
    from,
    days,
    seed,
    ...(options.onlyGiven ? { onlyGiven: true } : {}),
    onDay: (day, done, broken) => output.progress(`${day}  day ${done} of ${days}, ${broken} broken`),
  })
  for (const line of printed(simulation)) output.line(line)
  output.result({ ok: simulation.invariants.broken === 0, ...simulation })
  return simulation.invariants.broken > 0 ? EXIT.problems : EXIT.ok
}

/** `ladder simulate`: a virtual clock over customers; what Ladder would have done. */
export const registerSimulate = (program: Command): void => {
  program
    .command('simulate')
    .description('what Ladder would do: days on a virtual clock over invented customers, or those of a table; no CRM')
    .argument('[file]', 'customers and facts, .csv or .ndjson; invented ones when left out')
    .option('--days <n>', 'how many days', '365')
    .option('--customers <n>', 'how many invented customers', '10000')
    .option('--seed <n>', 'for chance: the same seed gives the same bytes', '1')
    .option('--from <date>', `the first day; ${FROM}, or that of the first fact of the file`)
    .option('--mapping <file>', 'how rows become facts (YAML or JSON), see docs/mappings')
    .option('--only-given', 'no facts over the year but those of the file')
    .option('--playbook <file>', 'the method (JSON or YAML); the default playbook when left out')
    .option('--all-pipelines', 'also those that the playbook has switched off')
    .option('--json', 'print one JSON object')
    .action(async (file: string | undefined, _options: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const output = createOutput({ json: options.json === true })
      await guarded('simulate', output, () => run(file, options, output))
    })
}
