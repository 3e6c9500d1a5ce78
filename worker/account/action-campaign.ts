import type { RecordSnapshot } from '../../schemas/events/index.ts'
import { methodKey, refOf } from '../../schemas/events/keys.ts'
import { type Desk, justAfter, type Perform, type Performed } from './action-desk.ts'

/** `campaign`: sets “Hold on” of a template as a person would (CAMP-S1 to CAMP-S5); the same time again makes no second one. */
export const campaign: Perform = async (desk) => {
  const wanted = desk.input('template') ?? ''
  const heldOn = new Date(desk.input('heldOn') ?? '').toISOString()
  if (!desk.carries('campaignTemplate')) return withoutRecord(desk, wanted, heldOn)
  const known = desk.templates().find((one) => isTemplate(one, wanted))
  if (!known) return noTemplate(desk, wanted)
  // Ladder sent it to the CRM just now and doesn't know its record yet
  if (known.id.startsWith('pending:')) return desk.again()
  const seen = await desk.see('campaignTemplate', known.id)
  if (!seen.ok) return seen.instead
  const { record, state } = seen
  if (record.fields['state'] === 'OFF' || record.fields['state'] === 'ERROR') {
    const reason = desk.say('The template is off or has an error.', '该模板已停用或有错误。')
    return { done: true, outcome: 'REFUSED', reason, outputs: { started: false } }
  }
  if (desk.step['fresh'] === undefined) desk.begin({ fresh: !(heldOn in state.launched) })
  if (!(heldOn in state.launched)) {
    const set = { ...record, at: justAfter(record), fields: { ...record.fields, launchOn: heldOn } }
    if (!(await desk.deliver(set))) return desk.again()
  }
  const key = (await desk.subject(seen.ref))?.launched[heldOn]
  return key === undefined ? desk.again() : told(desk, key, heldOn)
}

const isTemplate = ({ id, fields }: RecordSnapshot, wanted: string): boolean =>
  id === wanted || fields['code'] === wanted || fields['ladderKey'] === methodKey('template', wanted)

const noTemplate = (desk: Desk, wanted: string): Performed => ({
  done: true,
  outcome: 'NOT_FOUND',
  reason: desk.say(`There is no campaign template ${wanted}.`, `没有活动模板 ${wanted}。`),
})

/**
 * Where the CRM has no records of templates Ladder's own word stands for one: the playbook's template is launched, and if
 * campaigns have no records either, so is the campaign that comes of it. Its work still becomes tasks.
 */
const withoutRecord = async (desk: Desk, code: string, heldOn: string): Promise<Performed> => {
  if (!desk.hasTemplate(code)) return noTemplate(desk, code)
  const ref = refOf('template', code)
  const state = await desk.subject(ref)
  const before = state?.launched ?? {}
  if (desk.step['fresh'] === undefined) desk.begin({ fresh: !(heldOn in before) })
  if (!(heldOn in before)) {
    const fields = { code, launchOn: heldOn, state: 'ACTIVE' }
    // not by way of the method's records: nobody edited the playbook
    const last = state?.records['campaignTemplate']?.[code]
    const at = last && last.at >= desk.cameAt ? justAfter(last) : desk.cameAt
    await desk.apply(ref, { object: 'campaignTemplate', id: code, at, createdAt: at, deleted: false, fields })
  }
  const key = (await desk.subject(ref))?.launched[heldOn]
  if (key === undefined) return desk.again()
  if (desk.carries('campaign')) return told(desk, key, heldOn)
  const made = (await desk.book(ref).explain(ref, 100))
    .flatMap(({ decisions }) => decisions)
    .find((decision) => decision.do === 'upsert' && decision.key === key)
  if (made?.do !== 'upsert') return desk.again()
  const id = `own-${code}-${Date.parse(heldOn)}`
  const fields = { ...made.fields, ladderKey: key }
  const record = { object: 'campaign', id, at: desk.cameAt, createdAt: desk.cameAt, deleted: false, fields }
  return (await desk.deliver(record)) ? told(desk, key, heldOn) : desk.again()
}

const told = (desk: Desk, campaignKey: string, heldOn: string): Performed => {
  const started = desk.step['fresh'] === true
  return { done: true, outcome: started ? 'DONE' : 'ALREADY', outputs: { started, campaignKey, heldOn } }
}
