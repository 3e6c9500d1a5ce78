import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generated } from '../docs/generate/files.ts'
import { root } from '../docs/generate/ids.ts'

const documents = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts

describe('the documents', () => {
  it('those that are generated are up to date: npm run docs', async () => {
    for (const { file, text } of await generated()) expect(readFileSync(join(root, file), 'utf8'), file).toBe(text)
  })

  it.each(documents)('%s: links lead to files that are there', (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([])
  })

  it.each(documents)('%s: every npm script that it names is there', (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const named = [...text.matchAll(/npm run ([a-z-]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('every command of ladder that a document shows exists', async () => {
    const { readFile } = await import('node:fs/promises')
    const source = await Promise.all(
      readdirSync(join(root, 'plugin/cli/commands')).map((name) =>
        readFile(join(root, 'plugin/cli/commands', name), 'utf8'),
      ),
    )
    const known = new Set(
      [...source.join('\n').matchAll(/(?:\.command\(|add\(\s*)'([a-z-]+)/g)].map(([, name = '']) => name),
    )
    const shown = documents.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/npx ladder ([a-z-]+)/g)].map(([, name = '']) => name),
    )
    expect([...new Set(shown)].filter((name) => !known.has(name))).toEqual([])
  })
})
