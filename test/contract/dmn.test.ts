import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import * as ownRules from '../../worker/rules/index.ts'
import * as ownValues from '../../worker/rules/values.ts'
import { INSTEAD, root } from '../../plugin/runtime/bundle.ts'
import type { Value } from '../../worker/rules/types.ts'
import { readXml, type Element } from '../../worker/rules/xml.ts'

/**
 * The cases of the DMN technology compatibility kit. They lie beside the repository, not in it; `LADDER_DMN_CASES` names
 * another folder of the same layout, for example the whole kit.
 */
const folder = process.env['LADDER_DMN_CASES'] ?? join(import.meta.dirname, '../../../shared/conformance/dmn')
const cases = existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : []

type Rules = Pick<typeof ownRules, 'compileModel' | 'readDmn'> & Pick<typeof ownValues, 'asTemporal'>

const { isRecord } = ownValues

/** The rules as the Worker has them: bundled, with its own part of Temporal. */
async function rulesOfWorker(): Promise<Rules> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { compileModel, readDmn } from './index.ts'; export { asTemporal } from './values.ts'`,
      resolveDir: join(root, 'worker/rules'),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    define: { LADDER_WORKER: 'true' },
    alias: INSTEAD,
    write: false,
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  return (await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)) as Rules
}

const SIDES: [string, Rules][] = [
  ['the command', { ...ownRules, ...ownValues }],
  ['the Worker', await rulesOfWorker()],
]

const all = (element: Element, name: string): Element[] => element.children.filter((child) => child.name === name)
const attribute = (element: Element, name: string): string => element.attributes.get(name) ?? ''

/** A value of a test case, typed by its xsi:type; components, lists and nil as the kit writes them. */
function valueOf(element: Element, asTemporal: Rules['asTemporal']): Value {
  const list = all(element, 'list')[0]
  if (list) return isNil(list) ? null : all(list, 'item').map((item) => valueOf(item, asTemporal))
  const components = all(element, 'component')
  if (components.length > 0)
    return Object.fromEntries(
      components.map((component) => [attribute(component, 'name'), valueOf(component, asTemporal)]),
    )
  const value = all(element, 'value')[0]
  if (!value || isNil(value)) return null
  const type = [...value.attributes].find(([name]) => name.endsWith(':type'))?.[1].replace(/^.*:/, '') ?? 'string'
  const text = value.text
  if (type === 'boolean') return text.trim() === 'true'
  if (/^(decimal|double|integer|int|long|float)$/.test(type)) return Number(text)
  if (type === 'date' || type === 'time' || type === 'dateTime') return asTemporal(type, text.trim())
  if (type === 'duration')
    return asTemporal('yearMonthDuration', text.trim()) ?? asTemporal('dayTimeDuration', text.trim())
  return text
}

function isNil(element: Element): boolean {
  return [...element.attributes].some(([name, value]) => name.endsWith(':nil') && value === 'true')
}

/** Equal as the kit compares: numbers to 8 places, dates by their text. */
function settled(value: Value): unknown {
  if (typeof value === 'number') return Math.round(value * 1e8) / 1e8
  if (Array.isArray(value)) return value.map(settled)
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, settled(item)]))
  return value !== null && typeof value === 'object' ? String(value) : value
}

describe.skipIf(cases.length === 0).each(SIDES)(
  'DMN compatibility kit, by %s',
  (_side, { compileModel, readDmn, asTemporal }) => {
    for (const { name } of cases) {
      const files = readdirSync(join(folder, name))
      const modelFile = files.find((file) => file.endsWith('.dmn'))
      for (const file of files.filter((each) => /-test-.*\.xml$/.test(each))) {
        const document = readXml(readFileSync(join(folder, name, file), 'utf8'))
        if (!document.ok) throw new Error(`${file}: ${document.message.en}`)
        const wanted = all(document.root, 'modelName')[0]?.text.trim() ?? ''
        const source = files.includes(wanted) ? wanted : (modelFile ?? '')
        const read = readDmn(readFileSync(join(folder, name, source), 'utf8'))
        const model = read.ok ? compileModel(read.model, { regions: false }) : null
        for (const testCase of all(document.root, 'testCase')) {
          const inputs = Object.fromEntries(
            all(testCase, 'inputNode').map((node) => [attribute(node, 'name'), valueOf(node, asTemporal)]),
          )
          for (const result of all(testCase, 'resultNode')) {
            const decision = attribute(result, 'name')
            it(`${name} ${attribute(testCase, 'id')}: ${decision}`, () => {
              expect(read.issues.filter((issue) => issue.severity === 'error')).toEqual([])
              const expected = all(result, 'expected')[0]
              const value = model?.decide(decision, inputs).value ?? null
              expect(settled(value)).toEqual(expected ? settled(valueOf(expected, asTemporal)) : null)
            })
          }
        }
      }
    }
  },
)

describe('DMN compatibility kit, presence', () => {
  it.skipIf(cases.length > 0)(
    'is not here: the folder ../shared/conformance/dmn is absent, nothing was compared',
    () => {
      expect(cases).toEqual([])
    },
  )
})
