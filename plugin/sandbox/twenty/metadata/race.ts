import { newId, WORKSPACE_ID } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'

function clash(kind: 'objectMetadata' | 'fieldMetadata', name: string): Refusal {
  const [object = '', field = ''] = name.split('.')
  const reason =
    kind === 'objectMetadata'
      ? '[workspaceSchema] Failed to execute batch enum operations: duplicate key value violates unique constraint "pg_type_typname_nsp_index"'
      : '[metadata] duplicate key value violates unique constraint "IDX_FIELD_METADATA_NAME_OBJECT_METADATA_ID_WORKSPACE_ID_UNIQUE" ' +
        `(pg code: 23505, detail: Key (name, "objectMetadataId", "workspaceId")=(${field}, ${object}, ${WORKSPACE_ID}) already exists.)`
  const message = `Migration action 'create' for '${kind}' (universalIdentifier: ${newId()}) failed: ${reason}`
  return new Refusal(500, 'Error', message, {
    body: message,
    extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' },
  })
}

/** Makes something of this name; a second one of the same name at the same time clashes in the database: HTTP 500. */
export async function alone<T>(
  state: State,
  kind: 'objectMetadata' | 'fieldMetadata',
  name: string,
  make: () => T,
): Promise<T> {
  const key = `${kind} ${name}`
  const busy = state.inFlight.has(key)
  state.inFlight.add(key)
  try {
    await new Promise((resolve) => setTimeout(resolve, state.raceWindowMs))
    if (busy) throw clash(kind, name)
    return make()
  } finally {
    if (!busy) state.inFlight.delete(key)
  }
}
