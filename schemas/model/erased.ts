import type { Fields } from '../events/index.ts'
import { objectDef } from './index.ts'

/** What stands in place of a name that was erased, in both languages. */
export const ERASED_TEXT = '已按要求清除 Erased on request'

/** Texts that say nothing of anybody: keys and versions of the method. */
const KEPT = new Set(['ladderKey', 'scheme', 'ruleVersion', 'ruleRow', 'policyVersion', 'templateCode', 'product'])

/** Objects of which Ladder makes records for a customer. */
const MADE = ['task', 'tierRating', 'escalation', 'participation', 'holding', 'occasion', 'visit']

/**
 * What a record that Ladder made for a customer holds once the customer is erased: a neutral title, and no text that may tell of
 * anybody. Undefined for an object of which Ladder makes none.
 */
export const erasedFields = (object: string): Fields | undefined => {
  const def = objectDef(object)
  if (!def || !MADE.includes(object)) return undefined
  const texts = def.fields.filter(({ name, type }) => ['text', 'longText', 'json'].includes(type) && !KEPT.has(name))
  return {
    ...Object.fromEntries(texts.map(({ name }) => [name, null])),
    ...(object === 'task' ? { title: ERASED_TEXT, body: '', status: 'DONE' } : { name: ERASED_TEXT }),
  }
}
