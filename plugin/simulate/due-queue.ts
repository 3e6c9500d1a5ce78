import type { Ref } from '../../schemas/events/index.ts'

interface Entry {
  due: number
  ref: Ref
}

const before = (a: Entry, b: Entry): boolean => a.due < b.due || (a.due === b.due && a.ref < b.ref)

/** Who is to be woken when, the earliest first; of one instant in order of ref, so that a run is the same each time. */
export class DueQueue {
  readonly #dues = new Map<Ref, number>()
  /** A binary heap; entries that no longer are what `#dues` says are skipped when they come up. */
  readonly #heap: Entry[] = []

  /** Epoch ms; null: not before something happens. */
  set(ref: Ref, due: number | null): void {
    if (this.#dues.get(ref) === (due ?? undefined)) return
    if (due === null) {
      this.#dues.delete(ref)
      return
    }
    this.#dues.set(ref, due)
    this.#push({ due, ref })
  }

  /** Takes the first that is due by `end`. */
  take(end: number): Entry | undefined {
    for (;;) {
      const first = this.#heap[0]
      if (!first || first.due > end) return undefined
      this.#pop()
      if (this.#dues.get(first.ref) !== first.due) continue
      this.#dues.delete(first.ref)
      return first
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const up = (index - 1) >> 1
      const parent = heap[up]
      if (!parent || !before(entry, parent)) break
      heap[index] = parent
      index = up
    }
    heap[index] = entry
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      const [left, right] = [heap[child], heap[child + 1]]
      if (!left) break
      if (right && before(right, left)) child++
      const least = heap[child]
      if (!least || !before(least, last)) break
      heap[index] = least
      index = child
    }
    heap[index] = last
  }
}
