import { methodKey, refOf } from '../../schemas/events/keys.ts'
import { justAfter, type Perform } from './action-desk.ts'

/** `campaign`: sets “Hold on” of a template as a person would (CAMP-S1 to CAMP-S5); the same time again makes no second one. */
export const campaign: Perform = async (desk) => {
  const wanted = desk.input('template') ?? ''
  const heldOn = new Date(desk.input('heldOn') ?? '').toISOString()
  const known = desk
    .templates()
    .find(
      ({ id, fields }) =>
        id === wanted || fields['code'] === wanted || fields['ladderKey'] === methodKey('template', wanted),
    )
  if (!known) {
    const reason = desk.say(`There is no campaign template ${wanted}.`, `没有活动模板 ${wanted}。`)
    return { done: true, outcome: 'NOT_FOUND', reason }
  }
  // Ladder sent it to the CRM just now and doesn't know its record yet
  if (known.id.startsWith('pending:')) return desk.again()
  const seen = await desk.see('campaignTemplate', known.id)
  if (!seen.ok) return seen.instead
  const { record } = seen
  const { state } = record.fields
  if (state === 'OFF' || state === 'ERROR') {
    const reason = desk.say('The template is off or has an error.', '该模板已停用或有错误。')
    return { done: true, outcome: 'REFUSED', reason, outputs: { started: false } }
  }
  const ref = refOf('template', record.id)
  if (desk.step['fresh'] === undefined) desk.begin({ fresh: !(heldOn in seen.state.launched) })
  if (!(heldOn in seen.state.launched)) {
    const set = { ...record, at: justAfter(record), fields: { ...record.fields, launchOn: heldOn } }
    if (!(await desk.deliver(set))) return desk.again()
  }
  const key = (await desk.subject(ref))?.launched[heldOn]
  if (key === undefined) return desk.again()
  const started = desk.step['fresh'] === true
  return { done: true, outcome: started ? 'DONE' : 'ALREADY', outputs: { started, campaignKey: key, heldOn } }
}
