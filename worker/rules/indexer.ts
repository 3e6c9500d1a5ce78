import type { Column } from './column.ts'
import type { TemporalKind } from './feel.ts'
import { columnOrdinal } from './values.ts'

/** From the value of a column to its class, times the stride of the column. */
export type Indexer = (value: unknown) => number

/** Makes the fastest indexer for what the column holds. `kind` is that of a column of dates or durations. */
export function indexer(column: Column, stride: number, kind: TemporalKind | null): Indexer {
  const { edges, speaks } = column
  const times = (index: number): number => index * stride
  const steps = column.steps.map(times)
  const texts = new Map([...column.texts].map(([text, index]) => [text, index * stride]))
  const [otherText, yes, no, missing, otherwise] = [
    column.otherText,
    column.yes,
    column.no,
    column.missing,
    column.otherwise,
  ].map(times) as [number, number, number, number, number]

  const number = (value: number): number => {
    if (value !== value) return otherwise
    let low = 0
    let high = edges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (value >= (edges[middle] as number)) low = middle + 1
      else high = middle
    }
    return steps[low] as number
  }
  const any: Indexer = (value) => {
    if (typeof value === 'number') return number(value)
    if (typeof value === 'string') return texts.get(value) ?? otherText
    if (typeof value === 'boolean') return value ? yes : no
    return value == null ? missing : otherwise
  }
  if (kind !== null) return (value) => any(columnOrdinal(kind, value))
  if (column.classes.length === 1) return () => 0
  if (speaks.texts && !speaks.numbers)
    return (value) => (typeof value === 'string' ? (texts.get(value) ?? otherText) : any(value))
  if (speaks.booleans && !speaks.numbers) return (value) => (value === true ? yes : value === false ? no : any(value))
  if (edges.length === 1) {
    const [edge = 0] = edges
    const [below = 0, from = 0] = steps
    return (value) =>
      typeof value === 'number' ? (value >= edge ? from : value < edge ? below : otherwise) : any(value)
  }
  if (edges.length <= 6) {
    return (value) => {
      if (typeof value !== 'number') return any(value)
      if (value !== value) return otherwise
      let step = 0
      while (step < edges.length && value >= (edges[step] as number)) step++
      return steps[step] as number
    }
  }
  return (value) => (typeof value === 'number' ? number(value) : any(value))
}
