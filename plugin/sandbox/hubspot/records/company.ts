import { endOf, link, linksOf, plainKind, kindById, unlink } from '../associations/links.ts'
import { badValues } from '../refusal.ts'
import { PRIMARY_COMPANY } from '../standard/associations.ts'
import type { RecordRow } from '../types.ts'
import type { Site } from './commit.ts'

/** Refuses an `associatedcompanyid` that names no company. */
export function checkCompany(site: Site, values: Record<string, string>): void {
  const value = values['associatedcompanyid']
  if (site.type.id !== '0-1' || value === undefined || value === '') return
  if (site.portal.types.get('0-2')?.records.get(value)?.archivedAt === null) return
  const message = `The company ${value} does not exist.`
  throw badValues([{ name: 'associatedcompanyid', error: 'INVALID_COMPANY_ID', message, value }], site.portal.id)
}

/** A written `associatedcompanyid` is the contact's first company from then on; taken away, that link goes. */
export function linkCompany(site: Site, row: RecordRow, values: Record<string, string>): void {
  const value = values['associatedcompanyid']
  const companies = site.portal.types.get('0-2')
  if (site.type.id !== '0-1' || value === undefined || !companies) return
  const contact = { type: site.type, id: row.id }
  const primary = kindById(site.portal, site.type, companies, PRIMARY_COMPANY)
  if (!primary) return
  if (value !== '') {
    link(site, contact, endOf(companies, value), [plainKind(site.portal, site.type, companies), primary])
    return
  }
  for (const [id, kinds] of linksOf(site.portal, contact, companies)) {
    if (kinds.has(PRIMARY_COMPANY)) unlink(site, contact, { type: companies, id }, [primary])
  }
}
