import { WrongUse } from '../output.ts'
import { factsOf, readyFact, type RowFacts } from './events.ts'
import { columnsOf, type Mapping } from './mapping.ts'
import { asText, rowsOf } from './rows.ts'
import type { Sent } from './send.ts'

/** What a feed came to. `row` of `stopped` is where to go on with `--from-row`. */
export interface Summary {
  rows: number
  skippedRows: number
  facts: number
  requests: number
  accepted: number
  refused: number
  problems: { row: number; error: string }[]
  problemCount: number
  stopped?: { row: number; message: string }
}

export interface FeedOptions {
  file: string
  mapping: Mapping | null
  fromRow: number
  /** Most facts in a request. */
  batch: number
  /** Takes a batch of facts, one JSON a line: sends or prints it. */
  take(lines: string[]): Promise<Sent>
  onProgress(summary: Summary): void
}

/** A request must stay below the receiver's 1 MiB. */
const MOST_BYTES = 1_000_000
const MOST_PROBLEMS = 100

const missingColumns = (mapping: Mapping, row: Record<string, unknown>): string[] =>
  columnsOf(mapping).filter((column) => !Object.hasOwn(row, column))

/**
 * Reads a file row by row, makes facts and hands them over in batches. A batch ends between rows, so that a feed that
 * stopped goes on at a row. Memory stays flat whatever the file's size. Throws WrongUse when the table lacks a column.
 */
export const runFeed = async (options: FeedOptions): Promise<Summary> => {
  const { file, mapping, fromRow, batch, take, onProgress } = options
  const summary: Summary = {
    rows: 0,
    skippedRows: 0,
    facts: 0,
    requests: 0,
    accepted: 0,
    refused: 0,
    problems: [],
    problemCount: 0,
  }
  const problem = (row: number, error: string): void => {
    summary.problemCount++
    if (summary.problems.length < MOST_PROBLEMS) summary.problems.push({ row, error })
  }
  let waiting: { row: number; line: string }[] = []
  let bytes = 0

  /** Hands over what waits; false when the receiver refused it. */
  const flush = async (): Promise<boolean> => {
    const going = waiting
    const first = going[0]
    if (!first) return true
    waiting = []
    bytes = 0
    const sent = await take(going.map(({ line }) => line))
    summary.requests++
    if (!sent.ok) {
      summary.stopped = { row: first.row, message: sent.message }
      return false
    }
    summary.accepted += sent.accepted
    summary.refused += sent.rejected.length
    for (const { line, error } of sent.rejected) problem(going[line - 1]?.row ?? first.row, `receiver: ${error}`)
    onProgress(summary)
    return true
  }

  const read = (value: Record<string, unknown>): RowFacts =>
    mapping ? factsOf(mapping, asText(value)) : readyFact(value)

  let checked = false
  for await (const row of rowsOf(file)) {
    if ('value' in row && mapping && !checked) {
      const missing = missingColumns(mapping, row.value)
      if (missing.length > 0 && !file.match(/\.(ndjson|jsonl)$/i)) {
        throw new WrongUse(`the file has no column ${missing.join(', ')}`)
      }
      checked = true
    }
    if (row.number < fromRow) continue
    summary.rows++
    const made = 'value' in row ? read(row.value) : { events: [], errors: [row.error], skipped: false }
    if (made.skipped) summary.skippedRows++
    for (const error of made.errors) problem(row.number, error)
    const lines = made.events.map((event) => JSON.stringify(event))
    const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
    if (waiting.length + lines.length > batch || bytes + size > MOST_BYTES) if (!(await flush())) return summary
    waiting.push(...lines.map((line) => ({ row: row.number, line })))
    bytes += size
    summary.facts += lines.length
  }
  await flush()
  return summary
}
