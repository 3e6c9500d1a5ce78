import { expect, it } from 'vitest'
import { inPieces } from './pieces.ts'

it('a long text is cut into pieces that make it up again, never inside a sign', () => {
  expect(inPieces('')).toEqual([''])
  expect(inPieces('国泰民安', 4)).toEqual(['国泰民安'])
  expect(inPieces('国泰民安', 3)).toEqual(['国泰民', '安'])
  // 𠮷 and 𡈽 are two halves each
  expect(inPieces('ab𠮷𡈽c', 3)).toEqual(['ab', '𠮷', '𡈽c'])
  const text = '𠮷a'.repeat(1000)
  for (const most of [2, 3, 7, 1000]) {
    expect(inPieces(text, most).join('')).toBe(text)
    expect(inPieces(text, most).every((piece) => piece.length <= most && piece.isWellFormed())).toBe(true)
  }
})
