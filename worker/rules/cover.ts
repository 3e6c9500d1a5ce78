import { both, isEmpty, type Bits } from './bits.ts'
import type { Class } from './column.ts'

/** A region: for each column the classes (by index) that belong to it. */
export type Box = number[][]

/**
 * Finds regions that no row of a set covers, column by column: rows that are out are dropped on the way, and a state (column,
 * rows left) that was seen to be covered is not looked at twice. `exhausted` says that the steps ran out.
 */
export class Cover {
  exhausted = false
  private steps: number
  private readonly columns: (Class | null)[][]

  /** `columns`: the classes of each column, null for those outside of what is checked. */
  constructor(columns: (Class | null)[][], steps: number) {
    this.columns = columns
    this.steps = steps
  }

  /** True when the rows of a set have nothing of the domain in common: for one row, that it can never hit. */
  isEmpty(rows: Bits): boolean {
    return this.columns.some((classes) => classes.every((each) => !each || isEmpty(both(each.rows, rows))))
  }

  /**
   * Regions that none of `rows` covers, at most `limit`, each as wide as it can be. `within`: a set with one row; only what
   * that row covers is looked at.
   */
  holes(rows: Bits, within: Bits | null, limit: number): Box[] {
    const found: Box[] = []
    const covered = new Set<string>()
    const walk = (column: number, left: Bits, path: Box): boolean => {
      if (--this.steps < 0) {
        this.exhausted = true
        return true
      }
      const classes = this.columns[column]
      if (isEmpty(left)) {
        const rest = this.columns.slice(column).map((each) => this.domain(each, within))
        found.push([...path, ...rest])
        return false
      }
      if (!classes) return true
      const key = `${column}:${left.join()}`
      if (covered.has(key)) return true
      let whole = true
      // classes that leave the same rows belong together: their regions are told as one
      const groups = new Map<string, { left: Bits; classes: number[] }>()
      for (const index of this.domain(classes, within)) {
        const next = both(left, classes[index]?.rows ?? left)
        const group = groups.get(next.join())
        if (group) group.classes.push(index)
        else groups.set(next.join(), { left: next, classes: [index] })
      }
      for (const group of groups.values()) {
        if (found.length >= limit || this.exhausted) return false
        if (!walk(column + 1, group.left, [...path, group.classes])) whole = false
      }
      if (whole) covered.add(key)
      return whole
    }
    walk(0, rows, [])
    return found
  }

  private domain(classes: (Class | null)[], within: Bits | null): number[] {
    return classes.flatMap((each, index) => (each && !(within && isEmpty(both(each.rows, within))) ? [index] : []))
  }
}
