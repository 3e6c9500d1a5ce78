import { evaluateByFeelin, temporalKind } from './feel.ts'
import { monthsBetween } from './sums.ts'
import type { Value } from './types.ts'
import { asTemporal, equal, inOrder, isRecord, print } from './values.ts'

type Builtin = { min: number; max: number; run: (...args: Value[]) => Value }

const one = (run: (value: Value) => Value): Builtin => ({ min: 1, max: 1, run })
const two = (run: (a: Value, b: Value) => Value): Builtin => ({ min: 2, max: 2, run })
const many = (run: (items: Value[]) => Value): Builtin => ({
  min: 1,
  max: 100,
  run: (...args) => run(args.length === 1 && Array.isArray(args[0]) ? args[0] : args),
})

/** A list, or a single value as the list of it; null stays null. */
const listOf = (value: Value): Value[] | null => (value === null ? null : Array.isArray(value) ? value : [value])
/** A list of one stands for its only item. */
const single = (value: Value): Value => (Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value)

const text = (run: (value: string) => Value): Builtin =>
  one((value) => ((value = single(value)), typeof value === 'string' ? run(value) : null))
const texts = (run: (a: string, b: string) => Value): Builtin =>
  two((a, b) => ((a = single(a)), (b = single(b)), typeof a === 'string' && typeof b === 'string' ? run(a, b) : null))
const absolute = (value: Value): Value => ((value = single(value)), typeof value === 'number' ? Math.abs(value) : null)

/** FEEL has no infinities: what is not a number is null. */
export function finite(value: number): Value {
  return Number.isFinite(value) ? value : null
}

/** Numbers of a list, or null when one is something else or the list is empty. */
function numbers(items: Value[]): number[] | null {
  return items.length > 0 && items.every((item) => typeof item === 'number') ? (items as number[]) : null
}

function extreme(items: Value[], op: '<' | '>'): Value {
  let best: Value = items[0] ?? null
  for (const item of items.slice(1)) {
    const better = inOrder(item, op, best)
    if (better === null) return null
    if (better) best = item
  }
  return inOrder(best, '<=', best) === null ? null : best
}

/** Rounds to a number of places by a rule for what remains; goes through the decimal text, so 2.675 is 2.675. */
function rounded(round: (value: number) => number): Builtin {
  return {
    min: 1,
    max: 2,
    run(value, places = 0) {
      if (typeof value !== 'number' || typeof places !== 'number' || places < -6111 || places > 6176) return null
      const shift = (number: number, by: number): number => {
        const [digits, power] = String(number).split('e')
        return Number(`${digits}e${Number(power ?? 0) + by}`)
      }
      return finite(shift(round(shift(value, Math.trunc(places))), -Math.trunc(places))) ?? (places > 0 ? value : null)
    },
  }
}

const away = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value))
const halfUp = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5)
const halfDown = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value) - 0.5)
const halfEven = (value: number): number => {
  const floor = Math.floor(value)
  return value - floor === 0.5 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(value)
}

/** A date, time, or both, of text or of another of them. */
function temporal(kind: 'date' | 'time' | 'dateTime', name: string): Builtin {
  return one((value) => {
    const found = temporalKind(value)
    if (found === null || found === kind) return asTemporal(kind, value)
    return kind === 'dateTime' ? null : evaluateByFeelin(`${name}(it)`, { it: value })
  })
}

/** Positions count from 1, or from -1 at the end. */
function replaced(list: Value, position: Value, item: Value): Value {
  const items = listOf(list)
  if (items === null || typeof position !== 'number') return null
  const place = Math.trunc(position)
  const index = place < 0 ? items.length + place : place - 1
  return index < 0 || index >= items.length ? null : items.with(index, item)
}

/** The functions that are compiled; every other one of FEEL is left to feelin. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['not', one((value) => (typeof value === 'boolean' ? !value : null))],
  ['count', one((value) => listOf(value)?.length ?? null)],
  ['list contains', two((list, item) => listOf(list)?.some((entry) => equal(entry, item) === true) ?? null)],
  ['contains', texts((a, b) => a.includes(b))],
  ['starts with', texts((a, b) => a.startsWith(b))],
  ['ends with', texts((a, b) => a.endsWith(b))],
  ['upper case', text((value) => value.toUpperCase())],
  ['lower case', text((value) => value.toLowerCase())],
  ['string length', text((value) => [...value].length)],
  ['string', one((value) => (value === null || typeof value === 'string' ? value : print(value)))],
  [
    'number',
    text((value) => (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value) ? finite(Number(value)) : null)),
  ],
  ['min', many((items) => (items.length ? extreme(items, '<') : null))],
  ['max', many((items) => (items.length ? extreme(items, '>') : null))],
  ['sum', many((items) => numbers(items)?.reduce((total, item) => total + item, 0) ?? null)],
  [
    'mean',
    many((items) => ((n) => (n ? n.reduce((total, item) => total + item, 0) / n.length : null))(numbers(items))),
  ],
  [
    'abs',
    one((value) => (temporalKind(value) === null ? absolute(value) : evaluateByFeelin('abs(it)', { it: value }))),
  ],
  ['floor', rounded(Math.floor)],
  ['ceiling', rounded(Math.ceil)],
  ['decimal', { ...rounded(halfEven), min: 2 }],
  ['round up', { ...rounded(away), min: 2 }],
  ['round down', { ...rounded(Math.trunc), min: 2 }],
  ['round half up', { ...rounded(halfUp), min: 2 }],
  ['round half down', { ...rounded(halfDown), min: 2 }],
  [
    'modulo',
    two((a, b) => (typeof a === 'number' && typeof b === 'number' ? finite(a - b * Math.floor(a / b)) : null)),
  ],
  ['date', temporal('date', 'date')],
  ['date and time', temporal('dateTime', 'date and time')],
  ['time', temporal('time', 'time')],
  ['years and months duration', two(monthsBetween)],
  [
    'list replace',
    { min: 3, max: 3, run: (list, position = null, item = null) => replaced(list ?? null, position, item) },
  ],
  ['duration', one((value) => asTemporal('yearMonthDuration', value) ?? asTemporal('dayTimeDuration', value))],
  [
    'get value',
    two((context, key) =>
      isRecord(context) && typeof key === 'string'
        ? Object.hasOwn(context, key)
          ? (context[key] ?? null)
          : null
        : null,
    ),
  ],
])
