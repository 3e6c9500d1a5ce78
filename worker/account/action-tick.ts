import type { Perform } from './action-desk.ts'

/** `tick`: sets an item of the checklist in the CRM as a person would, on what is ticked there by now (DEV-A01 to DEV-A12). */
export const tick: Perform = async (desk) => {
  const { id } = desk.deed
  const seen = await desk.see('development', id)
  if (!seen.ok) return seen.instead
  const item = desk.input('item') ?? ''
  const isDone = desk.input('done') !== 'false'
  const before = seen.record.fields['checklistDone']
  const ticked = Array.isArray(before) ? before.map(String) : []
  const told = (fields = seen.record.fields) => ({ missing: String(fields['missing'] ?? '') })
  if (desk.step['sent'] !== true) {
    if (ticked.includes(item) === isDone) return { done: true, outcome: 'ALREADY', outputs: told() }
    const rest = ticked.filter((one) => one !== item)
    const fields = { checklistDone: isDone ? [...rest, item] : rest }
    desk.begin({ sent: true }, { id: desk.eventId(), object: 'development', recordId: id, fields })
  }
  const sent = await desk.sent({ id: desk.eventId() })
  if (sent.state === 'dead') return { done: true, outcome: 'FAILED', reason: sent.reason }
  if (sent.state === 'waits') return desk.again()
  const back = await desk.see('development', id)
  if (!back.ok) return back.instead
  return { done: true, outcome: 'DONE', outputs: told(back.state.records['development']?.[id]?.fields) }
}
