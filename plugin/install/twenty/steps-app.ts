import { APP_ID } from '../../twenty/ids.ts'
import { packageVersion } from '../../twenty/generate.ts'
import { buildApp, checksumOf, tarballOf, type BuiltApp } from './build.ts'
import { changed, failed, type Step } from '../step.ts'
import type { Context } from './context.ts'
import { differencesOf } from './compare.ts'
import { lint } from './lint.ts'
import type { Manifest } from '../../twenty/manifest.ts'
import type { Problem, Result } from '../problem.ts'
import { compareVersions, type ServerFacts, type ServerMetadata } from './server.ts'
import { listOf, t } from '../said/index.ts'

interface SyncAction {
  type: string
  metadataName: string
}

/** What Twenty itself would do with the manifest, without doing it. Its refusals name the cause. */
const dryRun = async ({ client }: Context, app: BuiltApp): Promise<Result<SyncAction[]>> => {
  const answer = await client.metadata<{ syncApplication: { actions: SyncAction[] } }>(
    `mutation SyncApplication($manifest: JSON!, $dryRun: Boolean) {
      syncApplication(manifest: $manifest, dryRun: $dryRun) { applicationUniversalIdentifier actions }
    }`,
    { manifest: app.manifest, dryRun: true },
  )
  return answer.ok ? { ok: true, value: answer.value.syncApplication.actions } : answer
}

const WORDS: Readonly<Record<string, string>> = {
  objectMetadata: 'objects',
  fieldMetadata: 'fields',
  view: 'views',
  viewGroup: 'kanban columns',
  navigationMenuItem: 'navigation items',
  role: 'roles',
  index: 'indexes',
  frontComponent: 'components',
  logicFunction: 'functions',
  commandMenuItem: 'commands',
  pageLayout: 'pages',
  pageLayoutTab: 'tabs',
  pageLayoutWidget: 'widgets',
}

/** Actions as `create: 11 objects, 3 fields …`, those of Twenty's own followers left out. */
export const actionLines = (actions: SyncAction[]): string[] =>
  ['create', 'update', 'delete'].flatMap((type) => {
    const counts = Object.entries(WORDS).flatMap(([name, word]) => {
      const count = actions.filter((action) => action.type === type && action.metadataName === name).length
      return count > 0 ? [t`${count} ${word}`] : []
    })
    return counts.length > 0 ? [t`${type}: ${listOf(counts, ', ')}`] : []
  })

/** A first install in our own counts: Twenty's mix in what it makes for itself. */
const wholeLine = ({ objects, fields, views, roles, ...code }: Manifest): string => {
  const own = objects.reduce((sum, object) => sum + object.fields.length, 0)
  const inside = t`${code.frontComponents.length} components, ${code.logicFunctions.length} functions, ${code.commandMenuItems.length} commands`
  return t`create: ${objects.length} objects, ${own + fields.length} fields, ${views.length} views, a folder with them, ${roles.length} roles, ${inside}`
}

/** Builds the app, checks it by our own rules against this CRM, then lets Twenty check it. Writes nothing. */
export const buildStep = async (
  context: Context,
  server: ServerMetadata,
): Promise<{ step: Step; app?: BuiltApp; actions?: SyncAction[] }> => {
  const name = 'Build and check the app'
  const built = await buildApp(context.progress, context.options.buildDir)
  if (!built.ok) return { step: failed(name, built.problem) }
  const found: Problem[] = lint(built.value.manifest, server)
  if (found.length > 0) return { step: failed(name, ...found) }
  context.progress('Asking Twenty what it would do')
  const actions = await dryRun(context, built.value)
  if (!actions.ok) return { step: failed(name, actions.problem) }
  const { objects, fields, views } = built.value.manifest
  const own = objects.map((object) => t`${object.nameSingular} ${object.fields.length}`)
  const lines = [
    t`${objects.length} objects with their fields: ${own.join(', ')}`,
    t`${fields.length} fields on objects of Twenty, ${views.length} views`,
  ]
  return { step: { name, state: 'unchanged', lines }, app: built.value, actions: actions.value }
}

/** The next version that Twenty takes: the package's own, or one above what is there. */
const nextVersion = async ({ installed, published }: ServerFacts): Promise<string> => {
  const own = await packageVersion()
  const there = [installed?.version, published]
    .filter((version) => version !== undefined)
    .sort(compareVersions)
    .at(-1)
  if (there === undefined || compareVersions(own, there) > 0) return own
  const [major = 0, minor = 0, patch = 0] = (there.split('-')[0] ?? '').split('.').map(Number)
  return `${major}.${minor}.${patch + 1}`
}

/** Sends the app and installs it, or upgrades it; nothing when this very content is installed and whole. */
export const installStep = async (
  { client, progress }: Context,
  facts: ServerFacts,
  server: ServerMetadata,
  { app, actions }: { app: BuiltApp; actions: SyncAction[] },
  write: boolean,
): Promise<Step> => {
  const name = 'Install the app'
  const { installed } = facts
  const isSame = installed !== undefined && installed.checksum === checksumOf(app, installed.version)
  // Somebody took a part away, and Twenty would put it back. An owner's own columns and widths are no such thing.
  const isBroken = actionLines(actions).length > 0 && differencesOf(app.manifest, server).length > 0
  if (isSame && !isBroken) return { name, state: 'unchanged', lines: [t`version ${installed.version} is installed`] }
  const version = await nextVersion(facts)
  const what = installed ? t`upgrade ${installed.version} → ${version}` : t`install version ${version}`
  const lines = [
    isSame ? t`${what}, to put back what is missing` : what,
    ...(installed ? actionLines(actions) : [wholeLine(app.manifest)]),
  ]
  const calls = ['UploadAppTarball (metadata API)', 'InstallApplication (metadata API)']
  if (!write) return { name, state: 'planned', lines, calls }
  progress(t`Sending version ${version} of the app`)
  const sent = await client.upload(tarballOf(app, version))
  if (!sent.ok) return failed(name, sent.problem)
  progress(t`Twenty installs version ${version}: up to a few minutes`)
  const done = await client.metadata(
    `mutation InstallApplication($universalIdentifier: String!) {
      installApplication(universalIdentifier: $universalIdentifier) { id }
    }`,
    { universalIdentifier: APP_ID },
  )
  if (!done.ok && !done.problem.what.includes('already installed')) return failed(name, done.problem)
  return { name, state: changed(write), lines, calls }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Waits until REST knows the new objects: Twenty builds its schema anew after an install. */
export const readyStep = async (
  { client, progress }: Context,
  plurals: readonly string[],
  timeoutMs = 120_000,
): Promise<Step> => {
  const name = 'Wait for the new objects'
  const end = Date.now() + timeoutMs
  for (const plural of plurals) {
    for (;;) {
      const answer = await client.rest('GET', `/rest/${plural}?limit=1`)
      if (answer.ok) break
      if (Date.now() > end || !/not found|HTTP 5/.test(answer.problem.what)) return failed(name, answer.problem)
      progress(t`Waiting until Twenty knows ${plural}`)
      await pause(1000)
    }
  }
  return { name, state: 'unchanged', lines: ['every object answers'] }
}
