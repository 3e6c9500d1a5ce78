import { API, JOURNAL_API } from './layout.ts'

/** One call of HubSpot's API that Ladder makes: all go through this list, so the document made of it can't be out of date. */
export interface HubspotCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Words in braces are filled in: `{type}` is an object's plural name, or its type id for a custom object. */
  path: string
  /** What the app must be allowed; `{kind}` is contacts, companies, deals or custom. */
  scope: string
  /** Searches have a limit of their own besides that of all calls; the journal has one instead, and Ladder counts it with all calls. */
  limit: 'calls' | 'searches' | 'journal'
  /** Most records in one call; null where it isn't about records. */
  most: number | null
}

const records = `/crm/objects/${API}/{type}`
const pairs = `/crm/associations/${API}/{type}/{to}/batch`

const journal = `/webhooks-journal/journal-local/${JOURNAL_API}`

/** Calls of the running Ladder; the installer's are in plugin/install/hubspot. */
export const calls = {
  upsert: {
    method: 'POST',
    path: `${records}/batch/upsert`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  update: {
    method: 'POST',
    path: `${records}/batch/update`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  create: {
    method: 'POST',
    path: `${records}/batch/create`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  archive: {
    method: 'POST',
    path: `${records}/batch/archive`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  read: {
    method: 'POST',
    path: `${records}/batch/read`,
    scope: 'crm.objects.{kind}.read',
    limit: 'calls',
    most: 100,
  },
  one: {
    method: 'GET',
    path: `${records}/{id}`,
    scope: 'crm.objects.{kind}.read',
    limit: 'calls',
    most: 1,
  },
  list: {
    method: 'GET',
    path: records,
    scope: 'crm.objects.{kind}.read',
    limit: 'calls',
    most: 100,
  },
  search: {
    method: 'POST',
    path: `${records}/search`,
    scope: 'crm.objects.{kind}.read',
    limit: 'searches',
    most: 200,
  },
  pairsRead: {
    method: 'POST',
    path: `${pairs}/read`,
    scope: 'crm.objects.{kind}.read',
    limit: 'calls',
    most: 1000,
  },
  pairsCreate: {
    method: 'POST',
    path: `${pairs}/create`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  pairsDefault: {
    method: 'POST',
    path: `${pairs}/associate/default`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  pairsArchive: {
    method: 'POST',
    path: `${pairs}/labels/archive`,
    scope: 'crm.objects.{kind}.write',
    limit: 'calls',
    most: 100,
  },
  owners: {
    method: 'GET',
    path: `/crm/owners/${API}`,
    scope: 'crm.objects.owners.read',
    limit: 'calls',
    most: 100,
  },
  upload: {
    method: 'POST',
    path: `/files/${API}/files`,
    scope: 'files',
    limit: 'calls',
    most: null,
  },
  dropFile: {
    method: 'DELETE',
    path: `/files/${API}/files/{file}/gdpr-delete`,
    scope: 'files',
    limit: 'calls',
    most: null,
  },
  noteKinds: {
    method: 'GET',
    path: `/crm/associations/${API}/notes/{to}/labels`,
    scope: 'crm.objects.{kind}.read',
    limit: 'calls',
    most: null,
  },
  events: {
    method: 'POST',
    path: `/marketing/marketing-events/${API}/events/upsert`,
    scope: 'crm.objects.marketing_events.write',
    limit: 'calls',
    most: 100,
  },
  attendance: {
    method: 'POST',
    path: `/marketing/marketing-events/${API}/attendance/{event}/{state}/create`,
    scope: 'crm.objects.marketing_events.write',
    limit: 'calls',
    most: 100,
  },
  journalEnd: {
    method: 'GET',
    path: `${journal}/{end}`,
    scope: 'developer.webhooks_journal.read',
    limit: 'journal',
    most: null,
  },
  journalNext: {
    method: 'GET',
    path: `${journal}/offset/{offset}/next`,
    scope: 'developer.webhooks_journal.read',
    limit: 'journal',
    most: null,
  },
  completeAction: {
    method: 'POST',
    path: `/automation/actions/callbacks/${API}/{callback}/complete`,
    scope: 'automation',
    limit: 'calls',
    most: null,
  },
} as const satisfies Record<string, HubspotCall>
