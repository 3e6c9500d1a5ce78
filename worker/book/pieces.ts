/** Characters in one row: two megabytes at most, three bytes a character. */
const MOST = 500_000

/** A text in pieces that fit into rows, at least one; none is cut between the two halves of one sign. */
export const inPieces = (text: string, most = MOST): [first: string, ...more: string[]] => {
  if (text.length <= most) return [text]
  const pieces: string[] = []
  for (let from = 0; from < text.length;) {
    const to = Math.min(from + most, text.length)
    const isCut = to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))
    pieces.push(text.slice(from, isCut ? to - 1 : to))
    from = isCut ? to - 1 : to
  }
  const [first = '', ...more] = pieces
  return [first, ...more]
}
