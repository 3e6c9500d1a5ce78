import { buildSync } from 'esbuild'
import path from 'node:path'
import { type Carrier, standardType } from '../../worker/crm/hubspot/layout.ts'
import { data } from '../twenty/inside/data.ts'
import { OBJECT_CARD_UID, CARD_UID, SETTINGS_UID } from './names.ts'
import { cardUrl, type ProjectWish } from './options.ts'
import type { Component } from './schema.ts'

type CardComponent = Extract<Component, { type: 'card' }>

/** What the cards are run with: HubSpot builds them anew from the folder's sources. */
const CARD_PACKAGES = { '@hubspot/ui-extensions': '0.17.0', react: '18.3.1' } as const

const CARD_FILE = '/app/cards/LadderCard.jsx'
const SETTINGS_FILE = '/app/settings/LadderSettings.jsx'

/** HubSpot's words for the objects that a card is on: its own in plural, the account's custom ones by `p_` and their name. */
const custom = (object: string): string =>
  `p_ladder_${object.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

/** Custom objects that belong to one customer. */
const OBJECTS = ['development', 'escalation', 'tierRating', 'participation', 'holding', 'occasion']

const card = (uid: string, objectTypes: string[]): CardComponent => ({
  uid,
  type: 'card',
  config: {
    name: 'Ladder',
    description: '客户等级、开发阶段、联系、督办与营销活动。 Tier, stages, contacts, escalations and campaigns.',
    location: 'crm.record.tab',
    entrypoint: CARD_FILE,
    objectTypes,
  },
})

/** The cards on records and the settings page. */
export const cardComponents = ({ carrier, objectCards }: ProjectWish): Component[] => [
  card(CARD_UID, ['companies', 'contacts', ...(carrier === 'deal' ? ['deals'] : [])]),
  ...(objectCards && carrier === 'custom' ? [card(OBJECT_CARD_UID, OBJECTS.map(custom))] : []),
  { uid: SETTINGS_UID, type: 'settings', config: { entrypoint: SETTINGS_FILE } },
]

/** How a card names a development to Ladder: by HubSpot's own type, or by the custom object's name. */
const developmentType = (carrier: Carrier): string => standardType(carrier, 'development') ?? 'ladder_development'

const SOURCE = path.join(import.meta.dirname, 'cards', 'extend.tsx')

/** The model's texts are written in: the schemas themselves don't go into HubSpot. */
const written = (code: string): string =>
  code.replace(/import \{ data \} from "[^"]*data\.ts";\n/, () => `var data = ${JSON.stringify(data)};\n`)

/** What was built in this process: the same page of the same Ladder is the same script. */
const built = new Map<string, string>()

/** One script for each page, of what is beside this file: HubSpot takes it as it is. */
const script = (page: 'card' | 'settings', wish: ProjectWish): string => {
  const define = {
    LADDER_PAGE: JSON.stringify(page),
    LADDER_CARDS_URL: JSON.stringify(cardUrl(wish)),
    LADDER_DEVELOPMENTS: JSON.stringify(developmentType(wish.carrier)),
  }
  const key = JSON.stringify(define)
  const text = built.get(key) ?? build(define)
  built.set(key, text)
  return text
}

const build = (define: Record<string, string>): string => {
  const result = buildSync({
    entryPoints: [SOURCE],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    banner: { js: '// Made by `npx ladder hubspot project`.' },
    minifySyntax: true,
    charset: 'utf8',
    external: ['react', '@hubspot/ui-extensions', './data.ts'],
    define,
    logLevel: 'silent',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error('the cards could not be built')
  return written(file.text)
}

/** Every file of what runs inside HubSpot besides the components, by its path under the source folder. */
export const cardFiles = (wish: ProjectWish): [file: string, text: string][] => {
  const packages = (name: string): string =>
    `${JSON.stringify({ name, version: '1.0.0', private: true, type: 'module', dependencies: CARD_PACKAGES }, null, 2)}\n`
  return [
    [CARD_FILE.slice(1), script('card', wish)],
    ['app/cards/package.json', packages('ladder-cards')],
    [SETTINGS_FILE.slice(1), script('settings', wish)],
    ['app/settings/package.json', packages('ladder-settings')],
  ]
}
