import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from '../../runtime/bundle.ts'
import { CHINESE, chineseOf, t } from './index.ts'

const FOLDERS = ['plugin/install', 'plugin/install/hubspot', 'plugin/install/twenty', 'plugin/cli/doctor']

/** Every text in the installer's sources, and which are made by `t`. */
const textsOf = (folder: string): { all: string[]; made: string[] } => {
  const texts = { all: [] as string[], made: [] as string[] }
  for (const file of readdirSync(join(root, folder)).filter((name) => /(?<!\.test)\.ts$/.test(name))) {
    const source = readFileSync(join(root, folder, file), 'utf8')
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.all.push(node.text)
      if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) texts.all.push(node.name.text)
      if (ts.isTemplateExpression(node)) {
        const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}')
        texts.all.push(text)
        if (ts.isTaggedTemplateExpression(node.parent)) texts.made.push(text)
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true))
  }
  return texts
}

describe('what the installer says', () => {
  const texts = FOLDERS.map(textsOf)

  it('everything that is made of something has its Chinese', () => {
    const made = texts.flatMap((one) => one.made)
    expect(made.length).toBeGreaterThan(100)
    expect(made.filter((text) => CHINESE[text] === undefined)).toEqual([])
  })

  it('nothing Chinese is left over from what is said no more', () => {
    const all = new Set(texts.flatMap((one) => one.all))
    expect(Object.keys(CHINESE).filter((text) => !all.has(text))).toEqual([])
  })

  it('each fills in as many places as there are', () => {
    const places = (text: string): number => text.match(/\{\d*\}/g)?.length ?? 0
    expect(Object.entries(CHINESE).filter(([en, zh]) => places(en) !== places(zh))).toEqual([])
  })

  it('a text keeps its Chinese by what it says, with its parts in Chinese too', () => {
    const line = t`connect account ${'bank'} at ${'https://ladder.example'}`
    expect(line).toBe('connect account bank at https://ladder.example')
    const skew = t`its clock is ${7} s ${'behind'} this machine's`
    expect(
      chineseOf({ checks: [{ message: line }, { message: skew, todo: 'Run it again.' }], left: 'as it is' }),
    ).toEqual({
      [line]: '在 https://ladder.example 接入账户 bank',
      [skew]: '其时钟比本机慢 7 秒',
      'Run it again.': '请重新执行。',
    })
  })
})
