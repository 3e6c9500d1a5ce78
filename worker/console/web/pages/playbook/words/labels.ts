import type { Label } from '../../../../../../schemas/model/define.ts'
import type { Path } from '../draft/path.ts'

/** One text of the playbook with its place. */
export interface Placed {
  path: Path
  label: Label
}

const isLabel = (value: object): value is Label =>
  'en' in value && 'zh' in value && typeof value.en === 'string' && typeof value.zh === 'string'

/** Every text of both languages, in the order of the document. */
export const labelsIn = (value: unknown, path: Path = []): Placed[] => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => labelsIn(one, [...path, index]))
  if (isLabel(value)) return [{ path, label: value }]
  return Object.entries(value).flatMap(([name, one]) => labelsIn(one, [...path, name]))
}

/** Texts that hold a word, in either language or in their place. */
export const found = (labels: readonly Placed[], word: string, placeOf: (path: Path) => string): Placed[] => {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return [...labels]
  return labels.filter(({ path, label }) =>
    [label.en, label.zh, placeOf(path)].some((text) => text.toLowerCase().includes(wanted)),
  )
}
