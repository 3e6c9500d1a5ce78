import type { Issue } from '../../../parts/api.ts'

/** One marked place of a table: `column` is `when.0`, `then.1`, or '' for the row. */
export interface Marked {
  row: number
  column: string
  kind: 'bad' | 'warn'
}

const PLACE = /^tables\[\d+\]\.table\.rules\[(\d+)\](?:\.(when|then)\[(\d+)\])?/

/** Rows and cells that were found wrong; an error hides the warning on the same place. */
export const marksOf = (issues: readonly Issue[]): Marked[] => {
  const marks = new Map<string, Marked>()
  for (const { path, severity } of issues) {
    const [, row, side, index] = PLACE.exec(path) ?? []
    if (row === undefined) continue
    const column = side === undefined ? '' : `${side}.${index ?? '0'}`
    const key = `${row}/${column}`
    if (severity === 'error' || !marks.has(key))
      marks.set(key, { row: Number(row), column, kind: severity === 'error' ? 'bad' : 'warn' })
  }
  return [...marks.values()]
}
