import { createHash } from 'node:crypto'
import { derivedId, newId } from '../ids.ts'
import type { Refusal } from '../refusal.ts'
import type { JsonObject, ObjectMeta } from '../types.ts'
import { capital } from '../types.ts'
import type { ObjectDraft } from './objects.ts'
import type { Fault } from './refusals.ts'
import { failed, metadataRefusal, nameFault, takenFault } from './refusals.ts'
import type { Schema } from './schema.ts'
import { SYSTEM_NAMES, TARGETING } from './system-fields.ts'

/** Names that Twenty keeps for itself. */
const RESERVED = new Set(
  (
    'approvedAccessDomain approvedAccessDomains appToken appTokens billingCustomer billingCustomers billingEntitlement ' +
    'billingEntitlements billingMeter billingMeters billingProduct billingProducts billingSubscription ' +
    'billingSubscriptions billingSubscriptionItem billingSubscriptionItems featureFlag featureFlags keyValuePair ' +
    'keyValuePairs postgresCredential postgresCredentials twoFactorMethod twoFactorMethods user users userWorkspace ' +
    'userWorkspaces workspace workspaces role roles userWorkspaceRole userWorkspaceRoles event events field fields ' +
    'link links currency currencies fullName fullNames address addresses type types object objects index relation ' +
    'relations search searches plan plans'
  ).split(' '),
)

/** Why an object can't be made: its own faults only, not those that follow from them. */
export function objectFaults(schema: Schema, draft: ObjectDraft): Fault[] {
  const { nameSingular, namePlural } = draft
  const faults: Fault[] = []
  for (const name of [nameSingular, namePlural]) {
    faults.push(...nameFault(name, 'INVALID_OBJECT_INPUT'))
    if (RESERVED.has(name)) {
      const message = 'This name is reserved. Use a different name or the system will add "Custom" suffix.'
      faults.push({ code: 'INVALID_OBJECT_INPUT', message, value: name })
    }
  }
  if (nameSingular === namePlural) {
    const message = 'The singular and plural names cannot be the same for an object'
    faults.push({ code: 'INVALID_OBJECT_INPUT', message, value: nameSingular })
  }
  if (schema.named(nameSingular) || schema.named(namePlural)) {
    faults.push({ code: 'OBJECT_ALREADY_EXISTS', message: 'Object already exists' })
  }
  return faults
}

const NO_OBJECT: Fault = {
  code: 'OBJECT_METADATA_NOT_FOUND',
  message: 'Object metadata not found',
  friendly: 'Field to create related object not found',
}
const NO_TARGET: Fault = {
  code: 'OBJECT_METADATA_NOT_FOUND',
  message: 'Relation target object metadata not found',
  friendly: 'Object targeted by the relation not found',
}
const NO_FIELD_IN_VIEW: Fault = { code: 'INVALID_VIEW_DATA', message: 'Field metadata not found' }
const NO_VIEW: Fault = { code: 'INVALID_VIEW_DATA', message: 'View not found' }
const INDEX_TAKEN: Fault = { code: 'INDEX_ALREADY_EXISTS', message: 'Index with same name already exists' }
const INDEX_FIELD: Fault = {
  code: 'INDEX_FIELD_NOT_FOUND',
  message: 'Could not find index field related field metadata',
  friendly: 'Field referenced in index does not exist',
}
const INDEX_OBJECT: Fault = {
  code: 'INDEX_OBJECT_NOT_FOUND',
  message: 'Could not find index related object metadata',
  friendly: 'Index related object not found',
}

function indexName(...parts: string[]): string {
  return `IDX_${createHash('sha1').update(parts.join('.')).digest('hex').slice(0, 27)}`
}

