import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packTarball } from '../../../install/twenty/tarball.ts'
import { startTwentySandbox } from '../index.ts'
import type { TwentySandbox } from '../index.ts'
import { id, manifest } from './testing.ts'

interface Layout {
  getViews: { id: string; universalIdentifier: string; name: string; isActive: boolean; viewGroups: { id: string }[] }[]
  navigationMenuItems: { id: string; name: string | null; folderId: string | null }[]
  getRoles: { id: string; label: string }[]
}

interface Action {
  type: string
  metadataName: string
  universalIdentifier?: string
  update?: object
}

describe('views, navigation and roles of an app', () => {
  let sandbox: TwentySandbox

  const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
    const answer = await fetch(`${sandbox.url}/metadata`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] }
    if (errors) throw new Error(errors[0]?.message)
    return data
  }
  const layout = (): Promise<Layout> =>
    ask(
      '{ getViews { id universalIdentifier name isActive viewGroups { id } } navigationMenuItems { id name folderId } getRoles { id label } }',
    )
  const plan = async (): Promise<Action[]> => {
    const query = 'mutation ($manifest: JSON!) { syncApplication(manifest: $manifest, dryRun: true) { actions } }'
    return (await ask<{ syncApplication: { actions: Action[] } }>(query, { manifest })).syncApplication.actions
  }
  const counts = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = {}
    for (const { type, metadataName } of await plan())
      found[`${type} ${metadataName}`] = 1 + (found[`${type} ${metadataName}`] ?? 0)
    return found
  }
  const install = async (version: string): Promise<void> => {
    const files = { 'package.json': { name: 'probe', version }, 'manifest.json': manifest }
    const packed = packTarball(
      new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(JSON.stringify(content))])),
    )
    const form = new FormData()
    const query = 'mutation ($file: Upload!) { uploadAppTarball(file: $file) { id } }'
    form.set('operations', JSON.stringify({ query, variables: { file: null } }))
    form.set('map', JSON.stringify({ 0: ['variables.file'] }))
    form.set('0', new Blob([packed]), 'app.tgz')
    const headers = { authorization: `Bearer ${sandbox.apiKey}` }
    await fetch(`${sandbox.url}/metadata`, { method: 'POST', headers, body: form })
    await ask('mutation ($app: String!) { installApplication(universalIdentifier: $app) { id } }', { app: id(1) })
  }

  beforeAll(async () => {
    sandbox = await startTwentySandbox({ rateLimit: null })
  })
  afterAll(() => sandbox.close())

  it('tells the version that doctor and the installer ask for', async () => {
    const config = await (await fetch(`${sandbox.url}/client-config`)).json()
    expect(config).toMatchObject({ appVersion: '2.31.0', isMultiWorkspaceEnabled: false })
    const card = await (await fetch(`${sandbox.url}/.well-known/mcp/server-card.json`)).json()
    expect(card).toMatchObject({ version: '2.31.0' })
  })

  it("plans a new object's fields with the object, and what Twenty adds to it", async () => {
    expect(await counts()).toEqual({
      'create searchFieldMetadata': 1,
      'create objectMetadata': 1,
      'create fieldMetadata': 7,
      'create index': 7,
      'create view': 3,
      'create viewField': 20,
      'create viewGroup': 2,
      'create role': 1,
      'create objectPermission': 1,
      'create pageLayout': 1,
      'create pageLayoutTab': 5,
      'create pageLayoutWidget': 5,
      'create navigationMenuItem': 2,
    })
  })

  it('has them after an install; then there is nothing left to plan', async () => {
    const before = await layout()
    await install('0.1.0')
    const { getViews, navigationMenuItems, getRoles } = await layout()
    const had = new Set(before.getViews.map((view) => view.id))
    expect(getViews.filter((view) => !had.has(view.id)).map(({ name }) => name)).toEqual([
      'All Probes',
      'Probe Record Page Fields',
      'Board',
    ])
    const folder = navigationMenuItems.find(({ name }) => name === 'Probes')
    expect(navigationMenuItems.find(({ name }) => name === 'Board')?.folderId).toBe(folder?.id)
    expect(getRoles.map(({ label }) => label)).toEqual(['Admin', 'Probe role'])
    expect(await plan()).toEqual([])
    const { findOneApplication } = await ask<{ findOneApplication: object }>(
      `{ findOneApplication(universalIdentifier: "${id(1)}") { version packageJsonChecksum } }`,
    )
    expect(findOneApplication).toEqual({ version: '0.1.0', packageJsonChecksum: 'sum' })
  })

  it("switches an app's view off, whether it is deleted or destroyed", async () => {
    for (const mutation of ['deleteView', 'destroyView']) {
      const view = (await layout()).getViews.find(({ name }) => name === 'Board')
      await ask(`mutation { ${mutation}(id: "${view?.id}") }`)
      expect((await layout()).getViews.find(({ name }) => name === 'Board')?.isActive).toBe(false)
    }
    expect(await plan()).toMatchObject([
      { type: 'update', metadataName: 'view', universalIdentifier: id(20), update: { isActive: true } },
    ])
  })

  it('plans what is missing anew, and an upgrade puts everything back', async () => {
    const { getViews, navigationMenuItems, getRoles } = await layout()
    const [first, second] = getViews.find(({ name }) => name === 'Board')?.viewGroups ?? []
    await ask(`mutation { deleteViewGroup(input: { id: "${first?.id}" }) { id } }`)
    await ask(`mutation { destroyViewGroup(input: { id: "${second?.id}" }) { id } }`)
    const folder = navigationMenuItems.find(({ name }) => name === 'Probes')
    await ask(`mutation { deleteNavigationMenuItem(id: "${folder?.id}") { id } }`)
    await ask(`mutation { deleteOneRole(roleId: "${getRoles.find(({ label }) => label === 'Probe role')?.id}") }`)
    expect(await counts()).toEqual({
      'update view': 1,
      'create viewGroup': 1,
      'update viewGroup': 1,
      'create role': 1,
      'create objectPermission': 1,
      'create navigationMenuItem': 2,
    })
    await install('0.1.1')
    expect(await plan()).toEqual([])
  })

  it('refuses what is not there in the words of Twenty', async () => {
    const none = '00000000-0000-4000-8000-000000000000'
    await expect(ask(`mutation { deleteView(id: "${none}") }`)).rejects.toThrow('View to delete not found')
    await expect(ask(`mutation { deleteNavigationMenuItem(id: "${none}") { id } }`)).rejects.toThrow(
      'Navigation menu item not found',
    )
    await expect(ask(`mutation { deleteOneRole(roleId: "${none}") }`)).rejects.toThrow('Role not found')
  })

  it('has none of them after an uninstall', async () => {
    await ask(`mutation { uninstallApplication(universalIdentifier: "${id(1)}") }`)
    const { getViews, navigationMenuItems, getRoles } = await layout()
    const names = readFileSync(new URL('standard.ndjson', import.meta.url), 'utf8')
      .trim()
      .split('\n')
    expect(getViews.length + navigationMenuItems.length).toBe(names.length)
    expect(getRoles.map(({ label }) => label)).toEqual(['Admin'])
    await expect(ask(`mutation { uninstallApplication(universalIdentifier: "${id(1)}") }`)).rejects.toThrow(
      `Application with id undefined or universalIdentifier ${id(1)} not found`,
    )
  })
})
