import { optionLabel } from './fields.ts'
import { idOf, objectId, recordPageId } from './ids.ts'
import { words, type Word } from './inside/words.ts'
import type { TabObject } from './inside/kinds.ts'
import type { ManifestCommand, ManifestFrontComponent, ManifestTab } from './manifest.ts'

const TABS: readonly TabObject[] = ['company', 'person', 'development']

export const componentId = (name: string): string => idOf(`front-component/${name}`)

/** A front component and how its source begins: which of `inside/` it is, and with what. */
export interface Component extends ManifestFrontComponent {
  from: string
  uses: string
  element: string
  /** The one on the app's settings page. */
  isSettings?: boolean
  /** Begins without a page of its own. */
  isHeadless?: boolean
}

/** Everything of Ladder's that runs in a user's browser. */
export const components: readonly Component[] = [
  ...TABS.map((object) => ({
    universalIdentifier: componentId(`${object}-tab`),
    name: `ladder-${object}`,
    description: `Stages, tier, contact, escalations and campaigns on the page of a ${object}.`,
    from: 'record-tab.tsx',
    uses: 'RecordTab',
    element: `<RecordTab object="${object}" />`,
  })),
  ...(
    [
      ['rate', 'RateCommand', 'Rates the selected customers.'],
      ['enrol', 'EnrolCommand', 'Puts the selected customers on the list of a campaign.'],
      ['assign', 'AssignCommand', 'Gives the selected records to a relationship manager.'],
    ] as const
  ).map(([name, uses, description]) => ({
    universalIdentifier: componentId(name),
    name: `ladder-${name}`,
    description,
    from: 'commands.tsx',
    uses,
    element: `<${uses} />`,
    isHeadless: true,
  })),
  {
    universalIdentifier: componentId('settings'),
    name: 'ladder-settings',
    description: 'Whether Ladder is connected and well.',
    from: 'settings.tsx',
    uses: 'Settings',
    element: '<Settings />',
    isSettings: true,
  },
]

export const frontComponents: ManifestFrontComponent[] = components.map(
  ({ universalIdentifier, name, description }) => ({ universalIdentifier, name, description }),
)

/** The tab "Ladder" on the pages of company, person and development, after Twenty's first one. */
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

const COMMANDS: readonly { name: Word & ('rate' | 'enrol' | 'assign'); objects: readonly string[] }[] = [
  { name: 'rate', objects: ['company', 'person'] },
  { name: 'enrol', objects: ['company', 'person'] },
  { name: 'assign', objects: ['company', 'person', 'development'] },
]

/** Work on the records that are selected in a list, or on the one that is open. Twenty 2.31 translates no labels of commands. */
export const commands: ManifestCommand[] = COMMANDS.flatMap(({ name, objects }) =>
  objects.map((object) => ({
    universalIdentifier: idOf(`command/${name}/${object}`),
    label: `Ladder: ${optionLabel(words[name])}`,
    shortLabel: optionLabel(words[name]),
    isPinned: false,
    availabilityType: 'RECORD_SELECTION',
    availabilityObjectUniversalIdentifier: objectId(object),
    frontComponentUniversalIdentifier: componentId(name),
  })),
)