/** The refusal of an object: its own fault among some 35 that follow from its not being there. */
export function objectRefusal(schema: Schema, draft: ObjectDraft, faults: Fault[]): Refusal {
  const id = newId()
  const field = (name: string, owner: string, list: Fault[]): JsonObject =>
    failed('fieldMetadata', 'create', list, {
      universalIdentifier: derivedId(id, owner, name),
      name,
      objectMetadataUniversalIdentifier: owner,
    })
  const target = `target${capital(draft.nameSingular)}`
  const relations = TARGETING.flatMap((entry) => {
    const other = schema.singular(entry.object)
    const taken = other?.fields.some((one) => one.name === target) ? [takenFault(target)] : []
    const bad = nameFault(target, 'INVALID_FIELD_INPUT')
    return [
      field(entry.name, id, [NO_OBJECT]),
      field(target, other?.universalIdentifier ?? '', [...bad, ...taken, NO_TARGET]),
    ]
  })
  const named = ['name', ...SYSTEM_NAMES].map((name) => field(name, id, [NO_OBJECT]))
  const views = ['index', 'fields'].map((name) => derivedId(id, 'view', name))
  const shown = ['name', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']
  const columns = views.flatMap((view, at) =>
    shown.slice(at).map((name) =>
      failed('viewField', 'create', [NO_FIELD_IN_VIEW, NO_VIEW], {
        universalIdentifier: derivedId(view, name),
        viewUniversalIdentifier: view,
        fieldMetadataUniversalIdentifier: derivedId(id, id, name),
      }),
    ),
  )
  const taken = schema.singular(draft.nameSingular) ? [INDEX_TAKEN] : []
  const index = (name: string, list: Fault[]): JsonObject =>
    failed('index', 'create', list, { universalIdentifier: newId(), name: indexName(draft.nameSingular, name) })
  const indexes = TARGETING.map((entry) => index(entry.object, [...taken, INDEX_FIELD]))
  const search: Fault[] = [
    { code: 'FIELD_METADATA_NOT_FOUND', message: 'Field metadata not found' },
    {
      code: 'TS_VECTOR_FIELD_METADATA_NOT_FOUND',
      message: 'TS_VECTOR field metadata not found',
      friendly: 'Search vector field not found',
    },
    { code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' },
  ]
  const noObject: Fault = { code: 'INVALID_VIEW_DATA', message: 'Object metadata not found' }
  return metadataRefusal('creating object', {
    fieldMetadata: [...named, ...relations],
    objectMetadata: [
      failed('objectMetadata', 'create', faults, {
        universalIdentifier: id,
        namePlural: draft.namePlural,
        nameSingular: draft.nameSingular,
      }),
    ],
    view: views.map((view) => failed('view', 'create', [noObject], { universalIdentifier: view })),
    viewField: columns,
    index: [...indexes, index('searchVector', [INDEX_OBJECT, ...taken, INDEX_FIELD])],
    searchFieldMetadata: [
      failed('searchFieldMetadata', 'create', search, {
        universalIdentifier: derivedId(id, 'search'),
        objectMetadataUniversalIdentifier: id,
      }),
    ],
  })
}

/** Standard objects stay: the object, its label, its system fields and its only view each say so. */
export function deleteStandardRefusal(object: ObjectMeta): Refusal {
  const code = 'FIELD_MUTATION_NOT_ALLOWED'
  const isLabel = (id: string): boolean => id === object.labelIdentifierFieldMetadataId
  const fields = object.fields.filter((field) => field.isSystem || isLabel(field.id))
  fields.sort((a, b) => Number(isLabel(b.id)) - Number(isLabel(a.id)))
  return metadataRefusal('deleting object', {
    fieldMetadata: fields.map((field) => {
      const message = isLabel(field.id)
        ? 'Cannot delete, please update the label identifier field first'
        : 'System fields cannot be deleted'
      return failed('fieldMetadata', 'delete', [{ code, message }], {
        universalIdentifier: field.universalIdentifier,
        name: field.name,
        objectMetadataUniversalIdentifier: object.universalIdentifier,
      })
    }),
    objectMetadata: [
      failed(
        'objectMetadata',
        'delete',
        [{ code: 'INVALID_OBJECT_INPUT', message: 'Standard objects cannot be deleted' }],
        {
          universalIdentifier: object.universalIdentifier,
          namePlural: object.namePlural,
          nameSingular: object.nameSingular,
        },
      ),
    ],
    view: [
      failed(
        'view',
        'delete',
        [{ code: 'INVALID_VIEW_DATA', message: 'Cannot delete the only view for this object' }],
        {
          universalIdentifier: derivedId(object.universalIdentifier, 'view', 'index'),
        },
      ),
    ],
  })
}
