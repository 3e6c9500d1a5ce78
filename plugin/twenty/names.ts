export { RESERVED_NAMES, twentyName } from '../../worker/crm/twenty/reserved.ts'

/** Fields that Twenty makes on every object. */
export const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'createdBy',
  'updatedBy',
  'position',
  'searchVector',
])
