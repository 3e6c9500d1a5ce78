import { devChecklist } from '../model/development-checklist.ts'
import { devStages } from '../model/development-stages.ts'
import { input, output, type ActionDef } from './define.ts'
import { commonOutputs } from './outcome.ts'

/** DEV-A01 to DEV-A12: sets the stage as a person would, so that the exit rules of every stage on the way are asked. */
export const move: ActionDef = {
  name: 'move',
  label: { en: 'Move development', zh: '推进客户开发阶段' },
  objects: ['development'],
  needs: ['development'],
  inputs: [input('select', 'stage', 'Stage', '阶段', { required: true, options: devStages })],
  outputs: [
    ...commonOutputs,
    output('boolean', 'accepted', 'Accepted', '是否接受'),
    output('text', 'stage', 'Stage now', '当前阶段'),
    output('longText', 'missing', 'Missing', '尚缺'),
    output('date', 'stageDue', 'Stage due', '阶段期限'),
  ],
}

/** DEV-A01 to DEV-A12: an item of a stage's checklist is done, or not done after all. */
export const tick: ActionDef = {
  name: 'tick',
  label: { en: 'Tick checklist item', zh: '勾选阶段事项' },
  objects: ['development'],
  needs: ['development'],
  inputs: [
    input('select', 'item', 'Item', '事项', { required: true, options: devChecklist }),
    input('boolean', 'done', 'Done', '已完成'),
  ],
  outputs: [...commonOutputs, output('longText', 'missing', 'Missing', '尚缺')],
}
