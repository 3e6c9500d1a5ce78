import type { Fields } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import { audienceOf } from '../playbook/compile.ts'
import type { SubjectState } from '../state.ts'
import { audienceContext } from './audience.ts'

const rules = new Map<string, (customer: Fields) => boolean>()

/** A rule over the customer, spelled out, as a test; one that can't be read takes nobody. The rules in use are few. */
export const ruleTest = (rule: string): ((customer: Fields) => boolean) => {
  let test = rules.get(rule)
  if (!test) {
    test = audienceOf(rule)
    if (rules.size >= 200) rules.clear()
    rules.set(rule, test)
  }
  return test
}

/** Whether a customer is of the kind that is asked for (`BOTH`: any). */
export const isFor = (state: SubjectState, subject: unknown): boolean =>
  subject === 'BOTH' || subject === (parseRef(state.ref).object === 'company' ? 'COMPANY' : 'PERSON')

/** Whether an audience takes a customer (CAMP-AUD); `more`: what the rule may read besides. */
export const takes = (state: SubjectState, ctx: Context, subject: unknown, rule: string, more: Fields = {}): boolean =>
  isFor(state, subject) && ruleTest(rule)({ ...audienceContext(state, ctx), ...more })
