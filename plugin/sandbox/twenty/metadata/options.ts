import { newId } from '../ids.ts'
import { unquote } from '../records/columns.ts'
import type { State } from '../state.ts'
import type { FieldMeta, FieldOption, Json, ObjectMeta } from '../types.ts'
import { isObject } from '../types.ts'

/** Options as given, each with an id of its own. */
export function withIds(options: Json | undefined): FieldOption[] {
  if (!Array.isArray(options)) return []
  return options.filter(isObject).map((option) => {
    const { id, ...rest } = option
    const kept = typeof id === 'string' ? id : newId()
    return {
      ...rest,
      id: kept,
      color: rest['color'] ?? null,
      label: rest['label'] ?? null,
      value: String(rest['value']),
    }
  })
}

/** The five stars of a RATING. */
export function ratingOptions(): FieldOption[] {
  const stars = [1, 2, 3, 4, 5]
  return stars.map((star) => ({
    id: newId(),
    color: null,
    label: String(star),
    value: `RATING_${star}`,
    position: star - 1,
  }))
}

/** Rows keep a renamed option under its new value; one that is gone becomes the default, without a word (observed). */
export function rewriteOptions(state: State, object: ObjectMeta, field: FieldMeta, options: FieldOption[]): void {
  const renamed = new Map<string, string>()
  for (const old of field.options ?? []) {
    const next = options.find((option) => option.id === old.id) ?? options.find((option) => option.value === old.value)
    if (next) renamed.set(old.value, next.value)
  }
  const fallback = unquote(field.defaultValue)
  for (const row of state.table(object).rows.values()) {
    const value = row[field.name] ?? null
    if (Array.isArray(value)) {
      row[field.name] = value.map((item) => renamed.get(String(item))).filter((item) => item !== undefined)
    } else if (typeof value === 'string' && renamed.get(value) !== value) {
      row[field.name] = renamed.get(value) ?? fallback
    }
  }
}
