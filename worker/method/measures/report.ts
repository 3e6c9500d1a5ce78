import { add, type FigureKey, type FigureName, type Figures, parseKey } from './keys.ts'

/** Figures at a day, at an earlier one, and as long before that one again. */
export interface Compared {
  now: Figures
  before: Figures
  earlier: Figures
}

/** One figure of a board: a value now, and what it was; null where it can't be said (nothing to divide by). Money in fen. */
export interface Row {
  id: string
  code: string
  unit: 'count' | 'money' | 'percent' | 'ratio' | 'minutes' | 'days'
  now: number | null
  before: number | null
}

/** The part of the figures that somebody may see: of these branches, of this RM; null is no limit. */
export interface Seen {
  branches: string[] | null
  rm: string | null
}

export const EVERYTHING: Seen = { branches: null, rm: null }

/** Whether what is of a branch and an RM may be seen. */
export const isSeen = (whose: { branch: string; rm: string }, { branches, rm }: Seen): boolean =>
  (branches === null || branches.includes(whose.branch)) && (rm === null || whose.rm === rm)

/** Which figures are added up: those that may be seen, of a branch or an RM where one is named; kept apart by branch or by RM. */
export interface Narrow {
  scope?: Seen | undefined
  branch?: string | undefined
  rm?: string | undefined
  by?: 'branch' | 'rm' | undefined
}

/** Figures of each branch, or each RM. */
export const apart = (figures: Figures, by: 'branch' | 'rm'): Map<string, Figures> => {
  const groups = new Map<string, Figures>()
  for (const text in figures) {
    const key = parseKey(text)
    if (!key) continue
    const group = groups.get(key[by]) ?? {}
    groups.set(key[by], group)
    add(group, text, figures[text])
  }
  return groups
}

/** Totals by name and code, whoever's they are. */
class Totals {
  readonly #values = new Map<string, Map<string, number>>()

  constructor(figures: Figures) {
    for (const [text, value] of Object.entries(figures)) {
      const key: FigureKey | undefined = parseKey(text)
      if (!key) continue
      const codes = this.#values.get(key.name) ?? new Map<string, number>()
      codes.set(key.code, (codes.get(key.code) ?? 0) + value)
      this.#values.set(key.name, codes)
    }
  }

  of(name: FigureName, code: string): number {
    return this.#values.get(name)?.get(code) ?? 0
  }

