import { derivedId, newId, WORKSPACE_ID } from './ids.ts'
import { defaultOf, isRelation, joinColumn } from './records/columns.ts'
import type { State } from './state.ts'
import type { Row } from './types.ts'

/** A person of the workspace, to be owner or assignee. */
export interface SeedMember {
  id?: string
  firstName: string
  lastName: string
  email: string
}

const MEMBERS: SeedMember[] = [
  { firstName: 'Tim', lastName: 'A', email: 'tim@apple.dev' },
  { firstName: 'Jane', lastName: 'Austen', email: 'jane.austen@apple.dev' },
]

/** Puts the people of the workspace in place: the API can't make members. */
export function seedMembers(state: State, members: SeedMember[] = MEMBERS): void {
  const object = state.schema.singular('workspaceMember')
  if (!object) return
  const at = state.stamp()
  members.forEach((member, position) => {
    const id = member.id ?? derivedId(WORKSPACE_ID, 'member', member.email)
    const row: Row = { id, createdAt: at, updatedAt: at, deletedAt: null }
    for (const field of object.fields) {
      const column = isRelation(field) ? joinColumn(field) : field.name
      if (column !== null && !(column in row) && field.type !== 'TS_VECTOR') {
        row[column] = isRelation(field) ? null : defaultOf(field)
      }
    }
    row['name'] = { firstName: member.firstName, lastName: member.lastName }
    row['userEmail'] = member.email
    row['userId'] = newId()
    row['position'] = position
    state.table(object).insert(row)
  })
}
