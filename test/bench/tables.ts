import { evaluate as feel } from 'feelin'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { compileTable, evaluate } from '../../worker/rules/index.ts'
import { compare, type Contestant, countFor, type Rate } from './measure.ts'

type Input = { gold: boolean; amount: number }
type Output = { tier: string; contactsPerYear: number; leads: string }

const table = defaultPlaybook.tables.find(({ code }) => code === 'TIER_CORP')?.table
if (!table) throw new Error('no table TIER_CORP')

const outputs: Output[] = table.rules.map(({ then }) => ({
  tier: JSON.parse(then[0] ?? '""') as string,
  contactsPerYear: Number(then[1]),
  leads: JSON.parse(then[2] ?? '""') as string,
}))

/** As a programmer would write it who never has to change it. */
const byHand = ({ gold, amount }: Input): Output | undefined => {
  if (gold) return outputs[0]
  if (amount >= 10_000_000) return outputs[1]
  if (amount > 5_000_000 && amount < 10_000_000) return outputs[2]
  if (amount <= 5_000_000) return outputs[3]
  return undefined
}

/** feelin evaluates expressions, not tables: a row is its cells, each a unary test, joined by `and`. */
const feelRows = table.rules.map(({ when }) =>
  [...when.entries()]
    .filter(([, cell]) => cell !== '-')
    .map(([column, cell]) => {
      const name = table.inputs[column]?.expression ?? ''
      return /^[<>]/.test(cell) ? `${name} ${cell}` : /^[([\]]/.test(cell) ? `${name} in ${cell}` : `${name} = ${cell}`
    })
    .join(' and '),
)
const byFeelin = (input: Input): Output | undefined => {
  for (const [index, row] of feelRows.entries()) {
    const answer: unknown = feel(row, input)
    const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : answer
    if (value === true) return outputs[index]
  }
  return undefined
}

interface JsonEngine {
  addRule(rule: object): void
  run(facts: Input): Promise<{ events: { params?: { row?: number } }[] }>
}
interface ZenDecision {
  evaluate(input: Input): Promise<{ result: Output }>
}

/** Imports what has a package of its own under test/bench; a text says why not. */
const optional = async (name: string): Promise<Record<string, unknown> | string> => {
  try {
    return (await import(name)) as Record<string, unknown>
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'failed') : 'failed'
  }
}

const jsonRules = async (): Promise<((input: Input) => Promise<Output | undefined>) | string> => {
  const module = await optional('json-rules-engine')
  if (typeof module === 'string') return module
  const Engine = module.Engine as new () => JsonEngine
  const engine = new Engine()
  const amount = (operator: string, value: number) => ({ fact: 'amount', operator, value })
  const gold = (value: boolean) => ({ fact: 'gold', operator: 'equal', value })
  const rows = [
    [gold(true)],
    [gold(false), amount('greaterThanInclusive', 10_000_000)],
    [gold(false), amount('greaterThan', 5_000_000), amount('lessThan', 10_000_000)],
    [gold(false), amount('lessThanInclusive', 5_000_000)],
  ]
  for (const [row, all] of rows.entries())
    engine.addRule({ conditions: { all }, event: { type: 'row', params: { row } } })
  return async (input) => outputs[(await engine.run(input)).events[0]?.params?.row ?? -1]
}

const zen = async (): Promise<((input: Input) => Promise<Output | undefined>) | string> => {
  const module = await optional('@gorules/zen-engine')
  if (typeof module === 'string') return module
  const Engine = (module.ZenEngine ?? (module.default as Record<string, unknown> | undefined)?.ZenEngine) as new () => {
    createDecision(content: Buffer): ZenDecision
  }
  const columns = table.inputs.map(({ name, expression }) => ({ id: `in_${name}`, name, field: expression }))
  const results = table.outputs.map(({ name }) => ({ id: `out_${name}`, name, field: name }))
  const cell = (text: string): string => (text === '-' ? '' : text)
  const rules = table.rules.map(({ id, when, then }) => ({
    _id: id,
    ...Object.fromEntries(columns.map((column, index) => [column.id, cell(when[index] ?? '-')])),
    ...Object.fromEntries(results.map((column, index) => [column.id, then[index] ?? ''])),
  }))
  const node = (id: string, type: string, content: object = {}) => ({
    id,
    name: id,
    type,
    content,
    position: { x: 0, y: 0 },
  })
  const content = {
    nodes: [
      node('in', 'inputNode'),
      node('table', 'decisionTableNode', { hitPolicy: 'first', inputs: columns, outputs: results, rules }),
      node('out', 'outputNode'),
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  }
  const decision = new Engine().createDecision(Buffer.from(JSON.stringify(content)))
  return async (input) => (await decision.evaluate(input)).result
}

const SAMPLES = 4096
const inputs: Input[] = Array.from({ length: SAMPLES }, (_, index) => ({
  gold: index % 17 === 0,
  amount: Math.floor((Math.imul(index + 1, 2654435761) >>> 0) / 200) + (index % 3 === 0 ? 5_000_000 : 0),
}))

const sync = (decide: (input: Input) => unknown) => (count: number) => {
  let rows = 0
  for (let index = 0; index < count; index++) if (decide(inputs[index % SAMPLES] as Input)) rows++
  return rows
}
const awaited = (decide: (input: Input) => Promise<unknown>) => async (count: number) => {
  let rows = 0
  for (let index = 0; index < count; index++) if (await decide(inputs[index % SAMPLES] as Input)) rows++
  return rows
}

export interface TableBench {
  rates: Rate[]
  missing: Record<string, string>
}

/** The bank's table of companies: the same inputs to each engine, whose answers are compared first. */
export const benchTables = async (rounds: number, ms: number): Promise<TableBench> => {
  const compiled = compileTable(table)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  const ladder = (input: Input): Output => evaluate(compiled.table, input).value as unknown as Output
  const engines: [name: string, decide: (input: Input) => unknown, waits: boolean][] = [
    ['Ladder', ladder, false],
    ['if / else by hand', byHand, false],
    ['feelin', byFeelin, false],
  ]
  const missing: Record<string, string> = {}
  for (const [name, make] of [
    ['json-rules-engine', jsonRules],
    ['zen-engine', zen],
  ] as const) {
    const engine = await make()
    if (typeof engine === 'string') missing[name] = engine
    else engines.push([name, engine, true])
  }
  for (const input of inputs.slice(0, 500)) {
    const right = JSON.stringify(byHand(input))
    for (const [name, decide] of engines) {
      const { tier, contactsPerYear, leads } = ((await decide(input)) ?? {}) as Partial<Output>
      const said = JSON.stringify({ tier, contactsPerYear, leads })
      if (said !== right) throw new Error(`${name} says ${said} of ${JSON.stringify(input)}, right is ${right}`)
    }
  }
  const contestants: Contestant[] = []
  for (const [name, decide, waits] of engines) {
    const run = waits ? awaited(decide as (input: Input) => Promise<unknown>) : sync(decide)
    contestants.push({ name, run, count: await countFor(run, ms) })
  }
  return { rates: await compare(contestants, rounds), missing }
}
