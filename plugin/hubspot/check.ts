import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type * as z from 'zod'
import { crossCheck } from './cross-check.ts'
import { FOLDERS, isComponentType } from './names.ts'
import { parsedNodes } from './parser.ts'
import { type Component, componentSchema, packagesSchema, projectSchema } from './schema.ts'

/** Something wrong in a project: in which file, and what. */
export interface ProjectProblem {
  file: string
  message: string
}

export interface ProjectCheck {
  components: { file: string; component: Component }[]
  problems: ProjectProblem[]
}

const META = '-hsmeta.json'

const issuesOf = (file: string, error: z.ZodError): ProjectProblem[] =>
  error.issues.map(({ path: at, message }) => ({
    file,
    message: `${at.map(String).join('.') || 'the file'}: ${message}`,
  }))

const readJson = async (dir: string, file: string): Promise<{ value: unknown } | { problem: ProjectProblem }> => {
  const text = await readFile(path.join(dir, file), 'utf8').catch(() => null)
  if (text === null) return { problem: { file, message: 'is missing' } }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { problem: { file, message: `is not JSON: ${error instanceof Error ? error.message : 'unreadable'}` } }
  }
}

/** Values of every `entrypoint` in a component: files of the project. */
const entrypointsOf = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'entrypoint' && typeof inner === 'string' ? [inner] : entrypointsOf(inner),
  )
}

const checkFile = async (
  dir: string,
  source: string,
  name: string,
): Promise<{ problems: ProjectProblem[]; component?: Component }> => {
  const file = `${source}/${name}`
  const read = await readJson(dir, file)
  if ('problem' in read) return { problems: [read.problem] }
  const { value } = read
  const problems: ProjectProblem[] = []
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  const folder = path.posix.dirname(name)
  if (!isComponentType(type)) problems.push({ file, message: `type: ${String(type)} is none of Ladder's components` })
  else if (FOLDERS[type].folder !== folder)
    problems.push({ file, message: `a component of type ${type} belongs into ${source}/${FOLDERS[type].folder}` })
  for (const entrypoint of entrypointsOf(value))
    if (!existsSync(path.join(dir, source, entrypoint))) problems.push({ file, message: `there is no ${entrypoint}` })
  const parsed = componentSchema.safeParse(value)
  if (!parsed.success)
    return { problems: [...problems, ...(isComponentType(type) ? issuesOf(file, parsed.error) : [])] }
  return { problems, component: parsed.data }
}

/**
 * Files beside the components: the scripts that cards and settings name, which ask Ladder alone, and the lists of packages of
 * their folders. Nothing uses any other.
 */
const checkScripts = async (
  dir: string,
  source: string,
  names: readonly string[],
  components: ProjectCheck['components'],
): Promise<ProjectProblem[]> => {
  const problems: ProjectProblem[] = []
  const scripts = new Set(components.flatMap(({ component }) => entrypointsOf(component)).map((name) => name.slice(1)))
  const folders = new Set([...scripts].map((name) => path.posix.dirname(name)))
  const allowed = components.flatMap(({ component }) =>
    component.type === 'app' ? component.config.permittedUrls.fetch : [],
  )
  for (const folder of folders) {
    const file = `${source}/${folder}/package.json`
    const read = await readJson(dir, file)
    if ('problem' in read) problems.push(read.problem)
    else {
      const parsed = packagesSchema.safeParse(read.value)
      if (!parsed.success) problems.push(...issuesOf(file, parsed.error))
    }
  }
  for (const name of names.filter((one) => !one.endsWith(META))) {
    const file = `${source}/${name}`
    if (scripts.has(name)) {
      const text = await readFile(path.join(dir, file), 'utf8')
      for (const [url] of text.matchAll(/https?:\/\/[^"'`\s]+\/cards\/hubspot\//g))
        if (!allowed.some((one) => url.startsWith(`${one}/`)))
          problems.push({ file, message: `${url} isn't among the app's permittedUrls.fetch` })
    } else if (!(path.posix.basename(name) === 'package.json' && folders.has(path.posix.dirname(name))))
      problems.push({ file, message: 'no component of Ladder uses this file' })
  }
  return problems
}

/**
 * Checks a developer project without an account: each file by itself, all of them together, and last with HubSpot's own
 * parser, which leaves out what it can't read instead of saying so.
 */
export const checkProject = async (dir: string): Promise<ProjectCheck> => {
  const project = await readJson(dir, 'hsproject.json')
  if ('problem' in project) return { components: [], problems: [project.problem] }
  const parsed = projectSchema.safeParse(project.value)
  if (!parsed.success) return { components: [], problems: issuesOf('hsproject.json', parsed.error) }
  const { srcDir, platformVersion } = parsed.data
  const all = await readdir(path.join(dir, srcDir), { recursive: true, withFileTypes: true }).catch(() => [])
  const names = all
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(path.join(dir, srcDir), path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    )
    .sort()
  const problems: ProjectProblem[] = []
  const components: ProjectCheck['components'] = []
  const metas = names.filter((name) => name.endsWith(META))
  for (const name of metas) {
    const checked = await checkFile(dir, srcDir, name)
    problems.push(...checked.problems)
    if (checked.component) components.push({ file: `${srcDir}/${name}`, component: checked.component })
  }
  problems.push(...(await checkScripts(dir, srcDir, names, components)))
  problems.push(...crossCheck(components))
  const nodes = await parsedNodes(path.join(dir, srcDir), platformVersion)
  if (!nodes.ok) problems.push({ file: srcDir, message: `HubSpot's parser: ${nodes.message}` })
  else if (nodes.count !== metas.length)
    problems.push({
      file: srcDir,
      message: `HubSpot's parser finds ${nodes.count} components in ${metas.length} files`,
    })
  return { components, problems }
}
