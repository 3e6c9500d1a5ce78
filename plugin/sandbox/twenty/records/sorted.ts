import type { Row } from '../types.ts'

/** Rows a bucket holds before it is split in two. */
const BUCKET = 512

/**
 * Rows in the order of (column, id), kept sorted, so that a page doesn't sort the whole table. They lie in buckets:
 * putting one among 100,000 moves only its neighbours.
 */
export class SortedRows {
  readonly column: 'id' | 'updatedAt'
  readonly #buckets: Row[][] = []

  constructor(column: 'id' | 'updatedAt') {
    this.column = column
  }

  add(row: Row): void {
    const at = this.#bucketFor(row)
    const bucket = this.#buckets[at]
    if (!bucket) {
      const last = this.#buckets.at(-1)
      if (last && last.length < BUCKET) last.push(row)
      else this.#buckets.push([row])
      return
    }
    bucket.splice(this.#placeIn(bucket, row), 0, row)
    if (bucket.length > BUCKET) this.#buckets.splice(at + 1, 0, bucket.splice(BUCKET >>> 1))
  }

  delete(row: Row): void {
    const at = this.#bucketFor(row)
    const bucket = this.#buckets[at]
    if (!bucket) return
    const place = this.#placeIn(bucket, row)
    if (bucket[place]?.id !== row.id) return
    bucket.splice(place, 1)
    if (bucket.length === 0) this.#buckets.splice(at, 1)
  }

  /** All rows in order, from the first whose column is not below `value`. */
  *from(value: string | null): Generator<Row> {
    const start = { id: '', [this.column]: value ?? '' } as Row
    const first = value === null ? 0 : this.#bucketFor(start)
    for (let at = first; at < this.#buckets.length; at++) {
      const bucket = this.#buckets[at] ?? []
      for (let place = at === first ? this.#placeIn(bucket, start) : 0; place < bucket.length; place++) {
        const row = bucket[place]
        if (row) yield row
      }
    }
  }

  /** All rows, last first. */
  *backwards(): Generator<Row> {
    for (let at = this.#buckets.length - 1; at >= 0; at--) {
      const bucket = this.#buckets[at] ?? []
      for (let place = bucket.length - 1; place >= 0; place--) {
        const row = bucket[place]
        if (row) yield row
      }
    }
  }

  /** The first bucket whose last row is not before this one; the number of buckets when there is none. */
  #bucketFor(row: Row): number {
    let low = 0
    let high = this.#buckets.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const last = this.#buckets[middle]?.at(-1)
      if (last && this.#compare(last, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #placeIn(bucket: Row[], row: Row): number {
    let low = 0
    let high = bucket.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = bucket[middle]
      if (other && this.#compare(other, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(a: Row, b: Row): number {
    const left = a[this.column]
    const right = b[this.column]
    if (left !== right) return left < right ? -1 : 1
    return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
  }
}
