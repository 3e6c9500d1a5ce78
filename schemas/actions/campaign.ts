import { campaignKinds } from '../model/campaign-kinds.ts'
import { input, output, type ActionDef } from './define.ts'
import { commonOutputs } from './outcome.ts'

/** CAMP-*: sets “Hold on” of the template, which makes the campaign, once for each time that is set. */
export const campaign: ActionDef = {
  name: 'campaign',
  label: { en: 'Start campaign', zh: '发起营销活动' },
  objects: ['company', 'person', 'development'],
  needs: [],
  inputs: [
    input('select', 'template', 'Template', '活动模板', { required: true, options: campaignKinds }),
    input('dateTime', 'heldOn', 'Held on', '举办时间', { required: true }),
  ],
  outputs: [
    ...commonOutputs,
    output('boolean', 'started', 'Started now', '本次发起'),
    output('text', 'campaignKey', 'Campaign (Ladder key)', '活动（Ladder 键）'),
    output('dateTime', 'heldOn', 'Held on', '举办时间'),
  ],
}
