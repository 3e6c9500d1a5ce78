import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import { audienceNames } from '../../../../../method/campaigns/names.ts'
import { compileTable } from '../../../../../rules/compile.ts'
import { explain, type Explanation } from '../../../../../rules/evaluate.ts'
import { namesIn, namesInCell } from '../../../../../rules/names.ts'

/** One field to fill in. `choices`: texts that cells of the table name. */
export interface Asked {
  name: string
  label: string
  kind: 'number' | 'boolean' | 'text' | 'date' | 'list'
  choices: string[]
}

export type Answers = Readonly<Record<string, string>>

const kindOf = (name: string, type: string | undefined): Asked['kind'] => {
  if (type === 'number' || type === 'boolean' || type === 'date') return type
  const sample = audienceNames[name]
  if (Array.isArray(sample)) return 'list'
  if (typeof sample === 'number' || typeof sample === 'boolean') return typeof sample as 'number' | 'boolean'
  return 'text'
}

/** What a table reads, each field once, with the words that its cells know. */
export const asksFor = ({ table }: PlaybookTable): Asked[] => {
  const found = new Map<string, Asked>()
  const ask = (name: string, label: string, type?: string, texts: readonly string[] = []): void => {
    if (!Object.hasOwn(audienceNames, name)) return
    const known = found.get(name) ?? { name, label, kind: kindOf(name, type), choices: [] }
    const named = texts.flatMap((text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word))
    found.set(name, { ...known, choices: [...new Set([...known.choices, ...named])] })
  }
  table.inputs.forEach(({ name, label, expression, type, values }, column) => {
    const cells = [...(values === undefined ? [] : [values]), ...table.rules.map(({ when }) => when[column] ?? '')]
    const names = namesIn(expression, audienceNames)
    for (const one of names)
      ask(one, names.length === 1 ? (label ?? name) : one, names.length === 1 ? type : undefined, cells)
  })
  for (const { when, then } of table.rules) {
    for (const cell of when) for (const name of namesInCell(cell, audienceNames)) ask(name, name)
    for (const cell of then) for (const name of namesIn(cell, audienceNames)) ask(name, name)
  }
  return [...found.values()]
}

const read = (kind: Asked['kind'], text: string): unknown => {
  if (text.trim() === '') return kind === 'list' ? [] : null
  if (kind === 'number') {
    const value = Number(text.replace(/[,，\s]/g, ''))
    return Number.isFinite(value) ? value : null
  }
  if (kind === 'boolean') return text === 'true'
  if (kind === 'list') return text.split(/[,，、\s]+/).filter(Boolean)
  return text
}

/** What the table says of a customer; null while it has errors. Money is in yuan, as cells are. */
export const tryTable = ({ table }: PlaybookTable, asked: readonly Asked[], answers: Answers): Explanation | null => {
  const compiled = compileTable(table, { names: audienceNames, regions: false })
  if (!compiled.ok) return null
  return explain(
    compiled.table,
    Object.fromEntries(asked.map(({ name, kind }) => [name, read(kind, answers[name] ?? '')])),
  )
}
