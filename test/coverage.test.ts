import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coverage } from '../docs/generate/coverage.ts'
import { methodIds, PROMISED, readMethod, root } from '../docs/generate/ids.ts'

const METHOD = join(root, '../shared/method.md')

describe('coverage of the method', () => {
  it.skipIf(!existsSync(METHOD))('docs/method-ids.json has every id of the method', () => {
    expect(methodIds()).toEqual(readMethod(readFileSync(METHOD, 'utf8')))
  })

  it('each id stands once, and what is promised is among them', () => {
    const ids = methodIds().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(PROMISED.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('each promised id has a test that names it', () => {
    expect(coverage().untested).toEqual([])
  })
})
