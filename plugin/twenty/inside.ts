import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { idOf, recordPageId } from './ids.ts'
import { data } from './inside/data.ts'
import type { TabObject } from './inside/kinds.ts'
import type { ManifestFrontComponent, ManifestTab } from './manifest.ts'

const TABS: readonly TabObject[] = ['company', 'person', 'development']

const componentId = (name: string): string => idOf(`front-component/${name}`)

/** What each front component is made of: the body of the function that is the component. */
interface Made extends ManifestFrontComponent {
  from: string
  uses: string
  body: string
}

const made: Made[] = TABS.map((object) => ({
  universalIdentifier: componentId(`${object}-tab`),
  name: `ladder-${object}`,
  description: `Stages, tier, contact, escalations and campaigns on the page of a ${object}.`,
  from: 'record-tab.tsx',
  uses: 'RecordTab',
  body: `<RecordTab object="${object}" />`,
}))

export const frontComponents: ManifestFrontComponent[] = made.map(({ universalIdentifier, name, description }) => ({
  universalIdentifier,
  name,
  description,
}))

/** The tab "Ladder" on the pages of company, person and development. */
export const recordTabs: ManifestTab[] = TABS.map((object) => ({
  universalIdentifier: idOf(`page-layout-tab/${object}`),
  pageLayoutUniversalIdentifier: recordPageId(object),
  title: 'Ladder',
  position: 15,
  icon: 'IconStairsUp',
  layoutMode: 'VERTICAL_LIST',
  widgets: [
    {
      universalIdentifier: idOf(`page-layout-widget/${object}`),
      title: 'Ladder',
      type: 'FRONT_COMPONENT',
      configuration: {
        configurationType: 'FRONT_COMPONENT',
        frontComponentUniversalIdentifier: componentId(`${object}-tab`),
      },
    },
  ],
}))

const SOURCES = path.join(import.meta.dirname, 'inside')

/** Types of the model that the components name: the schemas themselves don't go into the app. */
const MODEL = `export interface Label {\n  en: string\n  zh: string\n}\n`

const DATA = `import type { Label } from './model.ts'

export type Choices = readonly { code: string; label: Label }[]

export const data = ${JSON.stringify(data, null, 2)} satisfies Record<string, Choices>
`

/** The sources of what runs inside Twenty, as the app's source tree has them: in \`src/inside\`, without the schemas. */
const sharedFiles = (): [name: string, text: string][] => {
  const names = readdirSync(SOURCES).filter(
    (name) => /\.tsx?$/.test(name) && !/(\.test\.tsx?|^testing\.ts)$/.test(name),
  )
  return names.sort().map((name) => {
    const text = name === 'data.ts' ? DATA : readFileSync(path.join(SOURCES, name), 'utf8')
    return [`src/inside/${name}`, text.replaceAll(/'(?:\.\.\/)+schemas\/model\/define\.ts'/g, "'./model.ts'")]
  })
}

const componentSource = ({ universalIdentifier, name, description, from, uses, body }: Made): string =>
  `import { defineFrontComponent } from 'twenty-sdk/define'
import { ${uses} } from '../inside/${from}'

const Component = () => ${body}

export default defineFrontComponent({
  universalIdentifier: ${JSON.stringify(universalIdentifier)},
  name: ${JSON.stringify(name)},
  description: ${JSON.stringify(description)},
  component: Component,
})
`

/** Every source file of the given components. */
export const componentFiles = (components: readonly ManifestFrontComponent[]): [name: string, text: string][] => {
  const ids = new Set(components.map(({ universalIdentifier }) => universalIdentifier))
  return [
    ...sharedFiles(),
    ['src/inside/model.ts', MODEL],
    ...made
      .filter(({ universalIdentifier }) => ids.has(universalIdentifier))
      .map((one): [string, string] => [`src/front-components/${one.name}.front-component.tsx`, componentSource(one)]),
  ]
}
