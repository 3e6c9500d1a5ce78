import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { install } from './apply.ts'
import { buildApp } from './build.ts'
import { startBench, type Bench } from './testing.ts'
import { verify } from './verify.ts'

const account = 'bank'

let bench: Bench

beforeAll(async () => {
  expect(await buildApp()).toMatchObject({ ok: true })
}, 600_000)
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.twenty.close())

describe('an owner who takes parts of the layout away', () => {
  const layout = async () => {
    const read = await bench.context().client.metadata<{
      getViews: { id: string; name: string; isSystemSideEffect: boolean; viewGroups: { id: string }[] }[]
      navigationMenuItems: { id: string; name: string | null }[]
      getPageLayouts: { tabs: { id: string; title: string; widgets: { type: string }[] }[] }[]
      commandMenuItems: { id: string; label: string }[]
    }>(`query Layout {
      getViews { id name isSystemSideEffect viewGroups { id } }
      navigationMenuItems { id name }
      getPageLayouts { tabs { id title widgets { type } } }
      commandMenuItems { id label }
    }`)
    if (!read.ok) throw new Error(read.problem.what)
    return read.value
  }
  const change = async (mutation: string): Promise<void> => {
    const done = await bench.context().client.metadata(`mutation Change { ${mutation} }`)
    if (!done.ok) throw new Error(done.problem.what)
  }

  it('is told by verify, and apply puts all of it back', async () => {
    await install(bench.context({ account }), true)
    const { getViews, navigationMenuItems, getPageLayouts, commandMenuItems } = await layout()
    const view = (name: string) => getViews.find((one) => one.name === name && !one.isSystemSideEffect)
    await change(`deleteView(id: "${view('Holdings')?.id}")`)
    await change(`deleteViewGroup(input: { id: "${view('My book by tier')?.viewGroups[0]?.id}" }) { id }`)
    const entry = navigationMenuItems.find(({ name }) => name === 'Visits')
    await change(`deleteNavigationMenuItem(id: "${entry?.id}") { id }`)
    const tab = getPageLayouts.flatMap(({ tabs }) => tabs).find(({ title }) => title === 'Ladder')
    await change(`destroyPageLayoutTab(id: "${tab?.id}")`)
    const command = commandMenuItems.find(({ label }) => label === 'Ladder: 评级 Rate')
    await change(`deleteCommandMenuItem(id: "${command?.id}") { id }`)
    const broken = await verify(bench.context({ account }))
    expect(broken.problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      expect.stringMatching(/^view My book by tier: columns are missing: /),
      'view Holdings: it was taken away',
      'navigation item Visits: it is missing',
      'tab Ladder: it is missing',
      'widget Ladder: it is missing',
      'command Ladder: 评级 Rate: it is missing',
    ])
    const plan = await install(bench.context({ account }), false)
    const step = plan.steps.find(({ name }) => name === 'Install the app')
    expect(step?.lines.slice(1)).toEqual([
      'create: 1 navigation items, 1 tabs, 1 widgets',
      'update: 1 views, 1 kanban columns, 1 commands',
    ])
    expect((await install(bench.context({ account }), true)).problems).toEqual([])
    expect((await verify(bench.context({ account }))).problems).toEqual([])
  })

  it('may change columns and widths: that is no damage', async () => {
    await install(bench.context({ account }), true)
    const view = (await layout()).getViews.find(({ name }) => name === 'Holdings')
    await change(`updateView(id: "${view?.id}", input: { isCompact: true }) { id }`)
    expect((await verify(bench.context({ account }))).problems).toEqual([])
    const again = await install(bench.context({ account }), false)
    expect(again.steps.find(({ name }) => name === 'Install the app')?.state).toBe('unchanged')
  })
})
