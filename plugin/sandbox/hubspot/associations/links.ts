import type { InlineAssociations } from '../bodies/records.ts'
import type { Portal } from '../portal.ts'
import { findType } from '../portal.ts'
import { invalid, notFound } from '../refusal.ts'
import { touch } from '../records/commit.ts'
import type { Site } from '../records/commit.ts'
import { PRIMARY_COMPANY } from '../standard/associations.ts'
import type { AssociationType, ObjectType } from '../types.ts'

/** One end of a link. */
export interface End {
  type: ObjectType
  id: string
}

export interface Spec {
  associationCategory: string
  associationTypeId: number
}

function key(from: End, to: ObjectType): string {
  return `${from.type.id}/${from.id}/${to.id}`
}

/** What a record is linked to in one object: id of the other → kinds of link. */
export function linksOf(portal: Portal, from: End, to: ObjectType): Map<string, Set<number>> {
  return portal.links.get(key(from, to)) ?? new Map<string, Set<number>>()
}

export function kindById(
  portal: Portal,
  from: ObjectType,
  to: ObjectType,
  typeId: number,
): AssociationType | undefined {
  return portal.associationTypes.find((kind) => kind.from === from.id && kind.to === to.id && kind.typeId === typeId)
}

/** The kind without a label; a refusal where two objects can't be linked. */
export function plainKind(portal: Portal, from: ObjectType, to: ObjectType): AssociationType {
  const kind = portal.associationTypes.find((one) => one.from === from.id && one.to === to.id && one.label === null)
  if (!kind) throw invalid(`No association is defined between ${from.id} and ${to.id}`)
  return kind
}

/** The kinds that a caller names, with the one without a label added, as HubSpot adds it. */
export function kindsOf(portal: Portal, from: ObjectType, to: ObjectType, specs: Spec[]): AssociationType[] {
  const kinds = specs.map(({ associationTypeId, associationCategory }) => {
    const kind = kindById(portal, from, to, associationTypeId)
    if (kind && kind.category === associationCategory) return kind
    throw invalid(`${associationCategory} ${associationTypeId} is no association type between ${from.id} and ${to.id}`)
  })
  const plain = plainKind(portal, from, to)
  return kinds.includes(plain) ? kinds : [...kinds, plain]
}

function side(portal: Portal, from: End, to: End): Set<number> {
  const all = portal.links.get(key(from, to.type)) ?? new Map<string, Set<number>>()
  portal.links.set(key(from, to.type), all)
  const kinds = all.get(to.id) ?? new Set<number>()
  all.set(to.id, kinds)
  return kinds
}

function tell(site: Site, from: End, to: End, kind: AssociationType, removed: boolean): void {
  const [one, other] = [from.type.singular.toUpperCase(), to.type.singular.toUpperCase()]
  const more = {
    fromObjectId: Number(from.id),
    toObjectId: Number(to.id),
    fromObjectTypeId: from.type.id,
    toObjectTypeId: to.type.id,
    associationType: `${one}_TO_${other}`,
    associationTypeId: kind.typeId,
    associationCategory: kind.category,
    associationRemoved: removed,
    isPrimaryAssociation: kind.label === 'Primary',
  }
  const change = { kind: 'associationChange', type: from.type, objectId: from.id, more, source: site.source } as const
  site.state.changed(site.portal, change)
}

/** A contact shows its first company in `associatedcompanyid`. */
function showCompany(site: Site, contact: End, company: string): void {
  const row = contact.type.records.get(contact.id)
  if (!row || row.properties['associatedcompanyid'] === company) return
  touch({ ...site, type: contact.type }, row)
  if (company === '') delete row.properties['associatedcompanyid']
  else row.properties['associatedcompanyid'] = company
  const more = { propertyName: 'associatedcompanyid', propertyValue: company }
  const { source } = site
  site.state.changed(site.portal, { kind: 'propertyChange', type: contact.type, objectId: contact.id, more, source })
}

