import { invalid } from '../refusal.ts'
import type { ObjectType } from '../types.ts'

function refuse(names: string[], code: string): void {
  if (names.length === 0) return
  const errors = names.map((name) => {
    return { message: `The property ${name} needs a value.`, code, context: { propertyName: [name] } }
  })
  throw invalid(`Some properties that the account requires were not set: ${names.join(', ')}`, { errors })
}

/** What the admin wants of each record, as it would be after a write; more is asked of a new one. */
export function checkRules(type: ObjectType, after: Record<string, string>, isNew: boolean): void {
  const empty = (name: string): boolean => (after[name] ?? '') === ''
  const { creator, conditional } = type.rules
  if (isNew) refuse(creator.filter(empty), 'MISSING_REQUIRED_PROPERTY')
  const asked = conditional.filter(({ property, values }) => values.includes(after[property] ?? ''))
  const missing = asked.flatMap(({ requires }) => requires).filter(empty)
  refuse([...new Set(missing)], 'MISSING_CONDITIONAL_REQUIRED_PROPERTY')
}
