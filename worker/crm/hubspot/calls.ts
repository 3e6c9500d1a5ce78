import { API } from './layout.ts'

/** One call of HubSpot's API that Ladder makes: all go through this list, so the document made of it can't be out of date. */
export interface HubspotCall {
  method: 'GET' | 'POST' | 'PUT'
  /** Words in braces are filled in: `{type}` is an object's plural name, or its type id for a custom object. */
  path: string
  /** What the app must be allowed; `{kind}` is contacts, companies, deals or custom. */
  scope: string
  /** Least edition of HubSpot that has the call. */
  edition: 'any' | 'Professional' | 'Enterprise'
  /** Searches have a limit of their own besides that of all calls; the journal has one instead, and Ladder counts it with all calls. */
  limit: 'calls' | 'searches' | 'journal'
  /** Most records in one call; null where it isn't about records. */
  most: number | null
  when: string
}

const records = `/crm/objects/${API}/{type}`
const pairs = `/crm/associations/${API}/{type}/{to}/batch`

const journal = `/webhooks-journal/journal-local/${API}`

/** Calls of the running Ladder; the installer's are in plugin/install/hubspot. */
export const calls = {
  upsert: {
    method: 'POST',
    path: `${records}/batch/upsert`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Records that Ladder makes, by ladder_key, and customers of core banking, by ladder_customer_no',
  },
  update: {
    method: 'POST',
    path: `${records}/batch/update`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Fields that Ladder sets on records of people',
  },
  create: {
    method: 'POST',
    path: `${records}/batch/create`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Records that Ladder makes, of objects that take no unique ladder_key: once a search has not found them',
  },
  archive: {
    method: 'POST',
    path: `${records}/batch/archive`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'An update brought a record back empty that somebody had deleted, or a lost answer made one twice: it goes again',
  },
  read: {
    method: 'POST',
    path: `${records}/batch/read`,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Records that a webhook named, that a comparison of ids found, or that a relation by key leads to',
  },
  one: {
    method: 'GET',
    path: `${records}/{id}`,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'calls',
    most: 1,
    when: 'A customer isn’t there by its id any more: whether it was merged into another one',
  },
  list: {
    method: 'GET',
    path: records,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Each sweep: records in the bin. Each night: ids of all records',
  },
  search: {
    method: 'POST',
    path: `${records}/search`,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'searches',
    most: 200,
    when: 'Each sweep: records changed since the last. By ladder_key, for objects that take no unique one',
  },
  pairsRead: {
    method: 'POST',
    path: `${pairs}/read`,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'calls',
    most: 1000,
    when: 'Relations of records that people made; what a relation of a record led to before it is changed',
  },
  pairsCreate: {
    method: 'POST',
    path: `${pairs}/create`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'A relation is set that has a label of Ladder',
  },
  pairsDefault: {
    method: 'POST',
    path: `${pairs}/associate/default`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'A relation is set that has no label of Ladder',
  },
  pairsArchive: {
    method: 'POST',
    path: `${pairs}/labels/archive`,
    scope: 'crm.objects.{kind}.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'A relation with a label of Ladder ends or leads elsewhere',
  },
  owners: {
    method: 'GET',
    path: `/crm/owners/${API}`,
    scope: 'crm.objects.owners.read',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'Every hour: who holds the roles of the playbook. Also to see whether HubSpot answers at all',
  },
  upload: {
    method: 'POST',
    path: `/files/${API}/files`,
    scope: 'files',
    edition: 'any',
    limit: 'calls',
    most: null,
    when: 'A document was made: each of its files, as a form, kept private',
  },
  noteKinds: {
    method: 'GET',
    path: `/crm/associations/${API}/notes/{to}/labels`,
    scope: 'crm.objects.{kind}.read',
    edition: 'any',
    limit: 'calls',
    most: null,
    when: 'A document was made: by which kind of link its note is tied to a record. The note itself is found and made by the calls above',
  },
  events: {
    method: 'POST',
    path: `/marketing/marketing-events/${API}/events/upsert`,
    scope: 'crm.objects.marketing_events.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'With marketing events switched on: a campaign was opened, moved or cancelled',
  },
  attendance: {
    method: 'POST',
    path: `/marketing/marketing-events/${API}/attendance/{event}/{state}/create`,
    scope: 'crm.objects.marketing_events.write',
    edition: 'any',
    limit: 'calls',
    most: 100,
    when: 'With marketing events switched on: guests said yes or no, or came',
  },
  journalEnd: {
    method: 'GET',
    path: `${journal}/{end}`,
    scope: 'developer.webhooks_journal.read',
    edition: 'any',
    limit: 'journal',
    most: null,
    when: 'The app’s id and secret are known: where the journal begins or ends, at first and after its place was lost',
  },
  journalNext: {
    method: 'GET',
    path: `${journal}/offset/{offset}/next`,
    scope: 'developer.webhooks_journal.read',
    edition: 'any',
    limit: 'journal',
    most: null,
    when: 'Each minute: the next file of events, up to the newest. The file itself is fetched from where HubSpot says it lies, without a token',
  },
  completeAction: {
    method: 'POST',
    path: `/automation/actions/callbacks/${API}/{callback}/complete`,
    scope: 'automation',
    edition: 'Professional',
    limit: 'calls',
    most: null,
    when: 'A workflow waits for an action of Ladder that took longer than a moment',
  },
} as const satisfies Record<string, HubspotCall>
