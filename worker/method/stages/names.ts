import { model } from '../../../schemas/model/index.ts'
import { profileNames } from '../tiers/readers.ts'
import type { Field } from '../../../schemas/model/define.ts'

const samples: Record<Field['type'], unknown> = {
  text: '',
  longText: '',
  integer: 0,
  number: 0,
  money: 0,
  date: '',
  dateTime: '',
  boolean: false,
  select: '',
  multiSelect: [],
  json: {},
  relation: '',
}

const developmentFields = model.find(({ name }) => name === 'development')?.fields ?? []

/**
 * What an exit rule may read (DEV-A to DEV-H), with sample values: the development's own fields by name (blank is null,
 * money in yuan), and what Ladder works out.
 */
export const exitNames: Record<string, unknown> = {
  ...Object.fromEntries(developmentFields.map(({ name, type }) => [name, samples[type]])),
  /** Codes of the items that are ticked. */
  checklist: [],
  /** All items of the stage that the rule stands in are ticked. */
  stageChecklistDone: false,
  completeness: 0,
  qualified: false,
  customer: { tier: '', balance: 0, name: '', ...profileNames },
  visits: { planned: 0, held: 0, calls: 0, recorded: 0 },
  /** Objections that aren't resolved, genuine ones among them, and any without an answer (DEV-OBJ). */
  objectionLog: { open: 0, genuine: 0, unanswered: 0 },
  /** Complete working papers (DEV-KIT). */
  papers: { swot: 0, fab: 0, pricing: 0 },
  campaigns: { attended: 0 },
  /** Documents that were made of this development: the code of the layout → its last version (DEV-A08, DEV-A09). */
  produced: {},
  /** CRM user: the development's RM, else the customer's owner. */
  rm: '',
}
