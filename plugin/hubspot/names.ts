/** Platform version of the developer project. */
export const PLATFORM = '2026.09'

/**
 * Ids of the project's components. They tell HubSpot which part is which from one upload to the next, so they stay as they
 * are for ever: another id is another app, or another action in each workflow that uses it.
 */
export const APP_UID = 'ladder_app'
export const WEBHOOKS_UID = 'ladder_webhooks'
export const CARD_UID = 'ladder_card'
export const OBJECT_CARD_UID = 'ladder_card_objects'
export const SETTINGS_UID = 'ladder_settings'
export const actionUid = (name: string): string => `ladder_action_${name.replaceAll('-', '_')}`

/** Where each type of component lies under the source folder, and whether there is one of it at most. */
export const FOLDERS = {
  app: { folder: 'app', single: true },
  webhooks: { folder: 'app/webhooks', single: true },
  'workflow-action': { folder: 'app/workflow-actions', single: false },
  card: { folder: 'app/cards', single: false },
  settings: { folder: 'app/settings', single: true },
} as const
export type ComponentType = keyof typeof FOLDERS

export const isComponentType = (type: unknown): type is ComponentType =>
  typeof type === 'string' && Object.hasOwn(FOLDERS, type)
