import type { CustomerView } from './kinds.ts'
import type { Row } from './kinds.ts'
import type { Twenty } from './twenty.ts'

/** What people do on the Ladder tab: edits of records, as they could make them anywhere else. Ladder follows each of them. */

const update = async (twenty: Twenty, object: string, id: string, fields: Row): Promise<void> => {
  const type = `${object.charAt(0).toUpperCase()}${object.slice(1)}`
  await twenty.ask(
    `mutation Ladder${type}($id: UUID!, $data: ${type}UpdateInput!) { update${type}(id: $id, data: $data) { id } }`,
    { id, data: fields },
  )
}

/** Ticks or unticks an item. What is ticked by now is read first, so that two people don't undo each other's ticks. */
export const tick = async (twenty: Twenty, development: string, code: string, isDone: boolean): Promise<void> => {
  const data = await twenty.ask(
    'query LadderTicks($id: UUID!) { development(filter: { id: { eq: $id } }) { id checklistDone } }',
    { id: development },
  )
  const { checklistDone } = (data['development'] ?? {}) as { checklistDone?: string[] | null }
  const rest = (checklistDone ?? []).filter((one) => one !== code)
  await update(twenty, 'development', development, { checklistDone: isDone ? [...rest, code] : rest })
}

/** Asks for a stage, as a card that is moved on the board: Ladder puts it back when an exit rule doesn't hold. */
export const moveTo = (twenty: Twenty, development: string, stage: string): Promise<void> =>
  update(twenty, 'development', development, { stage })

export const acknowledge = (twenty: Twenty, escalation: string): Promise<void> =>
  update(twenty, 'escalation', escalation, { status: 'ACKNOWLEDGED' })

export const resolve = (twenty: Twenty, escalation: string, resolution: string): Promise<void> =>
  update(twenty, 'escalation', escalation, { status: 'RESOLVED', ...(resolution === '' ? {} : { resolution }) })

export interface VisitWish {
  name: string
  /** Code of the visit's form. */
  form: string
  customer: Pick<CustomerView, 'object' | 'id'>
  /** The development that it is about, when there is one alone. */
  development: string | undefined
  member: string | undefined
}

const visit = async (
  twenty: Twenty,
  { customer, development, member, ...rest }: VisitWish,
  more: Row,
): Promise<void> => {
  const links = {
    [`${customer.object}Id`]: customer.id,
    ...(development === undefined ? {} : { developmentId: development }),
    ...(member === undefined ? {} : { rmId: member }),
  }
  await twenty.ask('mutation LadderVisit($data: VisitCreateInput!) { createVisit(data: $data) { id } }', {
    data: { ...rest, ...links, ...more },
  })
}

/** TIER-CONTACT: a contact that was had; `at` is an ISO instant. */
export const logContact = (twenty: Twenty, wish: VisitWish, at: string, record: string): Promise<void> =>
  visit(twenty, wish, { status: 'HELD', heldAt: at, ...(record === '' ? {} : { record }) })

/** A visit that is to be; `at` is an ISO instant. */
export const planVisit = (twenty: Twenty, wish: VisitWish, at: string): Promise<void> =>
  visit(twenty, wish, { status: 'PLANNED', plannedAt: at })
