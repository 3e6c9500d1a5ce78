import type { WorkingCalendar } from '../../../worker/method/calendar/index.ts'
import type { Bank, Customer } from '../bank.ts'
import type { Random } from '../random.ts'
import type { Edit } from '../crm/index.ts'
import type { FactWish, World } from '../world.ts'

/** A working day of the play: what core banking tells in the morning, and what people edit until the evening. */
export interface Day {
  world: World
  random: Random
  bank: Bank
  calendar: WorkingCalendar
  /** Working days since the start; 0 is the first. */
  number: number
  /** How many working days the play has. */
  of: number
  /** ISO date. */
  date: string
  /** Epoch ms of the moment at which people edit. */
  at: number
  facts: FactWish[]
  edits: Map<string, Edit[]>
}

export const tell = (day: Day, { no }: Customer, type: string, data: Record<string, unknown>): void => {
  day.facts.push({ customerNo: no, type, data })
}

/** Plans an edit; several of one record on one day become one. */
export const edit = (day: Day, object: string, change: Edit): void => {
  const edits = day.edits.get(object) ?? []
  const same = edits.find(({ id }) => id === change.id)
  if (same) same.fields = { ...same.fields, ...change.fields }
  else edits.push(change)
  day.edits.set(object, edits)
}

/** The relation of a record to its customer. */
export const ofCustomer = ({ kind, id }: Customer): Record<string, string> => ({ [kind]: id })

export const yuan = (amount: number): { amount: string; currency: 'CNY' } => ({
  amount: amount.toFixed(2),
  currency: 'CNY',
})