/** Links two records in both directions; what is there already stays and is not told again. */
export function link(site: Site, from: End, to: End, kinds: AssociationType[]): void {
  const { portal } = site
  const primary = kindById(portal, from.type, to.type, from.type.id === '0-1' ? PRIMARY_COMPANY : 2)
  const pair = [from.type.id, to.type.id].join()
  const contact = pair === '0-1,0-2' ? from : pair === '0-2,0-1' ? to : null
  const first = contact !== null && linksOf(portal, contact, contact === from ? to.type : from.type).size === 0
  const all = first && primary && !kinds.includes(primary) ? [...kinds, primary] : kinds
  if (contact !== null && primary && all.includes(primary)) dropPrimary(site, contact, contact === from ? to : from)
  for (const kind of all) {
    const there = side(portal, from, to)
    if (there.has(kind.typeId)) continue
    there.add(kind.typeId)
    side(portal, to, from).add(kind.inverse)
    tell(site, from, to, kind, false)
    const back = kindById(portal, to.type, from.type, kind.inverse)
    if (back) tell(site, to, from, back, false)
  }
  if (contact !== null && primary && all.includes(primary)) {
    showCompany(site, contact, contact === from ? to.id : from.id)
  }
}

/** A contact has one first company: another one makes the old one an ordinary one. */
function dropPrimary(site: Site, contact: End, company: End): void {
  for (const [id, kinds] of linksOf(site.portal, contact, company.type)) {
    if (id === company.id || !kinds.delete(PRIMARY_COMPANY)) continue
    site.portal.links
      .get(key({ type: company.type, id }, contact.type))
      ?.get(contact.id)
      ?.delete(2)
  }
}

/** Takes away kinds of link between two records; all of them when none are named. */
export function unlink(site: Site, from: End, to: End, only: AssociationType[] | null): void {
  const { portal } = site
  const there = linksOf(portal, from, to.type).get(to.id)
  if (!there) return
  const gone = [...there].filter((typeId) => only === null || only.some((kind) => kind.typeId === typeId))
  for (const typeId of gone) {
    const kind = kindById(portal, from.type, to.type, typeId)
    there.delete(typeId)
    if (!kind) continue
    portal.links.get(key(to, from.type))?.get(from.id)?.delete(kind.inverse)
    tell(site, from, to, kind, true)
    const back = kindById(portal, to.type, from.type, kind.inverse)
    if (back) tell(site, to, from, back, true)
    if (kind.name === '0-1_to_0-2' && kind.label === 'Primary') showCompany(site, from, '')
    if (kind.name === '0-2_to_0-1' && kind.label === 'Primary') showCompany(site, to, '')
  }
  if (there.size > 0) return
  portal.links.get(key(from, to.type))?.delete(to.id)
  portal.links.get(key(to, from.type))?.delete(from.id)
}

/** The record at one end; a refusal when there is none. */
export function endOf(type: ObjectType, id: string): End {
  const row = type.records.get(id)
  if (!row || row.archivedAt !== null) throw notFound(`No ${type.singular} with the id ${id}`)
  return { type, id }
}

/** The links that come with a new record: the kind says which object the other end is. */
export function inlineLinks(site: Site, associations: InlineAssociations): { to: End; kinds: AssociationType[] }[] {
  const { portal, type } = site
  return associations.map(({ to, types }) => {
    const known = types.map(({ associationTypeId, associationCategory }) =>
      portal.associationTypes.find(
        (kind) => kind.from === type.id && kind.typeId === associationTypeId && kind.category === associationCategory,
      ),
    )
    const [kind] = known
    const target = kind && findType(portal, kind.to)
    if (!kind || !target || known.some((other) => other?.to !== kind.to)) {
      throw invalid(`No association of ${type.singular} has the types ${JSON.stringify(types)}`)
    }
    return { to: endOf(target, to.id), kinds: kindsOf(portal, type, target, types) }
  })
}
