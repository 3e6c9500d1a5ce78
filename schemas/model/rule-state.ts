import { options } from './define.ts'

/** What became of an edit of a method record: in force, refused with its error, or switched off by a person. */
export const ruleState = options(
  ['ACTIVE', 'In force', '生效', 'green'],
  ['ERROR', 'Error', '有误', 'red'],
  ['OFF', 'Off', '停用', 'gray'],
)
