import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DueQueue } from './due-queue.ts'

const steps = fc.array(
  fc.oneof(
    fc.record({ ref: fc.constantFrom('a', 'b', 'c', 'd', 'e'), due: fc.option(fc.integer({ min: 0, max: 50 })) }),
    fc.record({ until: fc.integer({ min: 0, max: 60 }) }),
  ),
  { maxLength: 60 },
)

it('wakes who is due in order of time and ref, each once, however often it was set anew', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const queue = new DueQueue()
      const plain = new Map<string, number>()
      for (const step of list) {
        if ('ref' in step) {
          queue.set(step.ref, step.due)
          if (step.due === null) plain.delete(step.ref)
          else plain.set(step.ref, step.due)
          continue
        }
        const expected = [...plain]
          .filter(([, due]) => due <= step.until)
          .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
          .map(([ref, due]) => ({ ref, due }))
        const taken = []
        for (let one = queue.take(step.until); one; one = queue.take(step.until)) taken.push(one)
        for (const { ref } of expected) plain.delete(ref)
        expect(taken).toEqual(expected)
      }
    }),
  )
})
