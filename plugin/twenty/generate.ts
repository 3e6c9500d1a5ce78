import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ObjectDef } from '../../schemas/model/define.ts'
import { model as ladderModel } from '../../schemas/model/index.ts'
import { twentyApp } from './app.ts'
import { codeFiles } from './sources.ts'
import { catalogsOf } from './locales.ts'
import { printDefine } from './print.ts'

/** The oldest server that the app runs on: the server itself checks it at install. */
export const SERVER_RANGE = '>=2.31.0'
const SDK_VERSION = '2.40.0'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    allowImportingTsExtensions: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ['src'],
}

/**
 * package.json of the app: `version` is what Twenty compares, `engines.twenty` what it enforces. `content` stands for all
 * other files: since Twenty keeps a checksum of this file, it tells whether what is installed is what would be.
 */
export const packageJson = (version: string, content: string): string =>
  json({
    name: 'ladder-for-twenty',
    version,
    license: 'MIT',
    private: true,
    type: 'module',
    engines: { twenty: SERVER_RANGE },
    ladder: { content },
    devDependencies: { 'twenty-client-sdk': SDK_VERSION, 'twenty-sdk': SDK_VERSION },
  })

export interface AppSource {
  files: Map<string, string>
  /** Hash of all files but package.json. */
  content: string
}

/** Every file of the app's source tree by its path, from the model. The same model gives the same files. */
export const appSource = (model: readonly ObjectDef[] = ladderModel): AppSource => {
  const app = twentyApp(model)
  const catalogs = catalogsOf(model)
  const files = new Map<string, string>([
    ['tsconfig.json', json(tsconfig)],
    ['locales/en.json', json(catalogs.en)],
    ['locales/zh-CN.json', json(catalogs['zh-CN'])],
    ['src/application-config.ts', printDefine('defineApplication', app.application)],
  ])
  app.roles.forEach((role, index) => {
    const define = index === 0 ? 'defineApplicationRole' : 'defineRole'
    files.set(`src/roles/${index}.role.ts`, printDefine(define, role))
  })
  for (const object of app.objects)
    files.set(`src/objects/${object.nameSingular}.object.ts`, printDefine('defineObject', object, 'FieldType'))
  for (const field of app.fields)
    files.set(
      `src/fields/${field.name}-${field.universalIdentifier.slice(0, 8)}.field.ts`,
      printDefine('defineField', field, 'FieldType'),
    )
  app.views.forEach((view, index) => {
    files.set(`src/views/${index}.view.ts`, printDefine('defineView', view, 'ViewType'))
  })
  app.navigationMenuItems.forEach((item, index) => {
    files.set(
      `src/navigation-menu-items/${index}.navigation-menu-item.ts`,
      printDefine('defineNavigationMenuItem', item, 'NavigationMenuItemType'),
    )
  })
  for (const [name, text] of codeFiles()) files.set(name, text)
  app.pageLayoutTabs.forEach((tab, index) => {
    files.set(`src/page-layouts/${index}.page-layout-tab.ts`, printDefine('definePageLayoutTab', tab))
  })
  app.pageLayouts.forEach((page, index) => {
    files.set(`src/page-layouts/${index}.page-layout.ts`, printDefine('definePageLayout', page))
  })
  app.commandMenuItems.forEach((item, index) => {
    files.set(`src/commands/${index}.command-menu-item.ts`, printDefine('defineCommandMenuItem', item))
  })
  const content = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex')
    .slice(0, 16)
  files.set('package.json', packageJson('0.0.0', content))
  return { files, content }
}

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Writes the app's source tree into `dir`, which is emptied first, and lets it find twenty-sdk. */
export const writeApp = async (dir: string, files: Map<string, string>): Promise<void> => {
  await rm(dir, { recursive: true, force: true })
  for (const [name, text] of files) {
    const file = path.join(dir, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'))
}

/** Ladder's own version: the least that the app is published as. */
export const packageVersion = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return version
}
