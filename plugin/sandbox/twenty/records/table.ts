import type { FieldMeta, ObjectMeta, Row } from '../types.ts'
import { joinColumn, uniqueKey } from './columns.ts'
import { SortedRows } from './sorted.ts'

/**
 * The rows of one object with what makes 100,000 of them quick: by id, by each unique field, by each join column, and
 * two orders kept sorted (id, which is the default order, and updatedAt, which sweeps page on).
 */
export class Table {
  readonly rows = new Map<string, Row>()
  readonly byId = new SortedRows('id')
  readonly byUpdatedAt = new SortedRows('updatedAt')
  /** Grows with every change; pages of one list share a count until it does. */
  version = 0
  #uniques = new Map<string, { field: FieldMeta; ids: Map<string, string> }>()
  #joins = new Map<string, Map<string, Set<string>>>()
  #counts = new Map<string, number>()
  #countsOf = -1
  #minPosition: number | null = null

  constructor(meta: ObjectMeta) {
    for (const field of meta.fields) this.addField(field)
  }

  /** Takes up a new or changed field: its unique index or its join column. */
  addField(field: FieldMeta): void {
    const column = joinColumn(field)
    if (column) {
      const ids = new Map<string, Set<string>>()
      this.#joins.set(column, ids)
      for (const row of this.rows.values()) this.#link(column, row, true)
    }
    if (field.isUnique) {
      const ids = new Map<string, string>()
      this.#uniques.set(field.id, { field, ids })
      for (const row of this.rows.values()) {
        const key = uniqueKey(field, row)
        if (key !== null) ids.set(key, row.id)
      }
    } else {
      this.#uniques.delete(field.id)
    }
  }

  removeField(field: FieldMeta): void {
    const column = joinColumn(field)
    this.#uniques.delete(field.id)
    if (column) this.#joins.delete(column)
    for (const row of this.rows.values()) Reflect.deleteProperty(row, column ?? field.name)
    this.version++
  }

  uniqueFields(): FieldMeta[] {
    return [...this.#uniques.values()].map((index) => index.field)
  }

  /** The id that holds this key of a unique field, soft-deleted rows included: they keep their keys. */
  holder(field: FieldMeta, key: string): string | undefined {
    return this.#uniques.get(field.id)?.ids.get(key)
  }

  /** Ids of rows whose join column points at `target`; undefined when there is no such column. */
  pointingAt(column: string, target: string): ReadonlySet<string> | undefined {
    const ids = this.#joins.get(column)
    return ids && (ids.get(target) ?? new Set())
  }

  insert(row: Row): void {
    this.rows.set(row.id, row)
    this.#index(row, true)
    const position = row['position']
    if (typeof position === 'number') this.#minPosition = Math.min(this.#minPosition ?? position, position)
  }

  replace(row: Row): void {
    const before = this.rows.get(row.id)
    if (before) this.#index(before, false)
    this.rows.set(row.id, row)
    this.#index(row, true)
  }

  remove(id: string): void {
    const row = this.rows.get(id)
    if (!row) return
    this.#index(row, false)
    this.rows.delete(id)
    if (this.rows.size === 0) this.#minPosition = null
  }

  /** Where a new record goes: before all others, as Twenty does. */
  nextPosition(): number {
    return this.#minPosition === null ? 0 : this.#minPosition - 1
  }

  /** Counts once for all pages of one list. */
  count(key: string, compute: () => number): number {
    if (this.#countsOf !== this.version) {
      this.#counts.clear()
      this.#countsOf = this.version
    }
    const known = this.#counts.get(key)
    if (known !== undefined) return known
    const fresh = compute()
    this.#counts.set(key, fresh)
    return fresh
  }

  #index(row: Row, add: boolean): void {
    this.version++
    for (const sorted of [this.byId, this.byUpdatedAt]) {
      if (add) sorted.add(row)
      else sorted.delete(row)
    }
    for (const { field, ids } of this.#uniques.values()) {
      const key = uniqueKey(field, row)
      if (key === null) continue
      if (add) ids.set(key, row.id)
      else if (ids.get(key) === row.id) ids.delete(key)
    }
    for (const column of this.#joins.keys()) this.#link(column, row, add)
  }

  #link(column: string, row: Row, add: boolean): void {
    const target = row[column]
    const ids = this.#joins.get(column)
    if (typeof target !== 'string' || !ids) return
    const set = ids.get(target) ?? new Set()
    if (add) set.add(row.id)
    else set.delete(row.id)
    if (set.size > 0) ids.set(target, set)
    else ids.delete(target)
  }
}