  sum(name: FigureName, holds: (code: string) => boolean = () => true): number {
    let sum = 0
    for (const [code, value] of this.#values.get(name) ?? []) if (holds(code)) sum += value
    return sum
  }

  codes(name: FigureName): string[] {
    return [...(this.#values.get(name)?.keys() ?? [])]
  }
}

/** What happened between two days. */
class Span {
  readonly from: Totals
  readonly #to: Totals

  constructor(from: Totals, to: Totals) {
    this.from = from
    this.#to = to
  }

  of(name: FigureName, code: string): number {
    return this.#to.of(name, code) - this.from.of(name, code)
  }

  sum(name: FigureName, holds?: (code: string) => boolean): number {
    return this.#to.sum(name, holds) - this.from.sum(name, holds)
  }
}

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10
const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 100) / 100

/**
 * All rows of MEAS. Stocks are told at both days. What happened (moves, contacts, conversions, times to acknowledge) is told for
 * the time between them as `now`, and for as long a time before it as `before`.
 */
export const measures = ({ now, before, earlier }: Compared): Row[] => {
  const [a, b, c] = [new Totals(now), new Totals(before), new Totals(earlier)]
  const rows: Row[] = []
  const stock = (id: string, code: string, unit: Row['unit'], value: (of: Totals) => number | null): void => {
    rows.push({ id, code, unit, now: value(a), before: value(b) })
  }
  const flow = (id: string, code: string, unit: Row['unit'], value: (of: Span) => number | null): void => {
    rows.push({ id, code, unit, now: value(new Span(b, a)), before: value(new Span(c, b)) })
  }
  const codesOf = (...names: FigureName[]): string[] =>
    [...new Set(names.flatMap((name) => [...a.codes(name), ...b.codes(name)]))].sort()

  // two too many, two too few, two too high, two too low
  stock('MEAS-4x2', 'SLEEPING', 'count', (of) => of.sum('sleeping'))
  stock('MEAS-4x2', 'LOW_VALUE', 'count', (of) => of.sum('lowValue'))
  stock('MEAS-4x2', 'PRODUCTS_PER_CUSTOMER', 'ratio', (of) => ratio(of.sum('products'), of.sum('customers')))
  stock('MEAS-4x2', 'CHANNELS_PER_CUSTOMER', 'ratio', (of) => ratio(of.sum('channels'), of.sum('customers')))
  flow('MEAS-4x2', 'LOSS_RATE', 'percent', (of) => share(of.sum('lost'), of.from.sum('funded') + of.sum('won')))
  flow('MEAS-4x2', 'COST_OF_WINNING', 'money', (of) => whole(of.sum('cost'), of.sum('won')))
  stock('MEAS-4x2', 'RETENTION', 'percent', (of) => share(of.sum('balance'), of.sum('peak')))
  stock('MEAS-4x2', 'ACTIVATION', 'percent', (of) => share(of.sum('active'), of.sum('customers')))

  for (const tier of codesOf('tier')) stock('MEAS-TIER', tier, 'count', (of) => of.of('tier', tier))
  for (const move of codesOf('moved')) flow('MEAS-TIER', move, 'count', (of) => of.of('moved', move))

  // the allocation table: customers by value, and with products of each kind
  for (const name of ['value', 'uses'] as const)
    for (const code of codesOf(name)) stock('TIER-ALLOC', code, 'count', (of) => of.of(name, code))

  for (const stage of codesOf('stage', 'entered')) {
    const left = (of: Span): number => of.sum('left', (code) => code.startsWith(`${stage}→`))
    const wentOn = (of: Span): number => of.sum('left', (code) => code.startsWith(`${stage}→`) && isForward(code))
    const were = (of: Span): number => of.from.of('stage', stage) + of.of('entered', stage)
    stock('MEAS-PIPE', stage, 'count', (of) => of.of('stage', stage))
    flow('MEAS-PIPE', `${stage}/CONVERSION`, 'percent', (of) => share(wentOn(of), were(of)))
    flow('MEAS-PIPE', `${stage}/DAYS`, 'days', (of) => ratio(of.of('daysInStage', stage), left(of)))
  }

  for (const tier of codesOf('contact', 'contactDue', 'overdue')) {
    flow('MEAS-CONT', `${tier}/MADE`, 'count', (of) => of.of('contact', tier))
    flow('MEAS-CONT', `${tier}/DUE`, 'count', (of) => of.of('contactDue', tier))
    stock('MEAS-CONT', `${tier}/OVERDUE`, 'count', (of) => of.of('overdue', tier))
  }

  if (codesOf('calls').length > 0) {
    flow('MEAS-CONT', 'CALLS/MADE', 'count', (of) => of.sum('calls'))
    flow('MEAS-CONT', 'CALLS/SUCCESS', 'percent', (of) => share(of.sum('callsWon'), of.sum('calls')))
  }

  for (const code of codesOf('invited', 'leads', 'productsWon', 'cost')) {
    for (const name of ['invited', 'confirmed', 'attended', 'leads', 'productsWon'] as const)
      stock('MEAS-CAMP', `${code}/${snake(name)}`, 'count', (of) => of.of(name, code))
    stock('MEAS-CAMP', `${code}/BALANCE_WON`, 'money', (of) => of.of('balanceWon', code))
    const cost = (of: Totals): number | null => whole(of.of('cost', code), of.of('productsWon', code))
    stock('MEAS-CAMP', `${code}/COST_PER_PRODUCT`, 'money', cost)
  }

  for (const code of codesOf('escalation')) stock('MEAS-ESC', code, 'count', (of) => of.of('escalation', code))
  for (const cause of codesOf('raised')) {
    flow('MEAS-ESC', `${cause}/RAISED`, 'count', (of) => of.of('raised', cause))
    const took = (minutes: FigureName, count: FigureName) => (of: Span) =>
      whole(of.of(minutes, cause), of.of(count, cause))
    flow('MEAS-ESC', `${cause}/TO_ACKNOWLEDGE`, 'minutes', took('acknowledgeMinutes', 'acknowledged'))
    flow('MEAS-ESC', `${cause}/TO_RESOLVE`, 'minutes', took('resolveMinutes', 'resolved'))
  }
  return rows
}

/** Of `DEV_A/DEV_A03→DEV_A04`: on to a later stage of the same pipeline. Codes of stages are in order (DEV-A to DEV-H). */
const isForward = (code: string): boolean => {
  const [, from = '', to = ''] = /^(.*)→(.*)$/.exec(code) ?? []
  const [pipeline = '', stage = ''] = from.split('/')
  return to.startsWith(pipeline) && to > stage
}

const whole = (part: number, by: number): number | null => (by === 0 ? null : Math.round(part / by))
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
