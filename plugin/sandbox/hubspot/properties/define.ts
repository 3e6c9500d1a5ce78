import type { PropertyCreate, PropertyUpdate } from '../bodies/properties.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { instant } from '../time.ts'
import type { ObjectType, PropertyMeta } from '../types.ts'
import { checkOptions, checkPair, definition } from './rules.ts'

/**
 * Makes a property. A name that is taken is refused with 409; one that was archived comes back, with what is said of it
 * now and the values that it had.
 */
export function defineProperty(type: ObjectType, body: PropertyCreate, now: number): PropertyMeta {
  const known = type.properties.get(body.name)
  if (known && known.archivedAt === null) {
    throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `A property named '${body.name}' already exists.`, {
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
      context: { name: [body.name] },
    })
  }
  const made = definition(type, body, now)
  // What is unique stays so, whatever is said when it comes back.
  const meta = known ? { ...made, hasUniqueValue: known.hasUniqueValue, createdAt: known.createdAt } : made
  type.properties.set(meta.name, meta)
  return meta
}

export function changeProperty(type: ObjectType, meta: PropertyMeta, body: PropertyUpdate, now: number): PropertyMeta {
  const next = { ...meta, ...body, options: meta.options, updatedAt: now }
  if (meta.hubspotDefined && (body.type !== undefined || body.fieldType !== undefined || body.options !== undefined)) {
    throw invalid(`${meta.name} is HubSpot's own: its type and options can't be changed`, {
      subCategory: 'PropertyValidationError.READ_ONLY_DEFINITION',
    })
  }
  checkPair(next.type, next.fieldType)
  if (!type.groups.has(next.groupName)) throw invalid(`There is no property group "${next.groupName}"`)
  if (body.options !== undefined) next.options = checkOptions(next.type, body.options)
  type.properties.set(meta.name, next)
  return next
}

/** Where a property is still needed: HubSpot then refuses to archive it. */
function usedBy(type: ObjectType, name: string): string[] {
  const { custom } = type
  if (!custom || custom.archivedAt !== null) return []
  const used: string[] = []
  if (custom.primaryDisplayProperty === name) used.push('primaryDisplayProperty')
  if (custom.secondaryDisplayProperties.includes(name)) used.push('secondaryDisplayProperties')
  if (custom.requiredProperties.includes(name)) used.push('requiredProperties')
  return used
}

export function archiveProperty(type: ObjectType, name: string, now: number): void {
  const meta = type.properties.get(name)
  if (!meta || meta.archivedAt !== null) throw notFound(`No property ${name}`)
  const used = usedBy(type, name)
  if (meta.hubspotDefined) throw invalid(`${name} is HubSpot's own and can't be archived`)
  if (used.length > 0) {
    throw invalid(`The property ${name} is in use: ${used.join(', ')}`, {
      subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
    })
  }
  meta.archivedAt = now
}

export function renderProperty(meta: PropertyMeta): object {
  const { external, readOnly, createdAt, updatedAt, archivedAt, ...shown } = meta
  return {
    ...shown,
    calculated: meta.calculationFormula !== undefined,
    externalOptions: external !== null,
    ...(external === 'OWNER' ? { referencedObjectType: 'OWNER' } : {}),
    modificationMetadata: {
      archivable: !meta.hubspotDefined,
      readOnlyDefinition: meta.hubspotDefined,
      readOnlyValue: readOnly,
    },
    archived: archivedAt !== null,
    ...(archivedAt === null ? {} : { archivedAt: instant(archivedAt) }),
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
  }
}
