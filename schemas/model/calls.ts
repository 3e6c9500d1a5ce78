import { options } from './define.ts'

/** What came of a call: successes are counted against the norms (DEV-ACT). */
export const callOutcomes = options(
  ['SUCCESS', 'Success', '成功', 'green'],
  ['FOLLOW_UP', 'To follow up', '待跟进', 'yellow'],
  ['REFUSED', 'Refused', '拒绝', 'red'],
  ['NO_ANSWER', 'No answer', '未接通', 'gray'],
)
