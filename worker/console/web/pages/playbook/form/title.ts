import type { Label } from '../../../../../../schemas/model/define.ts'
import { wordOf } from './input.tsx'
import { memberName } from './names.ts'

/** What an item of a list is called by its own words. */
export const titleOf = (item: unknown, say: (label: Label) => string): string => {
  if (typeof item === 'string' || typeof item === 'number') return say(wordOf(String(item)))
  if (typeof item !== 'object' || item === null) return ''
  const known = item as Record<string, unknown>
  const words = ['name', 'title', 'text', 'message'].flatMap((member) => {
    const value = known[member]
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null && 'en' in value ? [say(value as Label)] : []
  })
  if (typeof known['from'] === 'string' && typeof known['to'] === 'string' && words.length === 0)
    return [known['member'], `${known['from']} – ${known['to']}`].filter(Boolean).join(' · ')
  const codes = ['role', 'id', 'code', 'kind', 'block', 'on', 'branch', 'from'].flatMap((member) =>
    typeof known[member] === 'string' ? [say(wordOf(known[member]))] : [],
  )
  const figures = ['allowanceMinutes', 'minutes', 'day'].flatMap((member) =>
    typeof known[member] === 'number' ? [`${say(memberName(member))}: ${known[member]}`] : [],
  )
  return [words[0], codes[0], figures[0]].filter(Boolean).join(' · ')
}
