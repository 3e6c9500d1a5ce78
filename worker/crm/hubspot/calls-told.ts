import type { calls } from './calls.ts'

/** What the table of HubSpot calls says of one beyond what it takes to make it. */
export interface ToldCall {
  /** Least edition of HubSpot that has the call. */
  edition: 'any' | 'Professional' | 'Enterprise'
  when: string
}

/** Of every call; apart from the calls, since the Worker carries those. */
export const toldCalls: Record<keyof typeof calls, ToldCall> = {
  upsert: {
    edition: 'any',
    when: 'Records that Ladder makes, by ladder_key, and customers of core banking, by ladder_customer_no',
  },
  update: { edition: 'any', when: 'Fields that Ladder sets on records of people' },
  create: {
    edition: 'any',
    when: 'Records that Ladder makes, of objects that take no unique ladder_key: once a search has not found them',
  },
  archive: {
    edition: 'any',
    when: 'An update brought a record back empty that somebody had deleted, or a lost answer made one twice: it goes again',
  },
  read: {
    edition: 'any',
    when: 'Records that a webhook named, that a comparison of ids found, or that a relation by key leads to',
  },
  one: { edition: 'any', when: 'A customer isn’t there by its id any more: whether it was merged into another one' },
  list: { edition: 'any', when: 'Each sweep: records in the bin. Each night: ids of all records' },
  search: {
    edition: 'any',
    when: 'Each sweep: records changed since the last. By ladder_key, for objects that take no unique one',
  },
  pairsRead: {
    edition: 'any',
    when: 'Relations of records that people made; what a relation of a record led to before it is changed',
  },
  pairsCreate: { edition: 'any', when: 'A relation is set that has a label of Ladder' },
  pairsDefault: { edition: 'any', when: 'A relation is set that has no label of Ladder' },
  pairsArchive: { edition: 'any', when: 'A relation with a label of Ladder ends or leads elsewhere' },
  owners: {
    edition: 'any',
    when: 'Every hour: who holds the roles of the playbook. Also to see whether HubSpot answers at all',
  },
  upload: { edition: 'any', when: 'A document was made: each of its files, as a form, kept private' },
  dropFile: {
    edition: 'any',
    when: 'A customer was erased: each file of the documents that were made for it; then their notes are archived',
  },
  noteKinds: {
    edition: 'any',
    when: 'A document was made: by which kind of link its note is tied to a record. The note itself is found and made by the calls above',
  },
  events: { edition: 'any', when: 'With marketing events switched on: a campaign was opened, moved or cancelled' },
  attendance: { edition: 'any', when: 'With marketing events switched on: guests said yes or no, or came' },
  journalEnd: {
    edition: 'any',
    when: 'The app’s id and secret are known: where the journal begins or ends, at first and after its place was lost',
  },
  journalNext: {
    edition: 'any',
    when: 'Each minute: the next file of events, up to the newest. The file itself is fetched from where HubSpot says it lies, without a token',
  },
  completeAction: {
    edition: 'Professional',
    when: 'A workflow waits for an action of Ladder that took longer than a moment',
  },
}
