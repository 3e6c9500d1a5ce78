import type { Facts } from './facts.ts'

type Account = Pick<Facts, 'portalId' | 'uiDomain'>

/** HubSpot's settings page of an object's properties. */
export const propertyPage = ({ portalId, uiDomain }: Account, type: string): string =>
  `https://${uiDomain}/property-settings/${portalId}/properties?type=${type}`

/** HubSpot's settings page of an object: its pipelines, its associations, the object itself. */
export const objectPage = (
  { portalId, uiDomain }: Account,
  type: string,
  part: 'setup' | 'pipelines' | 'associations',
): string =>
  type.startsWith('0-')
    ? `https://${uiDomain}/sales-products-settings/${portalId}/object/${type}/${part}`
    : `https://${uiDomain}/custom-objects-settings/${portalId}/${type}/${part}`
