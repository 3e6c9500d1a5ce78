import type { RecordSnapshot, Ref, Value } from '../../schemas/events/index.ts'
import { refOf, subjectOfKey } from '../../schemas/events/keys.ts'

/** What the record alone doesn't tell: whose a development is, and to whom a person's task was linked. */
export interface Links {
  development(id: string): Ref
  task(id: string): Ref | undefined
}

/** The subjects that a record matters to, the one that it belongs to first; none when it belongs to nobody. */
export const subjectsOfRecord = (record: RecordSnapshot, links: Links): Ref[] => {
  const own = ownerOf(record, links)
  const campaign = record.object === 'participation' ? idOf(record.fields['campaign']) : null
  return [...(own ? [own] : []), ...(campaign ? [refOf('campaign', campaign)] : [])]
}

const ownerOf = (record: RecordSnapshot, links: Links): Ref | null => {
  const { object, id, fields } = record
  const company = idOf(fields['company'])
  const person = idOf(fields['person'])
  const ofCustomer = company ? refOf('company', company) : person ? refOf('person', person) : null
  const ofDevelopment = (value: Value | undefined): Ref | null => {
    const development = idOf(value)
    return development ? links.development(development) : null
  }
  switch (object) {
    case 'company':
    case 'person':
    case 'campaign':
      return refOf(object, id)
    case 'campaignTemplate':
      return refOf('template', id)
    case 'occasion':
      return keyed(fields['ladderKey']) ?? ofCustomer ?? refOf('occasion', id)
    case 'development':
      return ofCustomer ?? refOf('development', id)
    case 'visit':
    case 'workingPaper':
      return ofDevelopment(fields['development']) ?? ofCustomer
    case 'measure':
      return null
    case 'task':
      return ownerOfTask(record, links, ofDevelopment)
    default:
      return keyed(fields['ladderKey']) ?? ofCustomer ?? ofDevelopment(fields['development'])
  }
}

/** A task of Ladder's says it in its key; one of a person's by its development, its customer, or the CRM's own link. */
const ownerOfTask = (
  { id, fields }: RecordSnapshot,
  links: Links,
  ofDevelopment: (value: Value | undefined) => Ref | null,
): Ref | null => {
  const company = idOf(fields['ladderCompany'])
  const person = idOf(fields['ladderPerson'])
  return (
    keyed(fields['ladderKey']) ??
    ofDevelopment(fields['ladderDevelopment']) ??
    (company ? refOf('company', company) : person ? refOf('person', person) : null) ??
    links.task(id) ??
    null
  )
}

/** A record id in a field; null for none. */
export const idOf = (value: Value | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

const keyed = (key: Value | undefined): Ref | null =>
  typeof key === 'string' && key !== '' ? (subjectOfKey(key) ?? null) : null
