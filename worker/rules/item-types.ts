import { compileCell, kindOfColumn } from './cell.ts'
import type { ItemType } from './dmn-model.ts'
import { ordinal, temporalKind, type Temporal } from './feel.ts'
import { parseCell } from './parse.ts'
import type { ColumnType, Value } from './types.ts'
import { asTemporal, isRecord } from './values.ts'

const bases: ReadonlyMap<string, ColumnType> = new Map([
  ['Any', 'any'],
  ['string', 'string'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ['date and time', 'dateTime'],
  ['dateTime', 'dateTime'],
  ['days and time duration', 'dayTimeDuration'],
  ['dayTimeDuration', 'dayTimeDuration'],
  ['years and months duration', 'yearMonthDuration'],
  ['yearMonthDuration', 'yearMonthDuration'],
])

/** FEEL's name of a column type, as it stands in a `typeRef`. */
export function typeRefOf(type: ColumnType): string {
  return type === 'any' ? 'Any' : type
}

/** The named types of a model. */
export class ItemTypes {
  private readonly byName: Map<string, ItemType>

  constructor(types: ItemType[]) {
    this.byName = new Map(types.map((type) => [type.name, type]))
  }

  /** The definition that a reference names; null for FEEL's own types and unknown ones. */
  find(typeRef: string | undefined): ItemType | null {
    return typeRef === undefined ? null : (this.byName.get(plainName(typeRef)) ?? null)
  }

  /** The FEEL type behind a reference; undefined for lists, structures and unknown types. */
  base(typeRef: string | undefined, depth = 0): ColumnType | undefined {
    if (typeRef === undefined || depth > 20) return undefined
    const type = this.find(typeRef)
    if (type === null) return bases.get(plainName(typeRef))
    return type.collection || type.components.length > 0 ? undefined : this.base(type.typeRef, depth + 1)
  }

  /** The allowed values of a reference, through the types that it is made of. */
  values(typeRef: string | undefined, depth = 0): string | undefined {
    const type = depth > 20 ? null : this.find(typeRef)
    if (type === null || type.collection) return undefined
    return type.values ?? this.values(type.typeRef, depth + 1)
  }

  /** The reference of a component of a structure. */
  component(typeRef: string | undefined, name: string): ItemType | null {
    return this.find(typeRef)?.components.find((component) => component.name === name) ?? null
  }

  /** A sample of a type with its field names, so that names with spaces parse. */
  sample(typeRef: string | undefined, depth = 0): unknown {
    const type = depth > 10 ? null : this.find(typeRef)
    if (type === null) return null
    return this.sampleOf(type, depth)
  }

  private sampleOf(type: ItemType, depth: number): unknown {
    const fields = type.components.map((component) => [component.name, this.sampleOf(component, depth + 1)] as const)
    const item = fields.length > 0 ? Object.fromEntries(fields) : this.sample(type.typeRef, depth + 1)
    return type.collection && item !== null ? [item] : item
  }

  /**
   * A value as of a type: ISO text becomes a date where one is asked for, a single value a list and back. `ok: false` when it
   * is of another type or not among the allowed values. `isWhole`: every component has to be there, as in results and
   * arguments; of input data some may be missing.
   */
  conform(value: Value, typeRef: string | undefined, isWhole = false): { ok: boolean; value: Value } {
    if (value === null || typeRef === undefined) return { ok: true, value }
    const type = this.find(typeRef)
    if (type) return this.conformTo(value, type, 0, isWhole)
    return conformBase(value, bases.get(plainName(typeRef)))
  }

  private conformTo(value: Value, type: ItemType, depth: number, isWhole: boolean): { ok: boolean; value: Value } {
    if (value === null || depth > 20) return { ok: true, value }
    if (type.collection) {
      const items = (Array.isArray(value) ? value : [value]).map((item) =>
        this.conformTo(item, { ...type, collection: false }, depth + 1, isWhole),
      )
      return items.every((item) => item.ok) ? { ok: true, value: items.map((item) => item.value) } : failed
    }
    const only = Array.isArray(value) && value.length === 1 && !this.find(type.typeRef)?.collection ? value[0] : value
    const item = only ?? null
    const conformed =
      type.components.length > 0
        ? this.conformFields(item, type, depth, isWhole)
        : this.conformNamed(item, type, depth, isWhole)
    return conformed.ok && type.values && !isAllowed(conformed.value, type.values) ? failed : conformed
  }

  private conformNamed(value: Value, type: ItemType, depth: number, isWhole: boolean): { ok: boolean; value: Value } {
    const next = this.find(type.typeRef)
    if (next) return this.conformTo(value, next, depth + 1, isWhole)
    return conformBase(value, type.typeRef === undefined ? undefined : bases.get(plainName(type.typeRef)))
  }

  private conformFields(value: Value, type: ItemType, depth: number, isWhole: boolean): { ok: boolean; value: Value } {
    if (!isRecord(value)) return failed
    const result: Record<string, Value> = { ...value }
    for (const component of type.components) {
      if (!Object.hasOwn(value, component.name)) {
        if (isWhole) return failed
        continue
      }
      const field = this.conformTo(value[component.name] ?? null, component, depth + 1, isWhole)
      if (!field.ok) return failed
      result[component.name] = field.value
    }
    return { ok: true, value: result }
  }
}

const failed = { ok: false, value: null }

function conformBase(value: Value, base: ColumnType | undefined): { ok: boolean; value: Value } {
  if (base === undefined || base === 'any' || value === null) return { ok: true, value }
  const item = Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value
  const kind = kindOfColumn(base)
  if (kind === null) return typeof item === base ? { ok: true, value: item } : failed
  const temporal = asTemporal(kind, item)
  return temporal === null ? failed : { ok: true, value: temporal }
}

function isAllowed(value: Value, values: string): boolean {
  const parsed = parseCell(values)
  if (!parsed.ok || value === null) return true
  const kind = temporalKind(value)
  const cell = compileCell(parsed.node, values, kind)
  return cell.check(cell.indexed && kind ? ordinal(value as Temporal) : value, {}, value) === true
}

/** A type reference without its prefix. */
export function plainName(typeRef: string): string {
  return typeRef.includes(':') ? typeRef.slice(typeRef.indexOf(':') + 1) : typeRef.trim()
}
