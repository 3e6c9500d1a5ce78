import type { Connection } from '../account/connection.ts'

/** HubSpot's API; its pages are elsewhere, and nobody knows where those of a stand-in are. */
const HUBSPOT = 'https://api.hubapi.com'

/** The page of a record in its CRM; null where it isn't known. */
export const linkTo = (
  { kind, url, layout }: Pick<Connection, 'kind' | 'url' | 'layout'>,
  object: string,
  id: string,
): string | null => {
  if (kind === 'twenty') return `${url.replace(/\/+$/, '')}/object/${object}/${encodeURIComponent(id)}`
  const type = layout?.types[object]
  if (!layout || type === undefined || !url.startsWith(HUBSPOT)) return null
  return `https://app.hubspot.com/contacts/${layout.portalId}/record/${type}/${encodeURIComponent(id)}`
}
