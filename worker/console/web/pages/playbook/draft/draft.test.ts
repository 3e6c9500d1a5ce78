import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { diffPlaybooks } from '../../../../../method/playbook/diff.ts'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { checkPlaybook } from './check.ts'
import { merge } from './merge.ts'
import { at, moved, pathFrom, put } from './path.ts'

describe('a draft of the playbook', () => {
  it('is changed at one place, and the rest stays the very same', () => {
    const path = pathFrom('tables[0].table.rules[1].when[0]')
    expect(pathOf(path)).toBe('tables[0].table.rules[1].when[0]')
    const next = put(defaultPlaybook, path, '>= 1') as typeof defaultPlaybook
    expect(at(next, path)).toBe('>= 1')
    expect(at(defaultPlaybook, path)).not.toBe('>= 1')
    expect(next.campaigns).toBe(defaultPlaybook.campaigns)
    expect(next.tables[1]).toBe(defaultPlaybook.tables[1])
    expect(diffPlaybooks(defaultPlaybook, next)).toHaveLength(1)
  })

  it('loses a member that is taken away, and makes what is missing above a new one', () => {
    expect(put({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } })
    expect(put({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } })
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  })

  it('is checked as Ladder does it: the place of a cell that can’t be read is told', () => {
    const found = checkPlaybook(
      put(defaultPlaybook, ['tables', 0, 'table', 'rules', 0, 'when', 0], '((('),
      defaultPlaybook,
      '2026-11-26',
    )
    expect(found.compiled).toBeNull()
    expect(found.issues.map(({ path }) => path)).toContain('tables[0].table.rules[0].when[0]')
    expect(checkPlaybook(defaultPlaybook, defaultPlaybook, '2026-11-26').compiled).not.toBeNull()
  })
})

describe('two drafts of one version', () => {
  const base = {
    name: 'a',
    list: [
      { code: 'A', n: 1 },
      { code: 'B', n: 1 },
    ],
    hours: [1, 2],
  }

  it('come together where each changed other places', () => {
    const mine = {
      ...base,
      list: [
        { code: 'A', n: 2 },
        { code: 'B', n: 1 },
        { code: 'M', n: 1 },
      ],
    }
    const theirs = {
      ...base,
      name: 'b',
      list: [
        { code: 'T', n: 1 },
        { code: 'A', n: 1 },
        { code: 'B', n: 3 },
      ],
    }
    expect(merge(base, mine, theirs)).toEqual({
      value: {
        ...base,
        name: 'b',
        list: [
          { code: 'T', n: 1 },
          { code: 'A', n: 2 },
          { code: 'B', n: 3 },
          { code: 'M', n: 1 },
        ],
      },
      conflicts: [],
    })
  })

  it('keep what one took away and the other left alone away', () => {
    const mine = { ...base, list: [{ code: 'B', n: 1 }] }
    expect(merge(base, mine, { ...base, name: 'b' }).value).toEqual({ ...mine, name: 'b' })
    expect(merge(base, { ...base, name: 'b' }, mine).value).toEqual({ ...mine, name: 'b' })
  })

  it('tell the places that both changed, and keep mine', () => {
    const mine = {
      ...base,
      list: [
        { code: 'A', n: 2 },
        { code: 'B', n: 1 },
      ],
      hours: [1],
    }
    const theirs = {
      ...base,
      list: [
        { code: 'A', n: 3 },
        { code: 'B', n: 1 },
      ],
      hours: [2],
    }
    expect(merge(base, mine, theirs)).toEqual({ value: mine, conflicts: ['list[0].n', 'hours'] })
  })
})
