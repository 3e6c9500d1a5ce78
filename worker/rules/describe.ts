import type { Piece } from './column.ts'
import type { Box } from './cover.ts'
import type { TemporalKind } from './feel.ts'
import type { CompiledInput, CompiledTable } from './table.ts'
import type { Text } from './types.ts'

type Numbers = Extract<Piece, { kind: 'numbers' }>

/** A region in words: `assets < 50000 and tier "A","B"`. Columns that are wholly in it are left out. */
export function describeBox(table: CompiledTable, box: Box): Text {
  const parts = box.flatMap((classes, column): Text[] => {
    const input = table.inputs[column]
    if (!input) return []
    const whole = input.domain.filter((each) => each !== null).length
    const inside = classes.flatMap((index) => input.domain[index] ?? [])
    return inside.length === whole
      ? []
      : [
          describePieces(
            input,
            inside.flatMap((each) => each.pieces),
          ),
        ]
  })
  if (parts.length === 0) return { en: 'any input', zh: '任意输入' }
  return { en: parts.map((part) => part.en).join(' and '), zh: parts.map((part) => part.zh).join('，且 ') }
}

function describePieces(input: CompiledInput, pieces: Piece[]): Text {
  const name = input.expression
  const numbers = joined(pieces.filter((each): each is Numbers => each.kind === 'numbers'))
  const booleans = pieces.filter((piece) => piece.kind === 'true' || piece.kind === 'false')
  const parts = [
    ...numbers.map((piece) => numberText(name, piece, input.kind)),
    ...textPart(name, pieces),
    ...booleans.map(({ kind }) => ({ en: `${name} = ${kind}`, zh: `${name} = ${kind}` })),
  ]
  const [only] = parts
  if (parts.length === 1 && only) return only
  return {
    en: `(${parts.map((part) => part.en).join(' or ')})`,
    zh: `（${parts.map((part) => part.zh).join(' 或 ')}）`,
  }
}

function textPart(name: string, pieces: Piece[]): Text[] {
  const texts = pieces.flatMap((piece) => (piece.kind === 'text' ? [JSON.stringify(piece.value)] : []))
  const other = pieces.some((piece) => piece.kind === 'other text')
  const parts: Text[] = []
  if (texts.length > 0) {
    const text = texts.length === 1 ? `${name} = ${texts[0]}` : `${name} in (${texts.join(', ')})`
    parts.push({ en: text, zh: text })
  }
  if (other) parts.push({ en: `${name} is any other text`, zh: `${name} 为其他文本` })
  return parts
}

/** Neighbouring pieces as one range. */
function joined(pieces: Numbers[]): Numbers[] {
  const ordered = [...pieces].sort((a, b) => a.low - b.low || a.high - b.high || Number(b.lowIn) - Number(a.lowIn))
  const result: Numbers[] = []
  for (const piece of ordered) {
    const last = result.at(-1)
    if (last && last.high === piece.low && (last.highIn || piece.lowIn))
      result[result.length - 1] = { ...last, high: piece.high, highIn: piece.highIn }
    else result.push(piece)
  }
  return result
}

function numberText(name: string, { low, high, lowIn, highIn }: Numbers, kind: TemporalKind | null): Text {
  const write = (value: number): string => ordinalText(value, kind)
  let text = `${name} in ${lowIn ? '[' : '('}${write(low)}..${write(high)}${highIn ? ']' : ')'}`
  if (low === high) text = `${name} = ${write(low)}`
  else if (low === -Infinity && high === Infinity) text = `${name} is any ${kind ?? 'number'}`
  else if (low === -Infinity) text = `${name} ${highIn ? '<=' : '<'} ${write(high)}`
  else if (high === Infinity) text = `${name} ${lowIn ? '>=' : '>'} ${write(low)}`
  return { en: text, zh: text.replace(/ is any .*/, ' 为任意值') }
}

/** An ordinal of a column of dates or durations as ISO 8601. */
function ordinalText(value: number, kind: TemporalKind | null): string {
  if (kind === null || !Number.isFinite(value)) return String(value)
  if (kind === 'yearMonthDuration') return `P${value}M`
  if (kind === 'dayTimeDuration') return value % 86_400_000 === 0 ? `P${value / 86_400_000}D` : `PT${value / 1000}S`
  const text = new Date(value).toISOString()
  return kind === 'date' ? text.slice(0, 10) : kind === 'time' ? text.slice(11, 19) : text.replace('.000Z', 'Z')
}
