import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'
import type { Row } from './values.ts'

/** One row of a file: its number (from 1, the header not counted) and what it holds, or why it can't be read. */
export type NumberedRow = { number: number } & ({ value: Record<string, unknown> } | { error: string })

async function* csvRows(file: string): AsyncGenerator<NumberedRow> {
  const parser = parse({ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  const input = createReadStream(file)
  input.on('error', (error) => parser.destroy(error))
  let number = 0
  for await (const value of input.pipe(parser) as AsyncIterable<Row>) yield { number: ++number, value }
}

async function* lineRows(file: string): AsyncGenerator<NumberedRow> {
  const input = createReadStream(file, 'utf8')
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const text = line.replace(/^\ufeff/, '').trim()
    number++
    if (text === '') continue
    yield { number, ...parseLine(text) }
  }
}

const parseLine = (text: string): { value: Record<string, unknown> } | { error: string } => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: { ...value } }
  } catch {
    // Said below.
  }
  return { error: 'no JSON object' }
}

/** Rows of a .csv or .ndjson file, read as they are needed. Throws when the file can't be read. */
export const rowsOf = (file: string): AsyncGenerator<NumberedRow> =>
  /\.(ndjson|jsonl)$/i.test(file) ? lineRows(file) : csvRows(file)

/** A row as text by column: numbers and booleans of JSON lines are written out. */
export const asText = (value: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(value).map(([column, cell]) => [
      column,
      typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : JSON.stringify(cell),
    ]),
  )
