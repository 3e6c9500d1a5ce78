import { expect, it } from 'vitest'
import { belowBranches } from './branches.ts'

const ALL = [
  { code: 'sub', parent: 'mid' },
  { code: 'mid', parent: 'top' },
  { code: 'other', parent: 'top' },
  { code: 'top' },
  { code: 'a', parent: 'b' },
  { code: 'b', parent: 'a' },
]

it('a branch stands for itself and all below it, in whatever order they are written', () => {
  expect(belowBranches(['top'], ALL).sort()).toEqual(['mid', 'other', 'sub', 'top'])
  expect(belowBranches(['mid'], ALL).sort()).toEqual(['mid', 'sub'])
  expect(belowBranches(['sub', 'unknown'], ALL)).toEqual(['sub', 'unknown'])
  expect(belowBranches([], ALL)).toEqual([])
  // a playbook with a circle is refused; nobody hangs on one that was kept before
  expect(belowBranches(['a'], ALL)).toEqual(['a', 'b'])
})
