import type { Label } from '../../../../../schemas/model/define.ts'
import type { Playbook } from '../../../../../schemas/playbook/index.ts'
import { at, type Path } from './draft/path.ts'
import { memberName } from './form/names.ts'

const NAMES = ['code', 'id', 'role', 'kind'] as const

/** What an item of a list is told by: its own code, else its number from 1. */
const itemName = (item: unknown, index: number): string => {
  if (typeof item === 'object' && item !== null)
    for (const name of NAMES) {
      const value = (item as Record<string, unknown>)[name]
      if (typeof value === 'string' && value !== '') return value
    }
  return String(index + 1)
}

/** A place of the playbook in words: `tables[0].table.rules[1]` as "Tables › TIER_CONTACT › Rows › TIER_CONTACT-2". */
export const placeText = (path: Path, playbook: Playbook): Label => {
  const words = path.flatMap((part, index): Label[] => {
    // a table inside of its entry is the same thing to people
    if (part === 'table' && path[0] === 'tables' && index === 2) return []
    if (typeof part === 'string') return [memberName(part)]
    const name = itemName(at(playbook, path.slice(0, index + 1)), part)
    return [{ en: name, zh: name }]
  })
  return { en: words.map(({ en }) => en).join(' › '), zh: words.map(({ zh }) => zh).join(' › ') }
}
