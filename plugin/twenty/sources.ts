import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { actionHandlerSource, functions } from './functions.ts'
import { components, type Component } from './inside.ts'
import { data, plurals } from './inside/data.ts'
import { printDefine } from './print.ts'

const SOURCES = path.join(import.meta.dirname, 'inside')

/** Types of the model that the components name: the schemas themselves don't go into the app. */
const MODEL = `export interface Label {\n  en: string\n  zh: string\n}\n`

const DATA = `import type { Label } from './model.ts'

export type Choices = readonly { code: string; label: Label }[]

export const data = ${JSON.stringify(data, null, 2)} satisfies Record<string, Choices>

export const plurals: Record<string, string> = ${JSON.stringify(plurals, null, 2)}
`

type File = [name: string, text: string]

/** The sources of what runs inside Twenty, as the app's source tree has them: in `src/inside`, without the schemas. */
const sharedFiles = (): File[] =>
  readdirSync(SOURCES)
    .filter((name) => /\.tsx?$/.test(name) && !/(\.test\.tsx?|^testing\.ts)$/.test(name))
    .sort()
    .map((name) => {
      const text = name === 'data.ts' ? DATA : readFileSync(path.join(SOURCES, name), 'utf8')
      return [`src/inside/${name}`, text.replaceAll(/'(?:\.\.\/)+schemas\/model\/define\.ts'/g, "'./model.ts'")]
    })

const componentSource = ({
  universalIdentifier,
  name,
  description,
  from,
  uses,
  element,
  isSettings,
  isHeadless,
}: Component): string => {
  const define = isSettings ? 'defineSettingsFrontComponent' : 'defineFrontComponent'
  return `import { ${define} } from 'twenty-sdk/define'
import { ${uses} } from '../inside/${from}'

const Component = () => ${element}

export default ${define}({
  universalIdentifier: ${JSON.stringify(universalIdentifier)},
  name: ${JSON.stringify(name)},
  description: ${JSON.stringify(description)},
  component: Component,${isHeadless ? '\n  isHeadless: true,' : ''}
})
`
}

const functionSource = (index: number): string => {
  const declared = functions[index]
  if (!declared) return ''
  const { handler, uses } = actionHandlerSource(declared.name)
  return printDefine('defineLogicFunction', declared)
    .replace(
      "from 'twenty-sdk/define'\n",
      `from 'twenty-sdk/define'\nimport { ${uses} } from '../inside/functions.ts'\n`,
    )
    .replace('defineLogicFunction({\n', `defineLogicFunction({\n  handler: ${handler},\n`)
}

/** Every source file of what runs in Twenty: components, functions, and what they share. */
export const codeFiles = (): File[] => [
  ...sharedFiles(),
  ['src/inside/model.ts', MODEL],
  ...components.map((one): File => [`src/front-components/${one.name}.front-component.tsx`, componentSource(one)]),
  ...functions.map(({ name }, index): File => [`src/logic-functions/${name}.logic-function.ts`, functionSource(index)]),
]
