import type { Row } from '../../../../method/measures/report.ts'

/** Figures by what they are about; those of one kind in the order in which they came. */
export class Rows {
  readonly #rows: readonly Row[]

  constructor(rows: readonly Row[]) {
    this.#rows = rows
  }

  /** One figure, by its id and code; undefined where nobody has it. */
  one(id: string, code: string): Row | undefined {
    return this.#rows.find((row) => row.id === id && row.code === code)
  }

  all(id: string): Row[] {
    return this.#rows.filter((row) => row.id === id)
  }

  /** The first parts of the codes of an id, each once: stages, tiers, campaigns, causes. */
  heads(id: string, depth = 1): string[] {
    return [...new Set(this.all(id).map(({ code }) => code.split('/').slice(0, depth).join('/')))]
  }
}

/** The pyramid's order, the best on top; tiers of the bank's own below, in the order in which they came. */
const ORDER = ['GOLD', 'HIGH_END', 'HIGH', 'MID', 'GENERAL', 'MASS']
const rank = (tier: string): number => (tier === 'UNRATED' ? 99 : ORDER.includes(tier) ? ORDER.indexOf(tier) : 50)
export const byRank = (a: string, b: string): number => rank(a) - rank(b)

/** Escalations by cause and level: `ESC_MOVE/2/OPEN` and `…/ACKNOWLEDGED` of one cause. */
export const levelsOf = (rows: Rows): string[] =>
  [...new Set(rows.all('MEAS-ESC').flatMap(({ code }) => code.split('/')[1] ?? []))]
    .filter((level) => /^\d+$/.test(level))
    .sort((a, b) => Number(a) - Number(b))

/** What the bank's own allocation table shows, in its order (TIER-ALLOC); then what else there is. */
const ALLOCATED = ['VIP', 'INVESTMENT', 'INSURANCE', 'POS', 'PAYROLL', 'ACCOUNT']

/** The columns of the allocation table: those of the bank's own, where anything is to be shown at all. */
export const columnsOf = (rows: readonly Row[]): string[] => {
  const found = new Rows(rows).heads('TIER-ALLOC')
  return found.length === 0 ? [] : [...ALLOCATED, ...found.filter((code) => !ALLOCATED.includes(code))]
}
