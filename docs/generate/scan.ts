import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { idsIn, root, type MethodId } from './ids.ts'

/** A test by what it says, and the ids that it checks. */
export interface FoundTest {
  file: string
  title: string
  ids: Set<string>
  isExact: boolean
}

const FOLDERS = ['schemas', 'worker', 'plugin', 'test']

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.ts') && !/node_modules|test\/fixtures/.test(name))
    .sort()

export const allFiles = (): string[] => FOLDERS.flatMap(filesOf)
export const isTest = (file: string): boolean => file.endsWith('.test.ts')
export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const calleeName = (node: ts.Expression): string =>
  ts.isIdentifier(node)
    ? node.text
    : ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)
      ? calleeName(node.expression)
      : ''

/** A title's fixed words; `${…}` becomes `…`. */
const titleOf = (node: ts.Expression | undefined): { title: string; startsOpen: boolean } | undefined => {
  if (!node) return undefined
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return { title: node.text, startsOpen: /^[%$]/.test(node.text) }
  if (!ts.isTemplateExpression(node)) return undefined
  const title = node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
  return { title, startsOpen: node.head.text === '' }
}

/** Ids that stand as whole texts in a test file or in what it imports from beside it: those that `${id}: …` stands for. */
const listedIds = (file: string, source: ts.SourceFile, all: readonly MethodId[]): Set<string> => {
  const imported = source.statements.flatMap((node) =>
    ts.isImportDeclaration(node) &&
    ts.isStringLiteral(node.moduleSpecifier) &&
    /^\.\/kit/.test(node.moduleSpecifier.text)
      ? [relative(root, join(root, dirname(file), node.moduleSpecifier.text))]
      : [],
  )
  const texts = [file, ...imported].map(read).join('\n')
  return new Set(all.map(({ id }) => id).filter((id) => texts.includes(`'${id}'`)))
}

const testsOf = (file: string, all: readonly MethodId[]): FoundTest[] => {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
  const found: FoundTest[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['it', 'test'].includes(calleeName(node.expression))) {
      const said = titleOf(node.arguments[0])
      if (said) {
        const { exact, inRange } = idsIn(said.title, all)
        const open = said.startsOpen ? listedIds(file, source, all) : new Set<string>()
        const ids = new Set([...exact, ...open])
        if (ids.size > 0) found.push({ file, title: said.title, ids, isExact: true })
        if (inRange.size > 0) found.push({ file, title: said.title, ids: inRange, isExact: false })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Every test that names an id of the method. */
export const scanTests = (all: readonly MethodId[]): FoundTest[] =>
  allFiles()
    .filter(isTest)
    .flatMap((file) => testsOf(file, all))
