import { inlineLinks, link } from '../associations/links.ts'
import type { InlineAssociations } from '../bodies/records.ts'
import { typeNamed } from '../portal.ts'
import type { Call } from '../server/route.ts'
import { param } from '../server/route.ts'
import type { RecordRow } from '../types.ts'
import { create, prepareCreate, prepareUpdate, update } from './commit.ts'
import type { Site } from './commit.ts'
import { checkCompany, linkCompany } from './company.ts'

/** Where a call of the API writes: its changes tell that an integration made them. */
export function siteOf(call: Call, name = param(call, 'objectType')): Site {
  const { state, portal } = call
  const source = { changeSource: 'INTEGRATION', sourceId: String(state.appId) }
  return { state, portal, type: typeNamed(portal, name), source }
}

/** Checks all of a new record, and gives what makes it. */
export function plannedCreate(
  site: Site,
  properties: Record<string, string>,
  associations: InlineAssociations,
): () => RecordRow {
  const values = prepareCreate(site, properties)
  checkCompany(site, values)
  const links = inlineLinks(site, associations)
  return () => {
    const row = create(site, values)
    linkCompany(site, row, values)
    for (const { to, kinds } of links) link(site, { type: site.type, id: row.id }, to, kinds)
    return row
  }
}

/** Checks all of a change, and gives what makes it. */
export function plannedChange(site: Site, row: RecordRow, properties: Record<string, string>): () => RecordRow {
  const values = prepareUpdate(site, row, properties)
  checkCompany(site, values)
  return () => {
    update(site, row, values)
    linkCompany(site, row, values)
    return row
  }
}
