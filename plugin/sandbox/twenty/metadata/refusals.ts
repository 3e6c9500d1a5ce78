import { derivedId, newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import type { Json, JsonObject, ObjectMeta } from '../types.ts'

/** One reason why a metadata entity is refused. `value` is what was wrong, where Twenty shows it. */
export interface Fault {
  code: string
  message: string
  friendly?: string
  value?: Json
}

export type FaultGroups = Record<string, JsonObject[]>

const PLURALS: Record<string, string> = { view: 'views', viewField: 'viewFields', index: 'indices' }

export function faultJson(fault: Fault): JsonObject {
  const shown: JsonObject = {
    code: fault.code,
    message: fault.message,
    userFriendlyMessage: fault.friendly ?? fault.message,
  }
  if (fault.value !== undefined) shown['value'] = fault.value
  return shown
}

/** One refused entity in the list under its kind. */
export function failed(metadataName: string, type: string, faults: Fault[], info: JsonObject): JsonObject {
  const errors = faults.map((fault): Json => faultJson(fault))
  return { status: 'fail', errors, flatEntityMinimalInformation: info, metadataName, type }
}

function friendlyOf(groups: FaultGroups, total: number): Json {
  const [first] = Object.values(groups)[0] ?? []
  const errors = first?.['errors']
  const fault = Array.isArray(errors) ? errors[0] : null
  if (total !== 1 || typeof fault !== 'object' || fault === null || Array.isArray(fault))
    return 'Many validation errors'
  return fault['userFriendlyMessage'] ?? null
}

/** `Multiple validation errors occurred while creating object`, with every refused entity grouped by its kind. */
export function metadataRefusal(doing: string, groups: FaultGroups): Refusal {
  const message = `Multiple validation errors occurred while ${doing}`
  const counts = Object.entries(groups).map(([name, list]): [string, number] => [name, list.length])
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const summary: JsonObject = { totalErrors: total, ...Object.fromEntries(counts) }
  const friendly = friendlyOf(groups, total)
  const parts = counts.map(([name, count]) => `${count} ${count === 1 ? name : (PLURALS[name] ?? name)}`)
  return new Refusal(400, 'METADATA_VALIDATION_ERROR', message, {
    body: {
      statusCode: 400,
      error: 'METADATA_VALIDATION_ERROR',
      message,
      errors: groups,
      summary,
      userFriendlyMessage: friendly,
    },
    extensions: {
      code: 'METADATA_VALIDATION_FAILED',
      errors: groups,
      summary,
      userFriendlyMessage: friendly,
      message: `Validation failed for ${parts.join(', ')}`,
    },
  })
}

/** A refusal found before the entity was even drawn up. */
export function earlyRefusal(doing: string, fault: Fault, type = 'create'): Refusal {
  const entry: JsonObject = {
    errors: [faultJson(fault)],
    type,
    metadataName: 'fieldMetadata',
    flatEntityMinimalInformation: { id: '' },
  }
  return metadataRefusal(doing, { fieldMetadata: [entry] })
}

/** A field that can't be made takes the columns of the object's two views with it. */
export function fieldRefusal(object: ObjectMeta, name: string, faults: Fault[]): Refusal {
  const universalIdentifier = newId()
  const objectId = object.universalIdentifier
  const views = ['index', 'fields'].map((view) => derivedId(objectId, 'view', view))
  return metadataRefusal('creating fields', {
    fieldMetadata: [
      failed('fieldMetadata', 'create', faults, {
        universalIdentifier,
        name,
        objectMetadataUniversalIdentifier: objectId,
      }),
    ],
    viewField: views.map((view) =>
      failed('viewField', 'create', [{ code: 'INVALID_VIEW_DATA', message: 'Field metadata not found' }], {
        universalIdentifier: derivedId(view, universalIdentifier),
        viewUniversalIdentifier: view,
        fieldMetadataUniversalIdentifier: universalIdentifier,
      }),
    ),
  })
}

export const INVALID_NAME =
  'Name is not valid: it must start with lowercase letter and contain only alphanumeric letters'

export function nameFault(name: string, code: string): Fault[] {
  return /^[a-z][a-zA-Z0-9]*$/.test(name) ? [] : [{ code, message: INVALID_NAME, value: name }]
}

export function takenFault(name: string): Fault {
  const message = `Name "${name}" is not available as it is already used by another field`
  return { code: 'NOT_AVAILABLE', value: name, message }
}
