import { findType } from '../portal.ts'
import type { Portal } from '../portal.ts'
import type { ObjectType } from '../types.ts'
import type { Call, Scopes } from './route.ts'
import { param } from './route.ts'

/** All scopes that the stand-in knows; a static token has them when nothing else is said. */
export const ALL_SCOPES = [
  'oauth',
  'automation',
  'files',
  'crm.objects.owners.read',
  ...['contacts', 'companies', 'deals', 'custom'].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.read`,
    `crm.schemas.${name}.write`,
  ]),
  'crm.objects.marketing_events.read',
  'crm.objects.marketing_events.write',
]

/** Tasks and meetings go with the contacts. */
function family(type: ObjectType | undefined): string {
  if (!type || type.custom) return 'custom'
  if (type.singular === 'company') return 'companies'
  return type.singular === 'deal' ? 'deals' : 'contacts'
}

/** The scope for records, or for definitions, of an object. */
export function scopeOf(portal: Portal, name: string, kind: 'objects' | 'schemas', access: 'read' | 'write'): string {
  return `crm.${kind}.${family(findType(portal, name))}.${access}`
}

/** For routes with `:objectType`: the scope of that object. */
export function ofType(kind: 'objects' | 'schemas', access: 'read' | 'write'): (call: Call) => Scopes {
  return (call) => {
    const scope = scopeOf(call.portal, param(call, 'objectType'), kind, access)
    // Whoever may write definitions may read them; records are stricter.
    const either = kind === 'schemas' && access === 'read' ? [scope, scope.replace(/read$/, 'write')] : [scope]
    return [either]
  }
}

/** For routes between `:from` and `:to`: the scope of both. */
export function ofPair(access: 'read' | 'write'): (call: Call) => Scopes {
  return (call) => [
    [scopeOf(call.portal, param(call, 'from'), 'objects', access)],
    [scopeOf(call.portal, param(call, 'to'), 'objects', access)],
  ]
}

export function fixed(...scopes: string[]): () => Scopes {
  return () => scopes.map((scope) => [scope])
}
