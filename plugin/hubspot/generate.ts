import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { actions } from '../../schemas/actions/index.ts'
import { actionComponent, isOffered } from './action.ts'
import { appComponent } from './app.ts'
import { cardComponents, cardFiles } from './cards.ts'
import { FOLDERS, PLATFORM } from './names.ts'
import type { ProjectWish } from './options.ts'
import { readme } from './readme.ts'
import type { Component } from './schema.ts'
import { webhooksComponent } from './webhooks.ts'

const SOURCE = 'src'
/** Beside the project: what was written here, so that nothing else is ever overwritten. */
export const MANIFEST = 'ladder-project.json'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const fileOf = ({ type, uid }: Component): string => {
  const name = uid.replace(/^ladder_(action_)?/, '').replaceAll('_', '-')
  return `${SOURCE}/${FOLDERS[type].folder}/${name}-hsmeta.json`
}

/** Every component of the project. The same wish makes the same ones. */
export const projectComponents = (wish: ProjectWish): Component[] => [
  appComponent(wish),
  webhooksComponent(wish),
  ...cardComponents(wish),
  ...actions.filter((def) => isOffered(def, wish.carrier)).map((def) => actionComponent(def, wish)),
]

/** Every file of the developer project by its path. */
export const projectFiles = (wish: ProjectWish): Map<string, string> =>
  new Map([
    ['hsproject.json', json({ name: 'ladder', srcDir: SOURCE, platformVersion: PLATFORM })],
    ['README.md', readme(wish)],
    ...projectComponents(wish).map((component): [string, string] => [fileOf(component), json(component)]),
    ...cardFiles(wish).map(([file, text]): [string, string] => [`${SOURCE}/${file}`, text]),
  ])

/** What became of writing a project: the files, or those that stand in the way and aren't Ladder's. */
export type Written = { ok: true; files: string[]; removed: string[] } | { ok: false; foreign: string[] }

/**
 * Writes a project into a folder. A file that Ladder didn't write there, or that somebody changed since, is never overwritten
 * or removed: then nothing is written at all.
 */
export const writeProject = async (dir: string, files: ReadonlyMap<string, string>): Promise<Written> => {
  const before = await manifestOf(dir)
  const superfluous = Object.keys(before).filter((file) => !files.has(file) && existsSync(path.join(dir, file)))
  const foreign: string[] = []
  for (const file of [...files.keys(), ...superfluous]) {
    const there = await textOf(path.join(dir, file))
    if (there !== null && hashOf(there) !== before[file] && there !== files.get(file)) foreign.push(file)
  }
  if (foreign.length > 0) return { ok: false, foreign }
  for (const file of superfluous) await rm(path.join(dir, file))
  for (const [file, text] of files) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true })
    await writeFile(path.join(dir, file), text)
  }
  const written = Object.fromEntries([...files].map(([file, text]) => [file, hashOf(text)]))
  await writeFile(path.join(dir, MANIFEST), json({ files: written }))
  return { ok: true, files: [...files.keys()], removed: superfluous }
}

const textOf = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null)

const manifestOf = async (dir: string): Promise<Record<string, string>> => {
  const text = await textOf(path.join(dir, MANIFEST))
  try {
    const { files } = JSON.parse(text ?? '{}') as { files?: Record<string, string> }
    return files ?? {}
  } catch {
    return {}
  }
}
