import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { at } from '../draft/path.ts'
import { found, labelsIn } from './labels.ts'

describe('texts of the playbook', () => {
  it('are all found, each at the place where it stands', () => {
    const labels = labelsIn(defaultPlaybook)
    expect(labels.length).toBeGreaterThan(500)
    for (const { path, label } of labels) expect(at(defaultPlaybook, path)).toBe(label)
  })

  it('are searched in both languages and by their place', () => {
    const labels = labelsIn({
      a: [{ name: { en: 'Market research', zh: '市场研究' } }],
      b: { en: 'Other', zh: '其他' },
    })
    const names = (word: string): string[] => found(labels, word, pathOf).map(({ path }) => pathOf(path))
    expect(names('market')).toEqual(['a[0].name'])
    expect(names('其他')).toEqual(['b'])
    expect(names('a[0]')).toEqual(['a[0].name'])
    expect(names('')).toHaveLength(2)
  })
})
