import { isUuid } from '../ids.ts'
import type { Resolver } from '../metadata/resolvers.ts'
import type { Node } from '../metadata/nodes.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { JsonObject } from '../types.ts'
import { navigationNode, viewGroupNode, viewNodes } from './nodes.ts'
import { pageResolvers } from './pages.ts'
import { removePart } from './parts.ts'
import type { Part } from './parts.ts'
import { allViews } from './views.ts'
import type { View } from './views.ts'

const missing = (what: string, verb: string): Refusal =>
  new Refusal(404, 'Error', `${what} to ${verb} not found`, {
    extensions: { code: 'NOT_FOUND', userFriendlyMessage: 'An error occurred.' },
  })

function viewById(state: State, id: unknown, verb: string): View {
  if (!isUuid(id)) {
    throw new Refusal(500, 'Error', `invalid input syntax for type uuid: "${String(id)}"`, {
      extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' },
    })
  }
  const view = allViews(state).find((one) => one.id === id)
  if (!view) throw missing('View', verb)
  return view
}

/** What a person changes of a view: an app's stays as it is, with the change laid over it. */
function changeView(state: State, view: View, change: { isActive?: boolean; overrides?: JsonObject }): void {
  const part = state.parts.get(view.universalIdentifier)
  const overrides = change.overrides ? { ...view.overrides, ...change.overrides } : view.overrides
  const isActive = change.isActive ?? view.isActive
  if (part) Object.assign(part, { isActive, overrides, updatedAt: state.stamp() })
  else state.viewChanges.set(view.universalIdentifier, { isActive, overrides })
}

/** No view goes for good while its app is installed: it is switched off. */
function takeViewAway(state: State, id: unknown, verb: string): boolean {
  changeView(state, viewById(state, id, verb), { isActive: false })
  return true
}

function groupById(state: State, id: unknown, verb: string): { group: Part; viewId: string } {
  for (const view of allViews(state)) {
    const group = view.groups.find((one) => one.id === id)
    if (group) return { group, viewId: view.id }
  }
  throw missing('View group', verb)
}

function navigationById(state: State, id: unknown): Part {
  const part = [...state.parts.values()].find((one) => one.kind === 'navigationMenuItem' && one.id === id)
  if (part) return part
  throw new Refusal(404, 'Error', 'Navigation menu item not found', {
    extensions: {
      subCode: 'NAVIGATION_MENU_ITEM_NOT_FOUND',
      userFriendlyMessage: 'Navigation menu item not found.',
      code: 'NOT_FOUND',
    },
  })
}

const position = ({ flat }: Part): number => Number(flat['position'] ?? 0)

/** Views and navigation. `guard` is asked for the right to change settings; anyone may read. */
export function layoutResolvers(state: State, guard: (resolver: Resolver) => Resolver): Record<string, Resolver> {
  const viewNode = (view: View): Node | null => viewNodes(state, [view])[0] ?? null
  const navigation = (part: Part): Node => navigationNode(state, part, allViews(state))
  return {
    ...pageResolvers(state, guard),
    getViews: ({ objectMetadataId, viewTypes }) => {
      const object = objectMetadataId == null ? null : state.schema.object(String(objectMetadataId))
      const types = Array.isArray(viewTypes) ? viewTypes : null
      const views = allViews(state).filter(
        ({ flat }) =>
          (object === null || flat['objectMetadataUniversalIdentifier'] === object?.universalIdentifier) &&
          (types === null || types.includes(flat['type'] ?? null)),
      )
      return viewNodes(state, views)
    },
    getView: ({ id }) => {
      const view = allViews(state).find((one) => one.id === id)
      return view ? viewNode(view) : null
    },
    getViewGroups: ({ viewId }) =>
      allViews(state)
        .filter(({ id }) => viewId == null || id === viewId)
        .flatMap(({ id, groups }) => groups.map((group) => viewGroupNode(group, id))),
    navigationMenuItems: () => {
      const views = allViews(state)
      return [...state.parts.values()]
        .filter(({ kind }) => kind === 'navigationMenuItem')
        .sort((a, b) => position(a) - position(b))
        .map((part) => navigationNode(state, part, views))
    },
    navigationMenuItem: ({ id }) => {
      const part = [...state.parts.values()].find((one) => one.kind === 'navigationMenuItem' && one.id === id)
      return part ? navigation(part) : null
    },
    updateView: guard(({ id, input }) => {
      changeView(state, viewById(state, id, 'update'), { overrides: input })
      return viewNode(viewById(state, id, 'update'))
    }),
    deleteView: guard(({ id }) => takeViewAway(state, id, 'delete')),
    destroyView: guard(({ id }) => takeViewAway(state, id, 'destroy')),
    deleteViewGroup: guard(({ input }) => {
      const { group, viewId } = groupById(state, input['id'], 'delete')
      group.deletedAt = state.stamp()
      return viewGroupNode(group, viewId)
    }),
    destroyViewGroup: guard(({ input }) => {
      const { group, viewId } = groupById(state, input['id'], 'destroy')
      state.parts.delete(group.universalIdentifier)
      return viewGroupNode(group, viewId)
    }),
    updateNavigationMenuItem: guard(({ input }) => {
      const part = navigationById(state, input['id'])
      Object.assign(part.flat, input.update)
      part.updatedAt = state.stamp()
      return navigation(part)
    }),
    deleteNavigationMenuItem: guard(({ id }) => {
      const part = navigationById(state, id)
      const node = navigation(part)
      removePart(state.parts, part.universalIdentifier)
      return node
    }),
  }
}
