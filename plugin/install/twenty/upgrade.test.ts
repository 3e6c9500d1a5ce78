import { afterEach, beforeEach, expect, it } from 'vitest'
import { APP_ID, idOf } from '../../twenty/ids.ts'
import type { Manifest } from '../../twenty/manifest.ts'
import { install } from './apply.ts'
import { buildApp, tarballOf } from './build.ts'
import { startBench, type Bench } from './testing.ts'
import { verify } from './verify.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.twenty.close())

const isOther = (code: string): boolean => /^(DEV_)?[B-H]\d*(_|$)|^DEV_[B-H]/.test(code)

/** The app as a version had it that knew DEV-A alone. */
const older = (manifest: Manifest): Manifest => {
  const old = structuredClone(manifest)
  const paper = idOf('object/workingPaper')
  old.objects = old.objects.filter(({ universalIdentifier }) => universalIdentifier !== paper)
  const points = ({
    relationTargetObjectMetadataUniversalIdentifier: to,
  }: {
    relationTargetObjectMetadataUniversalIdentifier?: string
  }) => to === paper
  old.fields = old.fields.filter((field) => !points(field))
  for (const object of old.objects) {
    object.fields = object.fields.filter((field) => !points(field))
    if (object.nameSingular !== 'development') continue
    for (const field of object.fields)
      if (field.options) field.options = field.options.filter(({ value }) => !isOther(value))
  }
  const gone = new Set(
    old.views
      .filter(
        (view) =>
          view.objectUniversalIdentifier === paper ||
          view.filters?.some(({ value }) => Array.isArray(value) && value.some((one) => isOther(one))),
      )
      .map(({ universalIdentifier }) => universalIdentifier),
  )
  old.views = old.views.filter(({ universalIdentifier }) => !gone.has(universalIdentifier))
  for (const role of old.roles)
    role.objectPermissions = (role.objectPermissions ?? []).filter((one) => one.objectUniversalIdentifier !== paper)
  for (const view of old.views)
    if (view.groups) view.groups = view.groups.filter(({ fieldValue }) => !isOther(fieldValue))
  old.navigationMenuItems = old.navigationMenuItems.filter(
    ({ viewUniversalIdentifier: view }) => view === undefined || !gone.has(view),
  )
  return old
}

it('DEV-B … DEV-H: an installation that had DEV-A alone gets the other pipelines with the next apply, once', async () => {
  const app = await buildApp()
  if (!app.ok) throw new Error(app.problem.what)
  const manifest = older(app.value.manifest)
  expect(app.value.manifest.views.length - manifest.views.length).toBe(9)
  const { client } = bench.context({ account: 'bank' })
  expect((await client.upload(tarballOf({ manifest, content: 'older', code: app.value.code }, '0.0.9'))).ok).toBe(true)
  const sent = await client.metadata(
    `mutation InstallApplication($universalIdentifier: String!) {
      installApplication(universalIdentifier: $universalIdentifier) { id }
    }`,
    { universalIdentifier: APP_ID },
  )
  expect(sent.ok).toBe(true)
  const context = () => bench.context({ account: 'bank' })
  expect((await install(context(), true)).problems).toEqual([])
  expect((await verify(context())).problems).toEqual([])
  const again = await install(context(), true)
  expect(again.steps.map(({ state }) => state)).toEqual(again.steps.map(() => 'unchanged'))
}, 600_000)
