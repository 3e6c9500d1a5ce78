import { derivedId } from '../ids.ts'
import type { Node } from '../metadata/nodes.ts'
import type { Resolver } from '../metadata/resolvers.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { pointing, removePart } from './parts.ts'
import type { Part } from './parts.ts'

const missing = (message: string): Refusal =>
  new Refusal(404, 'Error', message, {
    extensions: { code: 'NOT_FOUND', userFriendlyMessage: 'An error occurred.' },
  })

const partsOf = (state: State, kind: string): Part[] => [...state.parts.values()].filter((part) => part.kind === kind)

const tabNode = (state: State, tab: Part): Node => ({
  id: tab.id,
  universalIdentifier: tab.universalIdentifier,
  title: tab.flat['title'],
  position: tab.flat['position'],
  isActive: tab.isActive,
  widgets: pointing(state.parts, 'pageLayoutWidget', 'pageLayoutTabUniversalIdentifier', tab.universalIdentifier).map(
    ({ id, universalIdentifier, flat, isActive }) => ({
      id,
      universalIdentifier,
      title: flat['title'],
      type: flat['type'],
      isActive,
    }),
  ),
})

/** The pages that apps declare or add tabs to; of Twenty's own pages only what apps added. */
function pageNodes(state: State): Node[] {
  const tabs = new Map<string, Part[]>(partsOf(state, 'pageLayout').map((page) => [page.universalIdentifier, []]))
  for (const tab of partsOf(state, 'pageLayoutTab')) {
    const page = String(tab.flat['pageLayoutUniversalIdentifier'])
    tabs.set(page, [...(tabs.get(page) ?? []), tab])
  }
  return [...tabs].map(([universalIdentifier, list]) => {
    const page = state.parts.get(universalIdentifier)
    return {
      id: page?.id ?? derivedId(universalIdentifier, 'page'),
      universalIdentifier,
      name: page?.flat['name'] ?? 'Default Layout',
      type: page?.flat['type'] ?? 'RECORD_PAGE',
      tabs: list.map((tab) => tabNode(state, tab)),
    }
  })
}

function commandNode(state: State, { id, flat, isActive }: Part): Node {
  const component = state.parts.get(String(flat['frontComponentUniversalIdentifier']))
  const object = state.schema.byUniversalIdentifier(String(flat['availabilityObjectUniversalIdentifier']))
  return {
    id,
    // null for those of apps, too (observed)
    universalIdentifier: null,
    label: flat['label'],
    frontComponentId: component?.id ?? null,
    availabilityObjectMetadataId: object?.id ?? null,
    isActive,
  }
}

/** Pages, components and commands of apps. A person may take a tab or a command away; the next install brings it back. */
export function pageResolvers(state: State, guard: (resolver: Resolver) => Resolver): Record<string, Resolver> {
  const byId = (kind: string, id: unknown): Part | undefined => partsOf(state, kind).find((part) => part.id === id)
  return {
    getPageLayouts: () => pageNodes(state),
    frontComponents: () =>
      partsOf(state, 'frontComponent').map(({ id, universalIdentifier, flat }) => ({
        id,
        universalIdentifier,
        name: flat['name'],
      })),
    commandMenuItems: () => partsOf(state, 'commandMenuItem').map((part) => commandNode(state, part)),
    destroyPageLayoutTab: guard(({ id }) => {
      const tab = byId('pageLayoutTab', id)
      if (!tab) throw missing('Page layout tab not found')
      removePart(state.parts, tab.universalIdentifier)
      return true
    }),
    deleteCommandMenuItem: guard(({ id }) => {
      const item = byId('commandMenuItem', id)
      if (!item) throw missing('Command menu item not found')
      // an app's own is switched off, not gone (observed)
      item.isActive = false
      return commandNode(state, item)
    }),
  }
}
