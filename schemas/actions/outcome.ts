import { options } from '../model/define.ts'
import { output, type ActionOutput } from './define.ts'

/** What became of an action. */
export const OUTCOMES = ['DONE', 'ALREADY', 'REFUSED', 'NOT_FOUND', 'INVALID', 'UNSUPPORTED', 'FAILED'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Named where a workflow is built; the Worker gives the codes. */
const outcomeOptions =
  typeof LADDER_WORKER === 'undefined'
    ? options(
        ['DONE', 'Done', '已完成', 'green'],
        ['ALREADY', 'Was so before', '原已如此', 'blue'],
        ['REFUSED', 'Refused by the method', '方法不允许', 'orange'],
        ['NOT_FOUND', 'Not found', '未找到', 'gray'],
        ['INVALID', 'Wrong input', '输入有误', 'red'],
        ['UNSUPPORTED', 'Not possible here', '此处不支持', 'gray'],
        ['FAILED', 'Failed', '失败', 'red'],
      )
    : []

/** The method had its say: a refusal too is an answer that a workflow branches on. All others are failures of the action. */
export const isAnswered = (outcome: Outcome): boolean => ['DONE', 'ALREADY', 'REFUSED'].includes(outcome)

/** Outputs that every action has. */
export const commonOutputs: readonly ActionOutput[] = [
  output('select', 'outcome', 'Outcome', '结果', outcomeOptions),
  output('longText', 'reason', 'Reason', '原因'),
]
