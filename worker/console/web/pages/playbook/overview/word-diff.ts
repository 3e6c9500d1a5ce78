/** A piece of a text against an earlier one. */
export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Beyond so many lines on both sides the middle is told as a whole: the table of all pairs would be too large. */
const MOST_PAIRS = 250_000

/** What became of a text, line by line: lines that stayed, went, or came. */
export const wordDiff = (before: string, after: string): Piece[] => {
  const [a, b] = [before, after].map((text) => (text === '' ? [] : text.split('\n')))
  if (!a || !b) return []
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const middle = between(a.slice(start, endA), b.slice(start, endB))
  const pieces = [
    ...a.slice(0, start).map((text): Piece => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(endA).map((text): Piece => ({ kind: 'same', text })),
  ]
  return pieces.map(({ kind, text }, index) => ({ kind, text: index < pieces.length - 1 ? `${text}\n` : text }))
}

/** By the longest sequence of lines that both have. */
const between = (a: readonly string[], b: readonly string[]): Piece[] => {
  const gone = (text: string): Piece => ({ kind: 'gone', text })
  const come = (text: string): Piece => ({ kind: 'new', text })
  if (a.length * b.length > MOST_PAIRS) return [...a.map(gone), ...b.map(come)]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const of = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1))
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] ?? '' })
      i++
      j++
    } else if (of(i + 1, j) >= of(i, j + 1)) pieces.push(gone(a[i++] ?? ''))
    else pieces.push(come(b[j++] ?? ''))
  }
  return [...pieces, ...a.slice(i).map(gone), ...b.slice(j).map(come)]
}
