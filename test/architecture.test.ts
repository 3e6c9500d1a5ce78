import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type IConfiguration } from 'dependency-cruiser'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { allFiles, isTest } from '../docs/generate/scan.ts'
import { root } from '../docs/generate/ids.ts'

/** Names that reach out of a pure function: the clock, chance, the network, the environment, timers. */
const OUTSIDE = new Set(['fetch', 'setTimeout', 'setInterval', 'process', 'crypto', 'performance', 'localStorage'])

/** Where a file asks the clock, chance or the world: `Date.now()`, `new Date()` without arguments, `Math.random()`, I/O. */
const impurities = (file: string): string[] => {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const text = node.getText(source)
    const isAsked =
      (ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random|Temporal\.Now|console\.\w+)$/.test(text)) ||
      (ts.isNewExpression(node) && text.startsWith('new Date') && (node.arguments?.length ?? 0) === 0) ||
      (ts.isCallExpression(node) &&
        ts.isIdentifier(node.expression) &&
        ['Date', ...OUTSIDE].includes(node.expression.text)) ||
      (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && OUTSIDE.has(node.expression.text))
    if (isAsked)
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1} ${text.slice(0, 60)}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

describe('architecture', () => {
  it('worker/method and worker/rules have no clock, no chance and no I/O', () => {
    const pure = allFiles().filter((file) => /^worker\/(method|rules)\//.test(file) && !isTest(file))
    expect(pure.length).toBeGreaterThan(50)
    expect(pure.flatMap(impurities)).toEqual([])
  })

  it('imports follow the arrows of .dependency-cruiser.cjs', async () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration
    const { output } = await cruise(['schemas', 'worker', 'plugin'], {
      ...config.options,
      ruleSet: { forbidden: config.forbidden ?? [] },
      validate: true,
      baseDir: root,
    })
    const { summary } = output as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } }
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })
})
