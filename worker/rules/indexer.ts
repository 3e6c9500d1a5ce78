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
  if (speaks.texts && !speaks.numbers) return textIndexer(texts, otherText, any)
  if (speaks.booleans && !speaks.numbers) return (value) => (value === true ? yes : value === false ? no : any(value))
  return edges.length <= 4
    ? fewEdges(edges, steps, any)
    : (value) => (typeof value === 'number' ? number(value) : any(value))
}

/** Few texts are compared one by one, which is faster than hashing. Slots that are not needed repeat the first text. */
function textIndexer(texts: ReadonlyMap<string, number>, otherText: number, any: Indexer): Indexer {
  if (texts.size > 4) return (value) => (typeof value === 'string' ? (texts.get(value) ?? otherText) : any(value))
  const [a = '', b = a, c = a, d = a] = [...texts.keys()].map(interned)
  const [at = 0, bt = 0, ct = 0, dt = 0] = texts.values()
  return (value) => {
    if (typeof value !== 'string') return any(value)
    if (value === a) return at
    if (value === b) return bt
    if (value === c) return ct
    return value === d ? dt : otherText
  }
}

/** The text as engines keep names of properties: comparing two such is comparing addresses. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text
}

/** Up to four edges: counting those that are not above the value needs no loop. NaN stands for an edge that is not there. */
function fewEdges(edges: number[], steps: number[], any: Indexer): Indexer {
  const [e0 = NaN, e1 = NaN, e2 = NaN, e3 = NaN] = edges
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0] = steps
  return (value) => {
    if (typeof value !== 'number' || value !== value) return any(value)
    if (value >= e1) return value >= e2 ? (value >= e3 ? s4 : s3) : s2
    return value >= e0 ? s1 : s0
  }
}
